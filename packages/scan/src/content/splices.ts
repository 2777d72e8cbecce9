import { stringOf } from "../ir/literals.ts";
import type { CallExpr, Expr, FunctionExpr } from "../ir/nodes.ts";
import { declaredValue } from "../ir/scope.ts";
import { levelNamed } from "../loggers/by-name.ts";
import { namesOf } from "../loggers/call-view.ts";
import type { Spot } from "./flow/origin.ts";
import type { LogLine } from "./lines.ts";

/** A value that becomes part of the text of a line as it is. */
export interface Hole {
  readonly expr: Expr;
  readonly at: Spot;
}

/** The values that the text of a line is put together from; fields are none, and values that are quoted on the way. */
export function holesOf(line: LogLine): readonly Hole[] {
  const at = { file: line.file, fn: line.fn };
  const [message, ...rest] = line.fact.says.filter((arg) => !isLevel(arg) && (arg.kind !== "record" || !arg.named));
  if (message === undefined) return [];
  const text = messageIn(message);
  if (line.logger.textArgs !== true || !takesText(line)) return text === undefined ? [] : inText(text, at);
  const verbs = verbsOf(stringOf(message));
  const given = rest.filter((arg, i) => arg.kind !== "record" && !quotes(verbs[i]));
  return [...(text === undefined ? [] : inText(text, at)), ...given.flatMap((arg) => inText(arg, at))];
}

/** Methods of libraries that take names and values in turn, beside those that take a format: `Infow`, `InfoS`. */
function takesText({ view }: LogLine): boolean {
  return !/(?:w|S|ContextS)$/.test(view.method.replace(/^[a-z].*/, ""));
}

/** `"warn"`, `Level.WARN`, `:info` before the message. */
function isLevel(arg: Expr): boolean {
  if (arg.kind === "member") return arg.property !== null && levelNamed(arg.property) !== undefined && /^[A-Z]/.test(arg.property);
  const text = stringOf(arg);
  return text !== undefined && levelNamed(text) !== undefined;
}

/** The message of a line that is given one record: `{ level: "info", message: … }`. */
function messageIn(expr: Expr): Expr | undefined {
  if (expr.kind !== "record") return expr;
  return expr.entries.find(({ key }) => key === "message" || key === "msg")?.value;
}

function inText(expr: Expr, at: Spot): readonly Hole[] {
  switch (expr.kind) {
    case "template":
      return inTemplate(expr, at);
    case "binary":
      if (expr.op === "%" && stringOf(expr.left) !== undefined) return byVerbs(verbsOf(stringOf(expr.left)), itemsOf(expr.right), at);
      return ["+", ".", "<>", "++"].includes(expr.op) ? [...inText(expr.left, at), ...inText(expr.right, at)] : [{ expr, at }];
    case "choice":
      return [...inText(expr.then, at), ...inText(expr.otherwise, at)];
    case "logical":
      return expr.op === "and" ? inText(expr.right, at) : [...inText(expr.left, at), ...inText(expr.right, at)];
    case "name":
      return inNamed(expr.name, at) ?? [{ expr, at }];
    case "function":
      return inClosure(expr, at);
    case "call":
      return inFormat(expr, at) ?? [{ expr, at }];
    case "literal":
      return [];
    default:
      return [{ expr, at }];
  }
}

/** A text that was put together before, and given a name. */
function inNamed(name: string, { file, fn }: Spot): readonly Hole[] | undefined {
  const declared = fn === null ? undefined : declaredValue(file, fn, name);
  if (declared === undefined || declared.scope !== fn) return undefined;
  const { value } = declared;
  const isText =
    value.kind === "template" ||
    (value.kind === "binary" && value.op !== "==") ||
    (value.kind === "call" && inFormat(value, { file, fn }) !== undefined);
  return isText ? inText(value, { file, fn }) : undefined;
}

/** `{x!r}` and `{x:?}` quote, `{x:d}` holds a number. */
function inTemplate(expr: Expr & { kind: "template" }, at: Spot): readonly Hole[] {
  const holes = expr.parts.filter((part): part is Expr => typeof part !== "string");
  const verbs = bracesIn(at.file.text.slice(expr.start, expr.end));
  const isFormat = holes.every((hole) => hole.end <= expr.start || !/[{]/.test(at.file.text.slice(hole.start - 1, hole.start)));
  return holes.flatMap((hole, i) => {
    const behind = /^\s*(?:=\s*)?(![ras]|:[^}]*)[}]/.exec(at.file.text.slice(hole.end, hole.end + 24))?.[1];
    return quotes(behind ?? (isFormat ? verbs[i] : undefined)) ? [] : inText(hole, at);
  });
}

/** A closure that gives the message: `logger.debug { "…" }`, `Logger.debug(fn -> … end)`. */
function inClosure({ fn }: FunctionExpr, { file }: Spot): readonly Hole[] {
  const last = fn.body.at(-1);
  const value = last?.kind === "return" || last?.kind === "expr" || last?.kind === "yield" ? last.value : null;
  return value === null ? [] : inText(value, { file, fn });
}

/** Functions that put values into a format, which comes first or is what the method is called on. */
const FORMATS = /^(?:format|Format|formatted|sprintf|vsprintf|Sprintf|Errorf|printf)$/;

function inFormat(call: CallExpr, at: Spot): readonly Hole[] | undefined {
  if (!FORMATS.test(namesOf(call.callee).at(-1) ?? (call.callee.kind === "member" ? (call.callee.property ?? "") : ""))) return undefined;
  const own = call.callee.kind === "member" ? stringOf(call.callee.object) : undefined;
  const first = call.args.findIndex((arg) => stringOf(arg) !== undefined);
  const format = own ?? stringOf(call.args[first]);
  if (format === undefined) return undefined;
  return byVerbs(verbsOf(format), call.args.slice(own === undefined ? first + 1 : 0), at);
}

function byVerbs(verbs: readonly string[], values: readonly Expr[], at: Spot): readonly Hole[] {
  return values.flatMap((value, i) => (quotes(verbs[i]) || value.kind === "record" ? [] : inText(value, at)));
}

function itemsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "list" ? expr.items : [expr];
}

const PERCENT = /%(?:%|(?:\d+\$)?[-+ #0]*[\d*]*(?:\.[\d*]+)?[hlLqjzt]*([a-zA-Z]))/g;
const BRACES = /[{][{]|[{]([^{}]*)[}]/g;

/** What a format does with each of the values behind it: `s`, `d`, `!r`, `:?`. */
function verbsOf(format: string | undefined): readonly string[] {
  if (format === undefined) return [];
  const percents = [...format.matchAll(PERCENT)].flatMap(([, verb]) => verb ?? []);
  return percents.length > 0 ? percents : bracesIn(format);
}

function bracesIn(text: string): readonly string[] {
  return [...text.matchAll(BRACES)].flatMap(([, inside]) => (inside === undefined ? [] : [inside.replace(/^[^!:]*/, "")]));
}

/**
 * Whether nothing of a value's line breaks is left: numbers, quoted forms (`%q`, `%r`, `%j`, `!r`, `:?`), hexadecimal, types.
 */
function quotes(verb: string | undefined): boolean {
  if (verb === undefined || verb === "") return false;
  if (verb.startsWith("!")) return verb !== "!s";
  if (verb.startsWith(":")) return /\?|[dDfFeExXbBoOnN](?:\d*)$/.test(verb) || /^:[#%\d.,]+$/.test(verb);
  return !/^[sSvw]$/.test(verb);
}
