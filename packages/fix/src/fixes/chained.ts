import { walkStmts, type FunctionIR, type Outcome, type Site, type Span, type Stmt } from "@telltale/scan/analysis";
import { callsOf } from "../places/calls.ts";
import { functionAround, statementsAround } from "../places/statement.ts";
import { holds } from "../places/text.ts";
import { chainOf, chosenBy, isIn, isSame, type Link } from "./chain.ts";
import type { Where } from "./where.ts";

/**
 * Where an outcome is decided that a called function ends, in languages whose functions give back what they answered: the
 * call tells nothing of how it went. `own`: where it ends; `answers`: functions that only put an answer together.
 */
export function chainedWhere(
  fn: FunctionIR,
  outcome: Outcome,
  own: Where,
  answers: (fn: FunctionIR | undefined) => boolean,
): Where | undefined {
  const chain = chainOf(fn, outcome.ending);
  return outcome.kind === "success" ? successIn(fn, outcome, own, chain, answers) : failureIn(fn, outcome, own, chain);
}

/**
 * The innermost place that a branch decides for: functions that do nothing but refuse are passed by. A function of which
 * one clause refuses decides itself, unless what it is given was decided on by whoever calls it.
 */
function failureIn(fn: FunctionIR, outcome: Outcome, own: Where, chain: readonly Link[]): Where | undefined {
  const chosen = chain.map((link) => (link.fn === undefined ? "branch" : chosenBy(link.fn, link)));
  const branch = chosen.indexOf("branch");
  const clause = chosen.indexOf("clause");
  const top = isIn(fn, chain.at(-1)!) ? chain.length - 1 : -1;
  let i = branch >= 0 ? branch : clause >= 0 ? clause : top;
  if (clause >= 0 && clause < i && sharedBy(fn, outcome)(chain[i]!)) i = clause;
  const link = chain[i];
  if (link === undefined) return outcome.beside.has("success") || outcome.beside.has("neutral") ? undefined : own;
  return i === 0 ? own : { file: link.file, span: link.span, answers: true };
}

/** The outermost place that only this outcome comes through: its value tells of nothing else there. */
function successIn(
  fn: FunctionIR,
  outcome: Outcome,
  own: Where,
  chain: readonly Link[],
  answers: (fn: FunctionIR | undefined) => boolean,
): Where | undefined {
  if (!isIn(fn, chain.at(-1)!)) return undefined;
  const isShared = sharedBy(fn, outcome);
  for (let i = chain.length - 1; i > 0; i--) {
    const { file, span } = chain[i]!;
    if (!isShared(chain[i]!)) return { file, span, ...(answers(chain[i - 1]!.fn) ? { answers: true } : { leads: true }) };
  }
  return outcome.beside.has("failure") || outcome.beside.has("undone") || isShared(chain[0]!) ? undefined : own;
}

/** Whether other outcomes come through a place, too. */
function sharedBy(fn: FunctionIR, { rivals }: Outcome): (link: Link) => boolean {
  const others = rivals.flatMap((rival) => chainOf(fn, rival));
  return (link) => others.some((other) => isSame(other, link));
}

/** Where a branch said no, and the code goes on behind it to where a success ends, too: the end of the other branch. */
export function besideRefusal(fn: FunctionIR, { rivals, ending }: Outcome): Where | undefined {
  return rivals.map(({ at }) => otherBranch(fn, at, ending.at)).find((one) => one !== undefined);
}

function otherBranch(fn: FunctionIR, no: Site, end: Site): Where | undefined {
  if (!isIn(fn, no) || !isIn(fn, end) || no.span.end > end.span.start) return undefined;
  const stmts = statementsAround(no.file, functionAround(no.file, no.span), no.span).map(({ stmt }) => stmt);
  const other = stmts.map((stmt) => otherIn(stmt, no.span)).findLast((one) => one !== undefined);
  return other === undefined || other.end > end.span.start ? undefined : { file: no.file, span: other };
}

/** What is done or given where a choice does not come to a place. */
function otherIn(stmt: Stmt, at: Span): Span | undefined {
  if (stmt.kind === "if") return (stmt.then.some((one) => holds(one, at)) ? stmt.otherwise : stmt.then).at(-1);
  let other: Span | undefined;
  walkStmts([stmt], (expr) => {
    if (expr.kind !== "choice") return;
    if (holds(expr.then, at)) other = expr.otherwise;
    else if (holds(expr.otherwise, at)) other = expr.then;
  });
  return other;
}

/**
 * Calls that refuse as another one does in the same function, and differ from it only in what they say: ways through them
 * are one to the scan. https://hexdocs.pm/phoenix/controllers.html
 */
export function twinsOf({ file, span }: Site): readonly Where[] {
  const fn = functionAround(file, span);
  const text = file.text.slice(span.start, span.end);
  const name = /^([\w?!]+)\(/.exec(text)?.[1];
  if (fn === undefined || name === undefined) return [];
  const same = (one: Span): boolean => withoutTexts(file.text.slice(one.start, one.end)) === withoutTexts(text);
  return callsOf(file, fn, name).flatMap((one) =>
    one.start !== span.start && same(one) ? [{ file, span: one, answers: true as const }] : [],
  );
}

const withoutTexts = (call: string): string => call.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\s+/g, " ");
