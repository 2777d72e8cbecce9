import { numberOf, stringOf } from "../../ir/literals.ts";
import type { Expr, FunctionIR } from "../../ir/nodes.ts";
import { levelNamed } from "../../loggers/by-name.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Level } from "../../loggers/logger.ts";
import type { SetupView } from "./facts.ts";
import { stageOfTest } from "./stages.ts";

/** From the least to the most severe. */
export const LEVEL_ORDER: readonly Level[] = ["trace", "debug", "info", "warn", "error", "fatal", "audit"];

/** Numbers of pino and bunyan, and of Python's logging. */
const NUMBERED: Readonly<Record<number, Level>> = { 10: "debug", 20: "info", 30: "warn", 40: "error", 50: "fatal" };
const PINO: Readonly<Record<number, Level>> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };

/**
 * The level that an expression gives in production: a literal, the default behind an environment variable
 * (`process.env.LOG_LEVEL || "info"`), the production side of a choice. Undefined where it cannot be told.
 */
export function levelIn(expr: Expr | undefined, view: SetupView, fn: FunctionIR | null, depth = 4): Level | undefined {
  if (expr === undefined || depth === 0) return undefined;
  const again = (one: Expr): Level | undefined => levelIn(one, view, fn, depth - 1);
  const text = stringOf(expr);
  if (text !== undefined) return levelOfWord(text);
  const number = numberOf(expr);
  if (number !== undefined) return (view.file.language === "python" ? NUMBERED : PINO)[number];
  switch (expr.kind) {
    case "logical":
      return expr.op === "and" ? undefined : again(expr.right);
    case "choice": {
      const stage = stageOfTest(expr.test);
      if (stage !== undefined) return again(stage === "production" ? expr.then : expr.otherwise);
      return lower(again(expr.then), again(expr.otherwise));
    }
    case "name": {
      const value = view.valueOf(expr.name, fn);
      return value === undefined ? levelOfWord(expr.name) : again(value);
    }
    case "member":
      // `process.env.DEBUG` names no level.
      return expr.property === null || namesOf(expr.object).includes("env") ? undefined : levelOfWord(expr.property);
    case "call":
      return levelOfCall(expr.args, namesOf(expr).at(-1) ?? "", expr.callee, again);
    default:
      return undefined;
  }
}

/** `InfoLevel`, `LevelWarn`, `LevelFilter::INFO`, `WARNING`. */
export function levelOfWord(word: string): Level | undefined {
  return levelNamed(word.trim().replace(/^Level(?=[A-Z])|Level$/, ""));
}

/** Of two levels the one that writes more; undefined where one is not known. */
function lower(a: Level | undefined, b: Level | undefined): Level | undefined {
  if (a === undefined || b === undefined) return undefined;
  return LEVEL_ORDER.indexOf(a) < LEVEL_ORDER.indexOf(b) ? a : b;
}

/** Methods that give back what they are called on, as a level or in other letters. */
const SAME = /^(?:to_?(?:upper|lower)_?(?:case)?|upper|lower|upcase|downcase|strip|trim|to_s(?:ym)?|to_(?:existing_)?atom|into|parse)$/i;
/** Functions that read a setting, the default last: `os.getenv("LEVEL", "INFO")`, `ENV.fetch("LEVEL", "info")`, `env('LOG_LEVEL', 'debug')`. */
const SETTINGS = /^(?:getenv|get_?env|env|fetch(?:_env)?|get|config|str|getOrDefault|getProperty|getValue)$/i;

function levelOfCall(args: readonly Expr[], method: string, callee: Expr, again: (expr: Expr) => Level | undefined): Level | undefined {
  if (SAME.test(method) && callee.kind === "member" && args.length === 0) return again(callee.object);
  const last = args.at(-1);
  if (last?.kind === "record") return last.entries.map(({ key, value }) => (key === "default" ? again(value) : undefined)).find(Boolean);
  if (SETTINGS.test(method)) return args.length > 1 ? again(last!) : undefined;
  return args.length === 1 && last !== undefined ? again(last) : undefined;
}
