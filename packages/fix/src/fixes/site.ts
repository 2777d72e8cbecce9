import {
  boundNames,
  listed,
  type FunctionIR,
  type Judged,
  type Outcome,
  type Project,
  type Site,
  type Step,
  type Stmt,
} from "@telltale/scan/analysis";
import { writerOf } from "../languages/index.ts";
import { functionAround, listsOf, statementsAround } from "../places/statement.ts";
import { holds } from "../places/text.ts";
import { isToldApart } from "./apart.ts";
import { callIn, callsTo } from "./calls-to.ts";
import { besideRefusal, chainedWhere } from "./chained.ts";
import { isGuard, isMute } from "./told.ts";
import type { Where } from "./where.ts";

/**
 * Where an outcome is decided. A failure: where it is refused or thrown, also in another function, unless that one does
 * nothing else; then where it is called. A success: in the handler itself, whatever function sends the answer; but where
 * the function that ends it may also refuse, only there is it known. Where other outcomes end at the same place, what led
 * there decides.
 */
export function whereOf(judged: Judged, outcome: Outcome, project: Project): Where | undefined {
  const { fn } = judged;
  const own = siteOf(outcome);
  const steps = listed(outcome.ending.way.steps);
  if (fn === undefined || isOwn(fn, own)) {
    if (isWhole(own)) return undefined;
    if (fn !== undefined && outcome.kind === "success" && !outcome.done && isGuard(judged, outcome)) return endInside(fn, outcome);
    const inner = outcome.kind === "success" && isLastBrace(fn, own) ? endInside(fn, outcome) : undefined;
    if (inner !== undefined) return inner;
    if (outcome.kind === "success" && refusesInside(judged, own)) return branchInside(own, steps);
    return isMixed(judged, outcome) && !isToldApart(own) ? (beforeOf(judged, outcome) ?? { ...own, mixed: true }) : own;
  }
  const around = functionAround(own.file, own.span);
  if (writerOf(fn.file.language)?.givesAnswers === true) return chainedWhere(fn, outcome, own, onlyAnswers);
  if (isCaller(around, own, steps)) {
    if (outcome.kind === "failure") return branchOf(steps, fn);
    return isShared(project, fn) && !isMixed(judged, outcome) ? { ...own, leads: true } : endOfBody(judged, outcome, fn);
  }
  if (outcome.kind === "success") {
    if (around !== undefined && (isThrow(around, own) || mayRefuse(judged, around, own))) return askedIn(fn, own, outcome) ?? own;
    const answers = own.answers && onlyAnswers(around) ? true : undefined;
    const asked = own.answers === true && answers === undefined ? askedIn(fn, own, outcome) : undefined;
    return asked ?? callIn(fn, { ...own, answers }, farthest(outcome, fn));
  }
  if (around === undefined || !onlyEnds(around, own))
    return (around !== undefined && outcome.ending.thrown === undefined ? askedIn(fn, own, outcome) : undefined) ?? own;
  // A function that does nothing but refuse: what decides is who calls it.
  const inner = deciderOf(steps, around);
  const inside = inner === undefined || inner === fn ? undefined : callIn(inner, { ...own, answers: true }, steps);
  return inside ?? callIn(fn, { ...own, answers: true }, steps) ?? own;
}

/** The call that answers, where the language's framework can be asked afterwards how it was answered. */
function askedIn(fn: FunctionIR, own: Where, outcome: Outcome): Where | undefined {
  const around = functionAround(own.file, own.span);
  if (writerOf(fn.file.language)?.asksAnswer?.(fn) !== true || callsTo(fn, around).length === 0) return undefined;
  const { answers: _, ...plain } = own;
  const call = callIn(fn, plain, farthest(outcome, fn));
  return call === undefined ? undefined : { ...call, asks: true };
}

/** The function on a way that calls the one which only refuses, the innermost. */
function deciderOf(steps: readonly Step[], around: FunctionIR | undefined): FunctionIR | undefined {
  return steps
    .map(({ file, span }) => functionAround(file, span))
    .findLast((one) => one !== undefined && one !== around && callsTo(one, around).length > 0);
}

/** Of the ways that end in a function elsewhere, the steps of the one that goes farthest through the handler. */
function farthest({ ways }: Outcome, fn: FunctionIR): readonly Step[] {
  const reach = (steps: readonly Step[]): number => Math.max(-1, ...steps.filter((step) => isOwn(fn, step)).map(({ span }) => span.start));
  return ways.map(({ way }) => listed(way.steps)).reduce((best, steps) => (reach(steps) > reach(best) ? steps : best));
}

/** Whether the handler is called where it ends: what wraps it only gives on what it got. */
function isCaller(around: FunctionIR | undefined, own: Site, steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.note.startsWith("in ") === true && last.file === own.file && functionAround(last.file, last.span) === around;
}

/** What several files call does the same for other handlers, which tell of it in their own words. */
function isShared({ texts }: Project, { name, file, container }: FunctionIR): boolean {
  if (name === "") return false;
  const ending = /\.\w+$/.exec(file.path)?.[0] ?? "";
  const of = container === undefined ? "(?<=[\\s(!])" : "\\b(?:this|self|super)\\.";
  const call = new RegExp(`${of}${name.replaceAll("$", "\\$")}\\(`);
  let callers = 0;
  for (const [path, text] of texts) if (path.endsWith(ending) && text.includes(name) && call.test(text)) callers++;
  return callers > 1;
}

/** The closing brace of a function: everything that answers by a call ends there, also what was caught before. */
function isLastBrace(fn: FunctionIR | undefined, { span }: Site): fn is FunctionIR {
  return fn !== undefined && span.end === fn.end && span.end - span.start === 1;
}

/** `return transaction(async (tx) => { …; return refused; })`: what is given on may be what a closure in it refused with. */
function refusesInside(judged: Judged, { file, span }: Site): boolean {
  return judged.outcomes.some((one) => {
    const { at, thrown } = one.ending;
    const inside =
      at.file === file &&
      holds(span, at.span) &&
      at.span.start > span.start &&
      functionAround(file, at.span) !== functionAround(file, span);
    return inside && one.kind === "failure" && thrown === undefined && !isMute(judged, one);
  });
}

/** The end of the branch in such a closure that leads to the success. */
function branchInside(own: Site, steps: readonly Step[]): Where | undefined {
  const branch = steps.findLast((step) => HOLDS.test(step.note) && step.file === own.file && holds(own.span, step.span));
  const end = branch === undefined ? undefined : lastOfBranch(branch);
  return end === undefined || REFUSES.test(end.file.text.slice(end.span.start, end.span.end)) ? undefined : end;
}

/** Where the last statement of a function is a `try` or a choice: the end of the `try`, or of the one branch that all ways take. */
function endInside(fn: FunctionIR, { ways }: Outcome): Where | undefined {
  const last = fn.body.at(-1);
  if (last?.kind === "try") return endOf(fn, fn.body);
  if (last?.kind !== "if" || last.otherwise.length === 0) return undefined;
  const taken = new Set(
    ways.map(
      ({ way }) => listed(way.steps).findLast((step) => isOwn(fn, step) && holds(last.test, step.span) && HOLDS.test(step.note))?.note,
    ),
  );
  const [note] = taken;
  return taken.size !== 1 || note === undefined ? undefined : endOf(fn, note === "holds" ? last.then : last.otherwise);
}

const HOLDS = /^(?:holds|does not hold)$/;

/** The end of the handler itself: its last statement, or that of a `try` at its end. */
function endOfBody(judged: Judged, outcome: Outcome, fn: FunctionIR): Where | undefined {
  const end = endOf(fn, fn.body);
  return end !== undefined && isMixed(judged, outcome) ? { ...end, mixed: true } : end;
}

/** Names of what an answer is sent with: a call that is given it answers. */
const SENDS = /^(?:res|response|reply)$/;

function endOf({ file }: FunctionIR, body: readonly Stmt[]): Where | undefined {
  let last = body.at(-1);
  while (last?.kind === "try" && (last.finally ?? []).length === 0) last = last.body.at(-1);
  if (last?.kind === "return") return { file, span: last };
  if (last?.kind !== "expr") return undefined;
  const sends = last.value.kind === "call" && last.value.args.some((arg) => arg.kind === "name" && SENDS.test(arg.name));
  return { file, span: last, ...(sends ? { answers: true } : { leads: true }) };
}

function isThrow(around: FunctionIR, own: Site): boolean {
  return statementsAround(own.file, around, own.span).at(-1)?.stmt.kind === "throw";
}

/** Whether a function that the handler calls answers with a refusal as well: whoever called it could not tell the two apart. */
function mayRefuse({ outcomes }: Judged, around: FunctionIR, own: Site): boolean {
  return outcomes.some(
    ({ kind, ending: { at, thrown, way } }) =>
      kind === "failure" &&
      thrown === undefined &&
      !isSame(at, own) &&
      (functionAround(at.file, at.span) === around || deciderOf(listed(way.steps), functionAround(at.file, at.span)) === around),
  );
}

/** Functions that only put an answer together, by their name. */
const ANSWERS = /^(?:send|reply|respond|answer|json|ok|success|created|redirect|render)|(?:[rR]esponse|[rR]eply|Json|Success|Redirect)$/;

/** One that waits for something does more than that. */
function onlyAnswers(fn: FunctionIR | undefined): boolean {
  return fn !== undefined && ANSWERS.test(fn.name) && !/\bawait\b/.test(fn.file.text.slice(fn.start, fn.end));
}

/** Whether an end is one link of a chain that goes on behind it: `find().orFail(…).then(…)`. */
function isLink(stmt: Stmt | undefined, { span }: Site): boolean {
  const value = stmt?.kind === "return" || stmt?.kind === "expr" ? stmt.value : undefined;
  return (
    value?.kind === "call" && value.callee.kind === "member" && value.callee.object.kind === "call" && holds(value.callee.object, span)
  );
}

/** Whether a function does nothing but end so: no way through it ends otherwise. */
function onlyEnds(fn: FunctionIR, at: Site): boolean {
  const [around, ...inner] = statementsAround(at.file, fn, at.span);
  if (inner.length > 0 || isLink(around?.stmt, at)) return false;
  return fn.body.every((stmt) => holds(stmt, at.span) || stmt.kind === "let" || stmt.kind === "expr" || stmt.kind === "return");
}

function siteOf({ ending: { at, way, thrown } }: Outcome): Where {
  const sent = thrown === undefined ? way.answer?.at : undefined;
  const answers = sent !== undefined && sent.file === at.file && sent.span.start === at.span.start && sent.span.end === at.span.end;
  return { ...at, ...(answers ? { answers: true } : {}) };
}

/** Whether what ends there ends otherwise as well. A failure that nobody could read there is none. */
function isMixed(judged: Judged, { kind, beside, ending: { at } }: Outcome): boolean {
  if (kind === "failure") return beside.has("success");
  if (beside.has("undone")) return true;
  if (!beside.has("failure")) return false;
  const others = judged.outcomes.filter((one) => one.kind === "failure" && isSame(one.ending.at, at));
  return others.length === 0 || others.some((one) => !isMute(judged, one));
}

const isSame = (a: Site, b: Site): boolean => a.file === b.file && a.span.start === b.span.start;

/** What came before an end that several outcomes share: the branch that the way took last, or what a called function gives. */
function beforeOf({ fn }: Judged, outcome: Outcome): Where | undefined {
  const steps = listed(outcome.ending.way.steps);
  if (outcome.kind === "failure") return branchOf(steps);
  const said = besideRefusal(fn!, outcome);
  if (said !== undefined) return said;
  const { at } = outcome.ending;
  const called = steps.findLast((step) => step.note.startsWith("in ") && isOwn(fn!, step) && isGivenOn(step, at, fn!));
  const name = called?.note.slice(3) ?? "";
  const inside = steps
    .map(({ file, span }) => functionAround(file, span))
    .findLast((one) => one !== undefined && one !== fn && one.name === name);
  const last = inside?.body.at(-1);
  if (inside === undefined || last?.kind !== "return" || ANSWERS.test(name) || !decides(inside)) return undefined;
  return { file: inside.file, span: last };
}

/** A function that leaves in more than one way. */
function decides({ body }: FunctionIR): boolean {
  const leaves = (stmts: readonly Stmt[]): number =>
    stmts.reduce(
      (n, stmt) => n + (stmt.kind === "return" || stmt.kind === "throw" ? 1 : listsOf(stmt).reduce((m, list) => m + leaves(list), 0)),
      0,
    );
  return leaves(body) > 1;
}

/** Whether what a call gives is what is given on at an end: it is the whole value, or has a name that the end reads. */
function isGivenOn(call: Site, end: Site, fn: FunctionIR): boolean {
  const text = end.file.text.slice(end.span.start, end.span.end);
  if (holds(end.span, call.span)) return /^\W*(?:return\b)?\W*(?:await\b)?\s*$/.test(end.file.text.slice(end.span.start, call.span.start));
  const stmt = statementsAround(call.file, functionAround(call.file, call.span) ?? fn, call.span).at(-1)?.stmt;
  if (stmt?.kind !== "let") return false;
  return boundNames(stmt.target).some((name) => new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text));
}

/** Words of a value that says no. */
const REFUSES =
  /\b(?:false|null|undefined|nil|None|Err|[45]\d\d)\b|:error|error|fail|invalid|unauthori|forbid|denied|reject|wrong|incorrect/i;

/** The end of the last branch on a way, where that gives a value that says no. `fn`: only in this function. */
function branchOf(steps: readonly Step[], fn?: FunctionIR): Where | undefined {
  const branch = steps.findLast(
    (step) => (step.note === "holds" || step.note === "does not hold") && (fn === undefined || isOwn(fn, step)),
  );
  const end = branch === undefined ? undefined : lastOfBranch(branch);
  return end !== undefined && REFUSES.test(end.file.text.slice(end.span.start, end.span.end)) ? end : undefined;
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
