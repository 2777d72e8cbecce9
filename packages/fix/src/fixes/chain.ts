import { listed, type FunctionIR, type Outcome, type Site, type Span, type Stmt, type Step } from "@telltale/scan/analysis";
import { callsOf } from "../places/calls.ts";
import { functionAround, statementsAround } from "../places/statement.ts";
import { holds } from "../places/text.ts";

/** A place on the way to an end: the end itself, or a call that leads to it. */
export interface Link extends Site {
  /** The function that it stands in, closures passed over. */
  readonly fn: FunctionIR | undefined;
}

/** Calls from the handler to an end are followed that far. */
const MOST_CALLS = 8;

/**
 * The end of an outcome and the calls that lead to it, the end first, up to the handler; undefined behind the first
 * call that cannot be told.
 */
export function chainOf(handler: FunctionIR, { way, at: end }: Outcome["ending"]): readonly Link[] {
  const steps = listed(way.steps);
  const chain: Link[] = [{ file: end.file, span: end.span, fn: named(functionAround(end.file, end.span)) }];
  while (chain.length < MOST_CALLS) {
    const last = chain.at(-1)!;
    if (isIn(handler, last) || last.fn === undefined) break;
    const call = callOf(last.fn, steps, handler);
    if (call === undefined || chain.some((one) => isSame(one, call))) break;
    chain.push({ ...call, fn: named(functionAround(call.file, call.span)) });
  }
  return chain;
}

export const isIn = (fn: FunctionIR, at: Site): boolean => at.file === fn.file && holds(fn, at.span);

export const isSame = (a: Site, b: Site): boolean => a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end;

/** The function that a closure is part of. */
function named(fn: FunctionIR | undefined): FunctionIR | undefined {
  let at = fn;
  while (at !== undefined && at.name === "" && at.parent !== undefined) at = at.parent;
  return at;
}

/** The call of a function on a way: one that the way tells of, else one behind what it tells of last. */
function callOf({ name, file, start }: FunctionIR, steps: readonly Step[], handler: FunctionIR): Site | undefined {
  if (name === "") return undefined;
  const told = steps.findLast((step) => step.note === `in ${name}` && !(step.file === file && step.span.start === start));
  if (told !== undefined) return told;
  // A branch that was taken says more than a call that was come back from.
  const taken = steps.filter(({ note }) => !note.startsWith("in "));
  for (const step of [...taken.toReversed(), ...steps.toReversed()]) {
    const around = named(functionAround(step.file, step.span));
    const region = around === undefined ? undefined : regionOf(step, around);
    const call = region === undefined ? undefined : callsOf(step.file, around!, name).find((one) => holds(region, one));
    if (call !== undefined) return { file: step.file, span: call };
  }
  const call = callsOf(handler.file, handler, name)[0];
  return call === undefined ? undefined : { file: handler.file, span: call };
}

/** Where a way goes on behind a step: the arm, the branch, what follows a call. */
function regionOf({ note, file, span }: Step, fn: FunctionIR): Span | undefined {
  if (note.startsWith("in ")) return { start: span.end, end: fn.end };
  const stmts = statementsAround(file, functionAround(file, span), span).map(({ stmt }) => stmt);
  if (note === "takes this arm") return armAt(stmts, span.start) ?? { start: span.start, end: fn.end };
  const choice = stmts.findLast((stmt): stmt is Stmt & { readonly kind: "if" } => stmt.kind === "if" && holds(stmt.test, span));
  if (choice === undefined) return { start: span.start, end: fn.end };
  const branch = note === "holds" ? choice.then : choice.otherwise;
  return branch.length === 0 ? { start: choice.end, end: fn.end } : { start: branch[0]!.start, end: branch.at(-1)!.end };
}

function armAt(stmts: readonly Stmt[], start: number): Span | undefined {
  for (const stmt of stmts) if (stmt.kind === "match") for (const arm of stmt.arms) if (arm.start === start) return arm;
  return undefined;
}

/** What chooses that a function comes to a place: a branch in it, or one of its clauses; undefined where it always does. */
export function chosenBy(fn: FunctionIR, at: Site): "branch" | "clause" | undefined {
  const inner = at.file.functions.filter((one) => one.parent !== undefined && holds(fn, one) && holds(one, at.span));
  if ([fn, ...inner].some((one) => decides(one, at))) return "branch";
  return clausesBeside(fn) ? "clause" : undefined;
}

function decides(fn: FunctionIR, at: Site): boolean {
  if (statementsAround(at.file, fn, at.span).length > 1) return true;
  return !fn.body.every((stmt) => holds(stmt, at.span) || stmt.kind === "let" || stmt.kind === "expr" || stmt.kind === "return");
}

/** Several functions of one name and as many parameters are clauses of one, and what it is given chooses. */
function clausesBeside({ file, name, params, container }: FunctionIR): boolean {
  if (name === "") return false;
  const alike = file.functions.filter((one) => one.name === name && one.container === container && one.params.length === params.length);
  return alike.length > 1;
}
