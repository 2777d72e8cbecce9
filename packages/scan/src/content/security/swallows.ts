import { isCheckOf } from "../../actions/checks.ts";
import { deedWords, throughUnit, writesFields } from "../../actions/deeds.ts";
import { matchWords } from "../../actions/match.ts";
import { splitWords } from "../../actions/words.ts";
import type { End, Framework } from "../../frameworks/framework.ts";
import type { CallExpr, FileIR, FunctionIR, Span, Stmt } from "../../ir/nodes.ts";
import { isAuditName } from "../../loggers/audit-names.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { pathOf } from "../../outcomes/values.ts";
import type { LogLine } from "../lines.ts";
import { statusOfCall } from "../errors/status.ts";
import { isInternalType } from "../errors/words.ts";
import { assignedIn, attemptsIn, callsIn, callsThrough, membersSetIn, readsName, throwsIn, type Attempt } from "./attempts.ts";
import { GRANTS, IDENTITIES, NEGATIVE, OPTIONAL, SPEAKS, UNDONE } from "./words.ts";

/** A clause that takes a fault of something sensitive and leaves nothing of it. */
export interface Swallow {
  readonly file: FileIR;
  readonly fn: FunctionIR;
  readonly at: Span;
  /** `passes`: a check that fails lets through. `forgets`: a deed may not have happened, and nothing says so. `answers`: a fault is answered. */
  readonly sort: "passes" | "forgets" | "answers";
  /** What was tried: the call that tells. */
  readonly call: CallExpr;
  readonly path: string;
  /** What was tried keeps the record itself. */
  readonly isAudit: boolean;
}

export interface SwallowFacts {
  readonly lines: (file: FileIR) => readonly LogLine[];
  readonly frameworksFor: (file: FileIR) => readonly Framework[];
  /** Whether the function serves a sensitive request. */
  readonly isSensitive: (fn: FunctionIR) => boolean;
}

/** The clauses of a file that swallow faults of what is sensitive. */
export function swallowsIn(file: FileIR, facts: SwallowFacts): readonly Swallow[] {
  const lines = facts.lines(file);
  const speaks = (span: Span): boolean => lines.some(({ call }) => call.start >= span.start && call.end <= span.end);
  return file.functions.flatMap((fn) =>
    attemptsIn(fn.body).flatMap((attempt): readonly Swallow[] => {
      if (attempt.types.some((type) => !isInternalType(type)) || !isSilent(attempt, speaks, (call) => endOf(facts, file, call))) return [];
      const swallow =
        passes(fn, attempt) ?? forgets(attempt, lines) ?? (facts.isSensitive(fn) ? answers(attempt, fn, facts, file) : undefined);
      return swallow === undefined ? [] : [{ file, fn, at: attempt.at, ...swallow }];
    }),
  );
}

type Found = Pick<Swallow, "sort" | "call" | "path" | "isAudit">;

function endOf({ frameworksFor }: SwallowFacts, file: FileIR, call: CallExpr): End | undefined {
  const ends = frameworksFor(file).flatMap((one) => one.endOfCall?.(call) ?? []);
  return ends.find((end) => end.status !== undefined) ?? ends[0];
}

/** Nothing of the error is written, thrown, handed on or even read. */
function isSilent(attempt: Attempt, speaks: (span: Span) => boolean, end: (call: CallExpr) => End | undefined): boolean {
  const { clause, error } = attempt;
  if (throwsIn(clause) || (error !== "" && readsName(clause, error))) return false;
  if (clause.length > 0 && speaks({ start: clause[0]!.start, end: clause.at(-1)!.end })) return false;
  return callsIn(clause).every(
    (call) => end(call)?.says !== undefined || end(call)?.status !== undefined || !namesOf(call.callee).some((name) => SPEAKS.test(name)),
  );
}

const isCheckCall = (call: CallExpr): boolean => {
  const path = pathOf(call.callee);
  return (
    path !== "" &&
    call.creates !== true &&
    isCheckOf(
      path,
      call.args.map(pathOf).filter((name) => name !== ""),
    )
  );
};

/** A check that throws where it refuses, and a clause that goes on as if it had not. */
function passes(fn: FunctionIR, attempt: Attempt): Found | undefined {
  const check = callsThrough(attempt.tried).find(isCheckCall);
  const name = outerName(fn);
  if (check === undefined || OPTIONAL.test(name)) return undefined;
  const grants = attempt.clause.some(isGrant) && GRANTS.test(name) && !NEGATIVE.test(name);
  const goesOn = attempt.clause.some(isNext) && !membersSetIn(attempt.tried).some((member) => IDENTITIES.test(member));
  return grants || goesOn ? { sort: "passes", call: check, path: pathOf(check.callee), isAudit: false } : undefined;
}

function outerName(fn: FunctionIR): string {
  for (let at: FunctionIR | undefined = fn; at !== undefined; at = at.parent) if (at.name !== "") return at.name;
  return "";
}

/** `return true`. */
const isGrant = (stmt: Stmt): boolean =>
  (stmt.kind === "return" || stmt.kind === "yield") && stmt.value?.kind === "literal" && stmt.value.value === true;

/** `next()`, `return next()`: the request goes on. */
function isNext(stmt: Stmt): boolean {
  const value = stmt.kind === "return" || stmt.kind === "expr" ? stmt.value : null;
  const call = value?.kind === "await" ? value.value : value;
  return call?.kind === "call" && call.callee.kind === "name" && call.callee.name === "next" && call.args.length === 0;
}

/** A deed whose failure nobody hears of. */
function forgets(attempt: Attempt, lines: readonly LogLine[]): Found | undefined {
  if (attempt.isNested || !attempt.clause.every(doesNothing)) return undefined;
  const results = assignedIn(attempt.tried);
  if (results.some((name) => readsName(attempt.after, name))) return undefined;
  for (const call of callsThrough(attempt.tried)) {
    const line = lines.find((one) => one.call === call);
    const path = pathOf(call.callee);
    const isAudit =
      line?.fact.level === "audit" || (line === undefined && call.creates !== true && path.includes(".") && isAuditName(splitWords(path)));
    if (isAudit || undoes(call)) return { sort: "forgets", call, path, isAudit };
  }
  return undefined;
}

/** `continue`, `return`, a value that says nothing. */
function doesNothing(stmt: Stmt): boolean {
  if (stmt.kind === "jump") return true;
  if (stmt.kind === "return") return stmt.value === null;
  return (
    (stmt.kind === "yield" || stmt.kind === "expr") &&
    (stmt.value.kind === "literal" || (stmt.value.kind === "name" && stmt.value.name === "undefined"))
  );
}

/** Whether a call takes something away that lets somebody in, or changes what protects it. */
function undoes(call: CallExpr): boolean {
  // A component or a class that is called like the deed only speaks of it.
  if (call.creates === true || /^[A-Z]\w*$/.test(pathOf(call.callee))) return false;
  const path = throughUnit(pathOf(call.callee), call.args.map(pathOf)[0]?.split(".").at(-1));
  if (path === "") return false;
  const fields = writesFields(path)
    ? call.args.flatMap((arg) => (arg.kind === "record" ? arg.entries.flatMap(({ key }) => key ?? []) : []))
    : [];
  const words = deedWords(path, fields, call.args.length);
  return words !== undefined && matchWords(words).some(({ action, strength }) => UNDONE.has(action) && strength >= 2);
}

/** A fault of the server that is answered, and forgotten. */
function answers(attempt: Attempt, fn: FunctionIR, facts: SwallowFacts, file: FileIR): Found | undefined {
  if (!callsIn(attempt.clause).some((call) => isFault(call, facts, file)) && !attempt.clause.some(isFaultTuple)) return undefined;
  const calls = callsThrough(attempt.tried).filter(({ creates }) => creates !== true);
  const telling = calls.find(isCheckCall) ?? calls.find(isDeed);
  const [first] = calls;
  const whole = attempt.tried.length > 0 && attempt.tried.at(-1)!.end - attempt.tried[0]!.start > (fn.end - fn.start) / 2;
  const call = telling ?? (whole ? first : undefined);
  return call === undefined ? undefined : { sort: "answers", call, path: pathOf(call.callee), isAudit: false };
}

function isDeed(call: CallExpr): boolean {
  const path = pathOf(call.callee);
  return path !== "" && deedWords(path, [], call.args.length) !== undefined;
}

function isFault(call: CallExpr, facts: SwallowFacts, file: FileIR): boolean {
  const end = endOf(facts, file, call);
  if (end === undefined || end.says === undefined) return end?.sent === true && (end.status ?? 0) >= 500;
  const status = statusOfCall(
    call,
    end,
    (one) => endOf(facts, file, one),
    () => [],
    "unsaid",
  );
  return typeof status === "number" && status >= 500;
}

/** `return body, 500`. */
const isFaultTuple = (stmt: Stmt): boolean =>
  stmt.kind === "return" &&
  stmt.value?.kind === "list" &&
  stmt.value.items.some((item) => item.kind === "literal" && typeof item.value === "number" && item.value >= 500);
