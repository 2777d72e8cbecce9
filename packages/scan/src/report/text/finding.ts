import { visible } from "@telltale/vocabulary";
import { codeLine, columnsInCode } from "../parts/escape.ts";
import { flowTexts } from "../parts/flow.ts";
import { frames } from "../parts/frame.ts";
import type { Frame, FrameRow, Mark } from "../parts/frame.ts";
import { marksOf } from "../parts/marks.ts";
import type { Finding, RenderContext, Severity } from "../result.ts";
import type { Colours } from "../parts/colours.ts";
import { handlerLabel, pathOf, visibleLines } from "../parts/wording.ts";

/** Frames of one finding; the places of further silent outcomes are listed. */
const mostFrames = 4;

/** One finding in full. */
export function findingBlock(finding: Finding, context: RenderContext, colours: Colours): readonly string[] {
  const fact = (name: string, values: readonly string[]): readonly string[] =>
    values.map((value, i) => `    ${colours.dim((i === 0 ? name : "").padEnd(8))} ${value}`);
  return [
    `  ${head(finding, colours)}`,
    `    ${colours.dim(position(finding, context))}`,
    `    ${visible(finding.message)}`,
    "",
    ...frameLines(finding, context, colours),
    ...fact("flow", flowTexts(finding, context)),
    ...fact("because", [visible(finding.because)]),
    ...fact("gain", [visible(finding.gain)]),
    ...fact(
      "instead",
      visibleLines(finding.instead ?? "")
        .filter((line) => line !== "")
        .map(colours.green),
    ),
    ...fact(
      "write",
      finding.write.map(({ kind, line }) => `${colours.dim(`on ${kind}`)}  ${colours.green(visible(line))}`),
    ),
  ];
}

/** One finding in one line. */
export function findingLine(finding: Finding, context: RenderContext, colours: Colours): string {
  return `  ${head(finding, colours)}  ${colours.dim(position(finding, context))}`;
}

function head(finding: Finding, colours: Colours): string {
  const severity = severityColour(finding.severity, colours)(finding.severity.padEnd(8));
  const subject = finding.route ?? finding.handler;
  return `${severity} ${finding.rule}${subject === "" ? "" : `  ${colours.bold(visible(subject))}`}`;
}

function severityColour(severity: Severity, colours: Colours): (text: string) => string {
  if (severity === "critical" || severity === "high") return colours.red;
  return severity === "medium" ? colours.yellow : colours.cyan;
}

/** Where the handler stands, and its name where the head gives the route. */
function position(finding: Finding, context: RenderContext): string {
  const { place, route, handler } = finding;
  const name = handlerLabel(finding) === visible(route ?? handler) ? "" : `  ${visible(handler)}`;
  return `${pathOf(place.file, context)}:${place.line}:${place.column}${name}`;
}

function frameLines(finding: Finding, context: RenderContext, colours: Colours): readonly string[] {
  const marks = marksOf(finding);
  const all = frames(marks, context.source);
  const shown = context.verbose ? all : all.slice(0, mostFrames);
  const width = String(Math.max(0, ...shown.flatMap((frame) => frame.rows.map((row) => row.number)))).length;
  const lines = shown.flatMap((frame) => [
    ...frameHead(frame, finding, context, colours),
    ...frame.rows.flatMap((row) => rowLines(row, width, colours)),
    "",
  ]);
  // The place itself is named above.
  return finding.silent.length === 0 ? lines : [...lines, ...unshown(marks, shown, context)];
}

function frameHead(frame: Frame, finding: Finding, context: RenderContext, colours: Colours): readonly string[] {
  if (frame.file === finding.place.file) return [];
  const marked = frame.rows.find((row) => row.marks.length > 0);
  return [`    ${colours.dim(`in ${pathOf(frame.file, context)}:${marked?.number ?? 1}`)}`];
}

function rowLines(row: FrameRow, width: number, colours: Colours): readonly string[] {
  const number = String(row.number).padStart(width);
  const code = codeLine(row.text);
  if (row.marks.length === 0) return [colours.dim(`      ${number} | ${code}`.trimEnd())];
  const notes = row.marks.map((mark) => `      ${" ".repeat(width)} | ${pointer(mark, row.text, colours)}`);
  return [`    ${colours.red(">")} ${number} | ${code}`, ...notes];
}

/** `^^^^ note` under what is meant; under the first sign of the line where that is the line as a whole or was cut off. */
function pointer({ columns, note }: Mark, text: string, colours: Colours): string {
  const code = codeLine(text);
  const span = columns === undefined ? undefined : columnsInCode(text, columns);
  const { before, within } = span ?? { before: code.length - code.trimStart().length, within: 1 };
  return `${" ".repeat(before)}${colours.red(`${"^".repeat(within)} ${note}`)}`;
}

/** What no frame shows. */
function unshown(marks: readonly Mark[], shown: readonly Frame[], context: RenderContext): readonly string[] {
  const rest = marks.filter(
    (mark) => !shown.some((frame) => frame.file === mark.file && frame.rows.some((row) => row.number === mark.line)),
  );
  if (rest.length === 0) return [];
  return [...rest.map(({ note, file, line }) => `    ${note} at ${pathOf(file, context)}:${line}`), ""];
}
