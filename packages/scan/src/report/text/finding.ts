import { visible } from "@telltale/vocabulary";
import { codeLine } from "../parts/escape.ts";
import { frames } from "../parts/frame.ts";
import type { Frame, FrameRow } from "../parts/frame.ts";
import type { Finding, RenderContext, Severity } from "../result.ts";
import type { Colours } from "../parts/colours.ts";
import { handlerLabel, outcomeLabel, outcomesLabel, pathOf } from "../parts/wording.ts";

/** Frames of one finding; the places of further silent outcomes are listed. */
const mostFrames = 4;

/** One finding in full. */
export function findingBlock(finding: Finding, context: RenderContext, colours: Colours): readonly string[] {
  const fact = (name: string, value: string): string => `    ${colours.dim(name.padEnd(8))} ${value}`;
  return [
    `  ${head(finding, colours)}`,
    `    ${colours.dim(position(finding, context))}`,
    `    ${visible(finding.message)}`,
    "",
    ...frameLines(finding, context, colours),
    fact("because", visible(finding.because)),
    fact("gain", visible(finding.gain)),
    ...finding.write.map(({ kind, line }, i) =>
      fact(i === 0 ? "write" : "", `${colours.dim(`on ${kind}`)}  ${colours.green(visible(line))}`),
    ),
  ];
}

/** One finding in one line. */
export function findingLine(finding: Finding, context: RenderContext, colours: Colours): string {
  return `  ${head(finding, colours)}  ${colours.dim(position(finding, context))}`;
}

function head(finding: Finding, colours: Colours): string {
  const severity = severityColour(finding.severity, colours)(finding.severity.padEnd(8));
  return `${severity} ${finding.rule}  ${colours.bold(visible(finding.route ?? finding.handler))}`;
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
  const all = frames(finding.silent, context.source);
  const shown = context.verbose ? all : all.slice(0, mostFrames);
  const width = String(Math.max(0, ...shown.flatMap((frame) => frame.rows.map((row) => row.number)))).length;
  const lines = shown.flatMap((frame) => [
    ...frameHead(frame, finding, context, colours),
    ...frame.rows.flatMap((row) => rowLines(row, width, colours)),
    "",
  ]);
  return [...lines, ...unshown(finding, shown, context)];
}

function frameHead(frame: Frame, finding: Finding, context: RenderContext, colours: Colours): readonly string[] {
  if (frame.file === finding.place.file) return [];
  const end = frame.rows.find((row) => row.ends.length > 0);
  return [`    ${colours.dim(`in ${pathOf(frame.file, context)}:${end?.number ?? 1}`)}`];
}

function rowLines(row: FrameRow, width: number, colours: Colours): readonly string[] {
  const number = String(row.number).padStart(width);
  const code = codeLine(row.text);
  if (row.ends.length === 0) return [colours.dim(`      ${number} | ${code}`.trimEnd())];
  const note = `not recorded: ${outcomesLabel(row.ends)}`;
  const indent = " ".repeat(code.length - code.trimStart().length);
  return [`    ${colours.red(">")} ${number} | ${code}`, `      ${" ".repeat(width)} | ${indent}${colours.red(`^ ${note}`)}`];
}

/** Places of silent outcomes that no frame shows. */
function unshown(finding: Finding, shown: readonly Frame[], context: RenderContext): readonly string[] {
  const rest = finding.silent.filter(
    (outcome) => !shown.some((frame) => frame.file === outcome.file && frame.rows.some((row) => row.number === outcome.line)),
  );
  if (rest.length === 0) return [];
  return [...rest.map((outcome) => `    not recorded: ${outcomeLabel(outcome)} at ${pathOf(outcome.file, context)}:${outcome.line}`), ""];
}
