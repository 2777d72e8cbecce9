import { isGap, isInScope, type FileIR, type Pen, type Room, type Span } from "@telltale/scan/analysis";
import { isRefused, type Edit, type Fix, type Refusal, type Refused } from "../contract.ts";
import { concealed, isOnTheWay } from "../languages/javascript/conceal.ts";
import { writerOf } from "../languages/index.ts";
import type { Spot } from "../languages/writer.ts";
import { functionAround } from "../places/statement.ts";
import { holds } from "../places/text.ts";
import type { Case, Context, Fixer } from "./context.ts";
import { idiomOf } from "./idiom.ts";

/** The client is told that it failed, and the log why. */
export const stackTraceLeak: Fixer = {
  rules: ["stack-trace-leak"],
  fix: (context, cases) => cases.map((one) => hide(context, one)),
};

const NAME = /^[A-Za-z_$][\w$]*$/;

function hide(context: Context, { finding, live }: Case): Fix | Refusal {
  const no = (reason: string): Refusal => ({ finding, kind: "unclear", reason });
  if (isGap(live)) return no("it is no answer");
  const { file, at, key } = live.issue;
  if (file.language !== "javascript") return { finding, kind: "unsupported", reason: `an answer of ${file.language} is not changed yet` };
  const error = key.slice(key.indexOf(":") + 1);
  if (!NAME.test(error)) return no("the error has no name there");
  const answer = file.text.slice(at.start, at.end);
  if (new RegExp(`\\b${error.replaceAll("$", "\\$")}\\??\\.(?:status|statusCode)\\b`).test(answer))
    return no("the error decides on the status, and which errors the client may read is for a person to say");
  const text = /\b500\b|INTERNAL|InternalServerError/.test(answer) ? "Internal server error" : "Something went wrong";
  const style = context.styleOf(file);
  const hidden = concealed({ file, at, error, text, style });
  if (hidden === undefined) return no("what the answer says of the error is put together elsewhere, or with more than its text");
  const logged = isLogged(context, file, at, error) ? [] : lineFor(context, file, at, error);
  if (isRefused(logged)) return { finding, ...logged };
  return {
    finding,
    title: logged.length === 0 ? "Answer with a fixed text" : "Log the error, and answer with a fixed text",
    safe: false,
    changes: "tell the client something else",
    files: [{ file: file.path, edits: [...logged, ...hidden] }],
    left: [],
  };
}

/** Whether a line before the answer, on every way to it, writes the error. */
function isLogged({ analysis }: Context, file: FileIR, at: Span, error: string): boolean {
  const fn = functionAround(file, at);
  const mentions = new RegExp(`(?<![\\w$.])${error.replaceAll("$", "\\$")}(?![\\w$])`);
  return analysis.lines(file).some(({ call, fact }) => {
    if (fact.level === "debug" || fact.level === "trace" || (fn !== undefined && !holds(fn, call))) return false;
    return mentions.test(file.text.slice(call.callee.end, call.end)) && isOnTheWay(file, call, at);
  });
}

/** The line that writes the error before the answer. */
function lineFor(context: Context, file: FileIR, at: Span, error: string): readonly Edit[] | Refused {
  const writer = writerOf(file.language)!;
  const { analysis, styleOf, leftOut } = context;
  const [project, fn, style] = [analysis.project, functionAround(file, at), styleOf(file)];
  const spot: Spot = { project, file, fn, at, kind: "failure", answers: true, style };
  const seat = writer.seat(spot);
  if (isRefused(seat)) return seat;
  const room: Room = { file, fn, before: seat.offset, inner: true };
  if (!isInScope(error, room)) return { kind: "no-place", reason: "the error is not in scope before the answer" };
  for (const { held, ...pen } of analysis.pens(room)) {
    const shape = shapeOf(context, pen);
    if (shape === undefined) continue;
    const hold = writer.hold({ project, file, fn, offset: seat.offset, pen, held, files: analysis.files, leftOut, style });
    if (isRefused(hold)) continue;
    const line = writer.line(shape(hold.expression, error), style, style.width - seat.indent.replaceAll("\t", "  ").length);
    return [...hold.edits, ...seat.write(line)];
  }
  return { kind: "no-logger", reason: "no logger is known there that takes an error" };
}

type Shape = (logger: string, error: string) => string;

const EVENT = '"request_failed"';
/** What JSON makes of an error is `{}`: its text goes into the line. */
const TEXT = (error: string): string => `${error} instanceof Error ? ${error}.stack : String(${error})`;

/** pino: `err` is the field that its serializer knows. https://getpino.io/#/docs/api?id=serializers-object */
const ERR_FIRST: Shape = (logger, error) => `${logger}.error({ ${error === "err" ? "err" : `err: ${error}`} }, ${EVENT})`;
const TEXT_LAST: Shape = (logger, error) => `${logger}.error(${EVENT}, { error: ${TEXT(error)} })`;

/** How a library is given an error, by its id. */
const SHAPES: Readonly<Record<string, Shape>> = {
  pino: ERR_FIRST,
  bunyan: ERR_FIRST,
  "fastify-log": ERR_FIRST,
  winston: TEXT_LAST,
  // https://docs.nestjs.com/techniques/logger: `error(message, stack)`
  "nestjs-logger": (logger, error) => `${logger}.error(${EVENT}, ${TEXT(error)})`,
  console: (logger, error) => `${logger}.error(${EVENT}, ${error})`,
};

function shapeOf({ analysis }: Context, { logger, name }: Pen): Shape | undefined {
  if (logger.id !== "generic") return SHAPES[logger.id];
  const idiom = idiomOf(analysis, name);
  return idiom.fieldsOnly ? undefined : idiom.fieldsFirst ? ERR_FIRST : TEXT_LAST;
}
