import type { Origin } from "../content/flow/origin.ts";
import { pathOf } from "../content/flow/spelling.ts";
import { isChecked, spell } from "../content/guards.ts";
import type { LogLine } from "../content/lines.ts";
import { createRequestParts, PART_TITLES, type RequestPart, type RequestParts } from "../content/request/index.ts";
import { quotedText } from "../content/request/quoting.ts";
import { canHoldText } from "../content/request/types.ts";
import { holesOf, type Hole } from "../content/splices.ts";
import type { FileIR, FunctionIR, Span } from "../ir/nodes.ts";
import { declaredType } from "../ir/scope.ts";
import type { ContentRule, Issue, Scene } from "./scene.ts";
import { createHandlerOf } from "./shared/handlers.ts";

/** A caller's text in the message of a line whose logger writes line breaks as they are. */
export const logInjection: ContentRule = {
  id: "log-injection",
  mayHold:
    /\b(?:log|logs|logger|logging|console|LOG|LOGGER|Log|Logger|print|println|error_log|info!|warn!|error!|debug!)\b|[lL]og(?:ger)?\b|\b[sS]ystem\.(?:out|err)/,
  readsLines: true,
  check: (scene) => {
    const partOf = createRequestParts(scene.project, createHandlerOf(scene.judged));
    return scene.files.flatMap((file) => {
      // Clauses that share a body share its lines.
      const lines = new Map(scene.lines(file).map((line) => [line.call.start, line]));
      return [...lines.values()].flatMap((line) => issueOf(scene, line, partOf));
    });
  },
};

interface Spliced {
  readonly hole: Hole;
  readonly origin: Origin;
  readonly part: RequestPart;
}

function issueOf(scene: Scene, line: LogLine, partOf: RequestParts): readonly Issue[] {
  const holes = holesOf(line);
  if (holes.length === 0 || scene.setupOf(line).lineBreaks !== "kept") return [];
  const found = holes.flatMap((hole) => splicedIn(scene, line, hole, partOf));
  const [first] = found;
  if (first === undefined) return [];
  const names = [...new Set(found.map(({ origin }) => nameOf(origin)))];
  const isDebug = line.fact.level === "debug" || line.fact.level === "trace";
  return [
    {
      file: line.file,
      at: line.call,
      fn: line.fn,
      severity: isDebug ? "low" : "medium",
      message: `${names.map((name) => `\`${name}\``).join(", ")} ${names.length === 1 ? "is" : "are"} spliced into the text of a log line, line breaks and all.`,
      because: `It comes from ${PART_TITLES[first.part]}, and ${loggerOf(line)} writes the text of a message as it is.`,
      gain: "Whoever sends a line break forges further lines: logins that never happened, or noise that hides those that did.",
      flow: first.origin.steps,
      instead: quotedText(line.file, first.hole.expr),
      key: `${line.view.method} ${names.join(" ")}`,
      data: { holes: found.map(({ hole }) => hole) },
    },
  ];
}

/** The first request data that reaches a place in the text whole. */
function splicedIn(scene: Scene, line: LogLine, hole: Hole, partOf: RequestParts): readonly Spliced[] {
  if (isBounded(scene.project, hole)) return [];
  const origins = scene.trace(hole.expr, hole.at);
  for (const origin of origins.length > 0 ? origins : [asItStands(hole)]) {
    if (origin.keys.length > 0 || !keepsLineBreaks(origin)) continue;
    const part = partOf(origin);
    if (part === undefined) continue;
    const spellings = new Set([spell(hole.at.file.text, hole.expr), spell(origin.file.text, origin.expr), ...origin.names]);
    if (
      !isChecked(hole.at.fn, hole.expr, spellings) &&
      !isCheckedBefore(origin, line, spellings) &&
      !isCheckedBetween(origin, line, spellings)
    )
      return [{ hole, origin, part }];
  }
  return [];
}

/** A declared type that holds no text: a number, a date, a record of the project. */
function isBounded(project: Scene["project"], { expr, at }: Hole): boolean {
  const type = expr.kind === "name" ? declaredType(at.file, at.fn, expr.name) : undefined;
  return type !== undefined && !canHoldText(project, at.file, type);
}

/** It was checked in the function in which it begins, before it went on from there. */
function isCheckedBefore({ file, fn, steps }: Origin, line: LogLine, spellings: ReadonlySet<string>): boolean {
  if (fn === null) return false;
  const isInside = (span: Span): boolean => fn.start <= span.start && span.end <= fn.end;
  const leaves =
    file === line.file && isInside(line.call) ? line.call : steps.findLast((step) => step.file === file && isInside(step.span))?.span;
  return leaves !== undefined && isChecked(fn, leaves, spellings);
}

/** It was checked in a function that it passed through, before that handed it on. */
function isCheckedBetween({ fn, steps, names: [name = ""] }: Origin, line: LogLine, spellings: ReadonlySet<string>): boolean {
  return steps.some(({ file, span }) => {
    const around = functionAround(file, span);
    if (around === null || around === fn || around === line.fn) return false;
    // What it is read from may go by another name there: `params.email` of `req.body.email`.
    const members = file.text.slice(span.start, span.end).match(/[A-Za-z_$][\w$]*(?:\.\w+)+/g) ?? [];
    return isChecked(around, span, new Set([...spellings, ...members.filter((path) => path.endsWith(`.${name}`))]));
  });
}

/** The innermost function around a place. */
function functionAround(file: FileIR, { start, end }: Span): FunctionIR | null {
  const around = file.functions.filter((fn) => fn.start <= start && end <= fn.end);
  return around.reduce<FunctionIR | null>((inner, fn) => (inner === null || fn.start >= inner.start ? fn : inner), null);
}

/** What nobody gave a value in the source: a variable that a call filled by reference. */
function asItStands({ expr, at }: Hole): Origin {
  const plain = { names: [], keys: [], through: [], effects: [], spliced: false, flattened: false, without: [], steps: [] };
  return { ...at, ...plain, kind: "read", expr, path: pathOf(expr) };
}

/** Nothing that was done to the value on the way takes line breaks out of it. */
function keepsLineBreaks({ effects, through }: Origin): boolean {
  return (
    effects.every((effect) => effect === "keeps" || effect === "replaces") &&
    !through.some((name) => ENCODING.test(name) || OBJECT.test(name))
  );
}

/** Encodings whose alphabet has no line break, and pieces of a path or an address. */
const ENCODING = /(?:base_?64|b64|hex).*(?:en|str)|(?:en|str).*(?:base_?64|b64|hex)|btoa|uuid|slugify|parameterize|basename/i;

/** What is put into an object is no text of its own; some objects are. */
const OBJECT = /^new (?!(?:String|StringBuilder|StringBuffer|File|Error)$)/;

function loggerOf({ logger, view }: LogLine): string {
  return /by name/i.test(logger.title) ? `\`${view.path}\`` : logger.title;
}

function nameOf({ file, expr, path }: Origin): string {
  const text = file.text.slice(expr.start, expr.end);
  return text.includes("\n") || text.length > 60 || path.startsWith(`${text}.`) ? path : text;
}
