import type { Expr } from "../ir/nodes.ts";
import { LEVELS } from "./by-name.ts";
import type { CallView, Level, RecordFact } from "./logger.ts";
import { factOf, levelInArgs, levelOfMethod } from "./message.ts";

/** A library whose loggers have a method for each level. */
export interface Leveled {
  /** Where its loggers come from: import sources (with what lies below them), factories, types. */
  readonly origins: readonly (string | RegExp)[];
  /** Names by which everybody calls the library or its logger, wherever it comes from: `winston`. */
  readonly names?: readonly string[];
  /** Methods that mean another level than `LEVELS` says, or that are no level here (null). */
  readonly levels?: Readonly<Record<string, Level | null>>;
  /** Whether `log("warn", message)` names its level first. Default: `log` is read as any other method. */
  readonly logTakesLevel?: boolean;
  /** Picks what the arguments say. Default: all of them. */
  readonly says?: (args: readonly Expr[]) => readonly Expr[];
  /** Where the details stand. Default: the first object among the arguments. */
  readonly fields?: (args: readonly Expr[]) => Expr | undefined;
}

/** Reads the calls of such a library. Others, and calls of the library that write no line, are undefined. */
export function leveled(facts: Leveled): (view: CallView) => RecordFact | undefined {
  const levels = withoutNulls({ ...LEVELS, ...facts.levels });
  return (view) => {
    if (!isOf(view, facts.origins, facts.names ?? [])) return undefined;
    const level = levelOfCall(view, levels, facts.logTakesLevel === true);
    const args = view.call.args;
    if (level === undefined) return undefined;
    const fact = factOf(level, facts.says?.(args) ?? args);
    if (fact === undefined || facts.fields === undefined) return fact;
    return { level, says: fact.says, fields: facts.fields(args) };
  };
}

function levelOfCall({ call, method }: CallView, levels: Readonly<Record<string, Level>>, logTakesLevel: boolean): Level | undefined {
  if (method !== "log" || !logTakesLevel) return levelOfMethod(method, call.callee, levels);
  return levelInArgs(call.args) ?? levels["log"];
}

/** Whether a method is called on something of these origins, or on something of these names. */
export function isOf(view: CallView, origins: readonly (string | RegExp)[], names: readonly string[] = []): boolean {
  if (view.receiver.length === 0) return false;
  return names.includes(view.receiver[0]!) || comesFrom(view.origin, origins);
}

/** `pino` is met by `pino`, `pino/file` and `pino.Logger`, not by `pino-http`. */
export function comesFrom(origin: string, origins: readonly (string | RegExp)[]): boolean {
  if (origin === "") return false;
  return origins.some((one) => {
    if (typeof one !== "string") return one.test(origin);
    return origin === one || origin.startsWith(`${one}/`) || origin.startsWith(`${one}.`);
  });
}

function withoutNulls(levels: Readonly<Record<string, Level | null>>): Readonly<Record<string, Level>> {
  return Object.fromEntries(Object.entries(levels).filter((entry): entry is [string, Level] => entry[1] !== null));
}
