import type { Stmt } from "../../ir/nodes.ts";
import type { LogLine } from "../lines.ts";

/** A test that was passed on the way to a place, as it is written, and how it came out. */
interface Guard {
  readonly text: string;
  readonly holds: boolean;
}

/** What an application asks to know that it does not run in production. */
const DEVELOPMENT = /\b(?:is_?dev\w*|development|is_?test\w*|__DEV__|is_?local\w*|dev_?mode|local)\b|(?<!\.)\btest\b(?!\s*\()/i;
const NOT_PRODUCTION = /(?:!\s*|\bnot\s+|!==?\s*["'`]|\bunless\b.*)[\w.()]*prod\w*/i;
const PRODUCTION = /prod/i;
const NEGATED = /^\s*(?:!|not\b)/;

/** The tests around a line, outermost first. */
function guardsAt({ file, fn, call }: LogLine): readonly Guard[] {
  const guards: Guard[] = [];
  visit(fn === null ? file.body : fn.body, call.start, file.text, guards);
  return guards;
}

const holds = (body: readonly Stmt[], at: number): boolean => body.some((stmt) => stmt.start <= at && at < stmt.end);

function visit(body: readonly Stmt[], at: number, text: string, guards: Guard[]): void {
  const stmt = body.find((one) => one.start <= at && at < one.end);
  switch (stmt?.kind) {
    case "if": {
      const test = text.slice(stmt.test.start, stmt.test.end);
      // A negated test may be lowered to its branches in turn: the text before it tells.
      const isUnless = /\bunless\s*\(?\s*$/.test(text.slice(Math.max(0, stmt.test.start - 10), stmt.test.start));
      const inThen = holds(stmt.then, at);
      if (inThen || holds(stmt.otherwise, at)) guards.push({ text: test, holds: inThen !== isUnless });
      return visit(inThen ? stmt.then : stmt.otherwise, at, text, guards);
    }
    case "match":
      return visit(stmt.arms.find((arm) => arm.start <= at && at < arm.end)?.body ?? [], at, text, guards);
    case "loop":
    case "blockStmt":
      return visit(stmt.body, at, text, guards);
    case "try":
      for (const inner of [stmt.body, ...stmt.catches.map((clause) => clause.body), stmt.otherwise ?? [], stmt.finally ?? []])
        if (holds(inner, at)) visit(inner, at, text, guards);
      return;
    default:
      return;
  }
}

/** Whether the line is written only where the application runs on somebody's desk. */
export function isDevelopmentOnly(line: LogLine): boolean {
  return guardsAt(line).some(({ text, holds: isTrue }) => {
    if (NOT_PRODUCTION.test(text)) return isTrue;
    if (PRODUCTION.test(text)) return !isTrue;
    return isTrue && DEVELOPMENT.test(text) && !NEGATED.test(text);
  });
}

const FAILED =
  /(?:!|\bnot\s+)[\w.?]*\b(?:ok|success\w*|isSuccess\w*|is_success\w*)\b|status\w*\s*(?:!==?|>=?|<>)\s*\d|\b(?:error|err|failed)\b/i;
const FINE = /^[^!]*(?:\b(?:ok|success|isSuccess\w*|is_success\w*)\b|status\w*\s*={2,3}\s*2\d\d)/i;

/** Whether the line is written where something failed, or a member was not there: what was asked for has not come, then. */
export function isFailureOnly(line: LogLine, key: string): boolean {
  const absent = new RegExp(
    `(?:!|\\bnot\\s+)[\\w.?\\[\\]"']*${key.replace(/\W/g, "\\$&")}|${key.replace(/\W/g, "\\$&")}\\s*(?:={2,3}|is)\\s*(?:null|undefined|nil|None)`,
  );
  return guardsAt(line).some(({ text, holds: isTrue }) => (isTrue ? FAILED.test(text) || absent.test(text) : FINE.test(text)));
}
