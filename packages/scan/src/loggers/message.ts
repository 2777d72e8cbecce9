/** What the arguments of a log call say, read by shape. Pure; nothing here knows a library. */
import { entryOf, stringOf } from "../frameworks/reading.ts";
import type { Expr, RecordExpr } from "../ir/nodes.ts";
import { LEVELS, levelNamed } from "./by-name.ts";
import { namesOf } from "./call-view.ts";
import type { Level, RecordFact } from "./logger.ts";

/** From the least to the most severe; `audit` is always kept. */
const ORDER: readonly Level[] = ["trace", "debug", "info", "warn", "error", "fatal", "audit"];

/** The record for a call with these arguments; undefined where it says nothing at all. */
export function factOf(level: Level, args: readonly Expr[]): RecordFact | undefined {
  if (args.length === 0) return undefined;
  const fields = fieldsIn(args);
  return fields === undefined ? { level, says: args } : { level, says: args, fields };
}

/** The first object among the arguments, also where it is written as text with `JSON.stringify`. */
export function fieldsIn(args: readonly Expr[]): RecordExpr | undefined {
  for (const arg of args) {
    const record = recordOf(arg);
    if (record !== undefined) return record;
  }
  return undefined;
}

function recordOf(arg: Expr): RecordExpr | undefined {
  if (arg.kind === "record") return arg;
  if (arg.kind !== "call" || namesOf(arg.callee).join(".") !== "JSON.stringify") return undefined;
  const [value] = arg.args;
  return value?.kind === "record" ? value : undefined;
}

/**
 * `log("warn", message)`, `log(Level.WARN, message)`, `log({ level: "warn", message })`: the level that the arguments
 * name. Undefined where they name none.
 */
export function levelInArgs(args: readonly Expr[]): Level | undefined {
  const [first] = args;
  if (first === undefined) return undefined;
  const entry = entryOf(first, "level", "lvl", "severity");
  if (entry !== undefined) return levelOf(entry);
  return args.length > 1 ? levelOf(first) : undefined;
}

/** The level that an expression names; of a choice the less severe one. */
export function levelOf(expr: Expr): Level | undefined {
  if (expr.kind === "choice") return lessSevere(levelOf(expr.then), levelOf(expr.otherwise));
  if (expr.kind === "logical") return lessSevere(levelOf(expr.left), levelOf(expr.right));
  const text = expr.kind === "member" ? expr.property : stringOf(expr);
  return text === undefined || text === null ? undefined : levelNamed(text);
}

function lessSevere(a: Level | undefined, b: Level | undefined): Level | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

/**
 * The level of a method, by the table (default: what every library means). `*` is a computed method, such as
 * `logger[failed ? "warn" : "info"]`: it has the level that its index names, `info` where that is unknown.
 */
export function levelOfMethod(method: string, callee: Expr, levels: Readonly<Record<string, Level>> = LEVELS): Level | undefined {
  if (method !== "*") return Object.hasOwn(levels, method) ? levels[method] : undefined;
  if (callee.kind !== "member" || callee.index === undefined) return undefined;
  return levelOf(callee.index) ?? (/level|severity|method/i.test(namesOf(callee.index).at(-1) ?? "") ? "info" : undefined);
}

/** The details of libraries that take an object, then a message: the first argument, where it is no text. */
export function objectFirst(args: readonly Expr[]): Expr | undefined {
  const [first] = args;
  if (first?.kind === "record") return first;
  return first?.kind === "name" && args.length > 1 ? first : undefined;
}
