/** What the logging libraries of Go share: how they spell levels and pairs, and the lines to write. */
import type { Expr, RecordEntry, RecordExpr } from "../ir/nodes.ts";
import { LEVELS } from "./by-name.ts";
import type { CallView, Level, Proposal, RecordFact } from "./logger.ts";
import { messageText, quoted, withEvent } from "./write.ts";

/** What is put behind a level: format, line, pairs, context, depth. */
const SUFFIX = /(?:f|ln|w|S|s|Fn|Context|Contextf|Ctx|Ctxf|Depth|Depthf|Attrs|CtxAttrs)$/;

/** Methods that print without a level. */
const PRINTS: Readonly<Record<string, Level>> = { Print: "info", Println: "info", Printf: "info", Output: "info" };

/** The level of a method: `Warn`, `Warnf`, `Warnw`, `WarnContext`, `Warningln`; undefined for all others. */
export function goLevel(method: string, prints: Readonly<Record<string, Level>> = {}): Level | undefined {
  if (Object.hasOwn(prints, method)) return prints[method];
  if (!/^[A-Z]/.test(method)) return undefined;
  return named(method) ?? named(method.replace(SUFFIX, ""));
}

export const STANDARD_PRINTS = PRINTS;

function named(word: string): Level | undefined {
  const name = word.toLowerCase();
  return name !== "log" && name !== "success" && name !== "mark" && name !== "http" && Object.hasOwn(LEVELS, name)
    ? LEVELS[name]
    : undefined;
}

/** `V(2)` and above is for those who look for an error: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-instrumentation/logging.md */
export function isVerbose({ call, receiver }: CallView): boolean {
  if (!receiver.includes("V")) return false;
  const level = verbosityOf(call.callee);
  return level === undefined || level > 0;
}

function verbosityOf(expr: Expr): number | undefined {
  if (expr.kind === "member") return verbosityOf(expr.object);
  if (expr.kind !== "call") return undefined;
  const [arg] = expr.args;
  const own = expr.callee.kind === "member" && expr.callee.property === "V" ? arg : undefined;
  if (own === undefined) return verbosityOf(expr.callee);
  return own.kind === "literal" && typeof own.value === "number" ? own.value : undefined;
}

/** Makers of one field: `slog.String("user", id)`, `zap.Int64("user", id)`. */
const FIELD = /^(?:[A-Z]\w*)$/;

/** The details among arguments: pairs of a name and a value, fields that a function of `makers` makes, a map. */
export function goFields(args: readonly Expr[], makers?: string): RecordExpr | undefined {
  const entries: RecordEntry[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg.kind === "record") entries.push(...arg.entries);
    const made = makers === undefined ? undefined : madeField(arg, makers);
    if (made !== undefined) entries.push(made);
    const value = args[i + 1];
    if (arg.kind !== "literal" || typeof arg.value !== "string" || value === undefined) continue;
    entries.push({ key: arg.value, value, start: arg.start, end: value.end });
    i++;
  }
  return entries.length === 0 ? undefined : { kind: "record", entries, start: entries[0]!.start, end: entries.at(-1)!.end };
}

function madeField(arg: Expr, makers: string): RecordEntry | undefined {
  if (arg.kind !== "call" || arg.callee.kind !== "member" || arg.callee.object.kind !== "name") return undefined;
  const { object, property } = arg.callee;
  if (object.name !== makers || property === null || !FIELD.test(property)) return undefined;
  const [first, second] = arg.args;
  const { start, end } = arg;
  if (property === "Err" || property === "Error") return first === undefined ? undefined : { key: "error", value: first, start, end };
  const key = first?.kind === "literal" && typeof first.value === "string" ? first.value : undefined;
  return key === undefined || second === undefined ? undefined : { key, value: second, start, end };
}

/** The record for a call; undefined where it says nothing. */
export function goFact(level: Level | undefined, args: readonly Expr[], fields?: RecordExpr): RecordFact | undefined {
  if (level === undefined || args.length === 0) return undefined;
  return fields === undefined ? { level, says: args } : { level, says: args, fields };
}

export const GO_LEVELS: Readonly<Record<Proposal["level"], string>> = { info: "Info", warn: "Warn", error: "Error" };

/** `"authn_login_fail", "userId", user.ID, "ip", ip` */
export function pairsText(line: Proposal): string {
  return [messageText(line), ...withEvent(line).flatMap(({ name, value }) => [quoted(name), value])].join(", ");
}

/** `"event=authn_login_fail userId=%v ip=%v", user.ID, ip` */
export function formatText(line: Proposal): string {
  const format = [`event=${line.event}`, ...line.details.map(({ name }) => `${name}=%v`)].join(" ");
  return [quoted(format), ...line.details.map(({ value }) => value)].join(", ");
}
