import {
  listed,
  walkStmts,
  type FileIR,
  type FunctionIR,
  type Judged,
  type Outcome,
  type Site,
  type Span,
  type Step,
} from "@telltale/scan/analysis";
import { functionAround, statementsAround } from "../places/statement.ts";
import { holds } from "../places/text.ts";

/** The code that a line about an outcome belongs to. */
export interface Where extends Site {
  readonly leads?: true;
  readonly answers?: true | undefined;
  readonly mixed?: true;
}

/**
 * Where an outcome is decided. A failure: where it is refused or thrown, also in another function, unless that one does
 * nothing else; then where it is called. A success: in the handler itself, whatever function sends the answer. Where other
 * outcomes end at the same place, what led there decides.
 */
export function whereOf(judged: Judged, outcome: Outcome): Where | undefined {
  const { fn } = judged;
  const own = endOf(outcome);
  if (fn === undefined || isOwn(fn, own)) {
    if (isWhole(own)) return undefined;
    return isMixed(outcome) ? (beforeOf(judged, outcome) ?? { ...own, mixed: true }) : own;
  }
  const steps = listed(outcome.ending.way.steps);
  const around = functionAround(own.file, own.span);
  if (outcome.kind === "success") return callIn(fn, { ...own, answers: own.answers && onlyAnswers(around) ? true : undefined }, steps);
  if (around === undefined || !onlyEnds(around, own)) return own;
  // A function that does nothing but refuse: what decides is who calls it.
  return callIn(fn, { ...own, answers: true }, steps) ?? own;
}

/** Functions that only put an answer together, by their name. */
const ANSWERS = /^(?:send|reply|respond|answer|json|ok|success|created|redirect|render)|(?:[rR]esponse|[rR]eply|Json|Success|Redirect)$/;

/** One that waits for something does more than that. */
function onlyAnswers(fn: FunctionIR | undefined): boolean {
  return fn !== undefined && ANSWERS.test(fn.name) && !/\bawait\b/.test(fn.file.text.slice(fn.start, fn.end));
}

/** Whether a function does nothing but end so: no way through it ends otherwise. */
function onlyEnds(fn: FunctionIR, at: Site): boolean {
  if (statementsAround(at.file, fn, at.span).length > 1) return false;
  return fn.body.every((stmt) => holds(stmt, at.span) || stmt.kind === "let" || stmt.kind === "expr" || stmt.kind === "return");
}

function endOf({ ending: { at, way, thrown } }: Outcome): Where {
  const sent = thrown === undefined ? way.answer?.at : undefined;
  const answers = sent !== undefined && sent.file === at.file && sent.span.start === at.span.start && sent.span.end === at.span.end;
  return { ...at, ...(answers ? { answers: true } : {}) };
}

function isMixed({ kind, beside }: Outcome): boolean {
  return kind === "success" ? beside.has("failure") || beside.has("undone") : beside.has("success") || beside.has("neutral");
}

/** What came before an end that several outcomes share: the branch that the way took last, or what a called function gives. */
function beforeOf(judged: Judged, outcome: Outcome): Where | undefined {
  const steps = listed(outcome.ending.way.steps);
  if (outcome.kind === "failure") {
    const branch = steps.findLast(({ note }) => note === "holds" || note === "does not hold");
    return branch === undefined ? undefined : lastOfBranch(branch);
  }
  const called = steps.findLast(({ note, file, span }) => note.startsWith("in ") && isOwn(judged.fn!, { file, span }));
  const name = called?.note.slice(3);
  const inside = steps
    .map(({ file, span }) => functionAround(file, span))
    .findLast((fn) => fn !== undefined && fn !== judged.fn && fn.name === name);
  const last = inside?.body.at(-1);
  return inside === undefined || last?.kind !== "return" ? undefined : { file: inside.file, span: last };
}

/** The last statement of the branch that a test leads to. */
function lastOfBranch({ note, file, span }: Step): Where | undefined {
  const fn = functionAround(file, span);
  const around = statementsAround(file, fn, span).at(-1)?.stmt;
  if (around?.kind !== "if" || around.test.end < span.end) return undefined;
  const last = (note === "holds" ? around.then : around.otherwise).at(-1);
  return last === undefined || (last.kind !== "return" && last.kind !== "throw") ? undefined : { file, span: last };
}

function isOwn(fn: FunctionIR, at: Site): boolean {
  return at.file === fn.file && holds(fn, at.span);
}

/** Nothing is known of where it ends: the site is the function as a whole. */
function isWhole({ file, span }: Site): boolean {
  return file.functions.some((fn) => fn.start === span.start && fn.end === span.end);
}

/** The call by which a handler comes to what ends the outcome: a step of its way, else the call of that name behind the last step. */
function callIn(fn: FunctionIR, at: Where, steps: readonly Step[]): Where | undefined {
  const mine = steps.filter(({ file, span }) => file === fn.file && holds(fn, span));
  const step = mine.findLast(({ note }) => note.startsWith("in "));
  const how = at.answers ? { answers: true as const } : { leads: true as const };
  if (step !== undefined) return { file: step.file, span: step.span, ...how };
  const name = functionAround(at.file, at.span)?.name ?? "";
  const calls = name === "" ? [] : callsOf(fn.file, fn, name);
  const after = mine.at(-1)?.span.end ?? fn.start;
  const call = calls.find(({ start }) => start >= after) ?? calls.at(-1);
  return call === undefined ? undefined : { file: fn.file, span: call, ...how };
}

/** Calls of a name in a function and the closures in it. */
function callsOf(file: FileIR, fn: FunctionIR, name: string): readonly Span[] {
  const calls: Span[] = [];
  for (const one of file.functions.filter((inner) => holds(fn, inner))) {
    walkStmts(one.body, (expr) => {
      if (expr.kind !== "call") return;
      const { callee } = expr;
      const last = callee.kind === "name" ? callee.name : callee.kind === "member" ? callee.property : null;
      if (last === name) calls.push({ start: expr.start, end: expr.end });
    });
  }
  return calls.sort((a, b) => a.start - b.start);
}
