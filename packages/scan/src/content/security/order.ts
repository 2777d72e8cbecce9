import type { ActionName } from "@telltale/vocabulary";
import { isCheckOf } from "../../actions/checks.ts";
import { deedWords, throughUnit, writesFields } from "../../actions/deeds.ts";
import { matchWords } from "../../actions/match.ts";
import type { CallExpr, Expr, FileIR, FunctionIR, Stmt } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { pathOf } from "../../outcomes/values.ts";
import type { LogLine } from "../lines.ts";
import { callsIn } from "./attempts.ts";
import { claimOf, type Claim } from "./claims.ts";

/** Every list of statements of a body, the outermost first; nested functions apart. */
export function listsIn(body: readonly Stmt[]): readonly (readonly Stmt[])[] {
  const inner = (stmt: Stmt): readonly (readonly Stmt[])[] => {
    switch (stmt.kind) {
      case "if":
        return [...listsIn(stmt.then), ...listsIn(stmt.otherwise)];
      case "match":
        return stmt.arms.flatMap((arm) => listsIn(arm.body));
      case "loop":
      case "blockStmt":
        return listsIn(stmt.body);
      case "try":
        return [...listsIn(stmt.body), ...stmt.catches.flatMap((clause) => listsIn(clause.body)), ...listsIn(stmt.finally ?? [])];
      default:
        return [];
    }
  };
  return [body, ...body.flatMap(inner)];
}

/** The actions that a call performs by its name and the fields that it writes, with its words. */
function deedOfCall(call: CallExpr): { readonly words: readonly string[]; readonly actions: readonly ActionName[] } {
  const path = call.creates === true ? "" : throughUnit(pathOf(call.callee), call.args.map(pathOf)[0]?.split(".").at(-1));
  const fields = writesFields(path)
    ? call.args.flatMap((arg) => (arg.kind === "record" ? arg.entries.flatMap(({ key }) => key ?? []) : []))
    : [];
  const words = path === "" ? [] : (deedWords(path, fields, call.args.length) ?? []);
  return { words, actions: matchWords(words).flatMap(({ action, strength }) => (strength >= 2 ? [action] : [])) };
}

/** Calls that make final what a unit of work was told before. Sources: SQLAlchemy, Django, JDBC, JPA, EF Core, database/sql. */
const COMMITS = /^(?:commit|commitAsync|Commit|CommitAsync|SaveChanges|SaveChangesAsync|flush|saveAndFlush)$/;
/** Names of functions that are told of what was done elsewhere. */
const TOLD =
  /^(?:_?on|after|did|handle|when|post)_?(?=[A-Z_])|(?:Listener|Subscriber|Handler|_hook)$|^(?:handle_(?:event|info|cast)|log|audit|record|track)/;

/** A line that claims what the code after it has still to do. */
export interface EarlyClaim {
  readonly line: LogLine;
  readonly claim: Claim;
  readonly deed: CallExpr;
}

/** Claims of a function that stand before the only work that makes them true. */
export function earlyClaims(fn: FunctionIR, lines: readonly LogLine[]): readonly EarlyClaim[] {
  const own = lines.filter((line) => line.fn === fn);
  if (own.length === 0 || TOLD.test(fn.name)) return [];
  return own.flatMap((line): readonly EarlyClaim[] => {
    const claim = claimOf(line);
    if (claim === undefined) return [];
    const before = callsBefore(fn, line.call.start);
    const list = listsIn(fn.body).findLast((stmts) => stmts.some((stmt) => holds(stmt, line.call)));
    const at = list?.findIndex((stmt) => holds(stmt, line.call)) ?? -1;
    if (list === undefined || at < 0 || list[at]!.kind !== "expr") return [];
    const deed = callsIn(list.slice(at + 1)).find((call) => makesTrue(call, claim, before));
    return deed === undefined ? [] : [{ line, claim, deed }];
  });
}

const holds = (stmt: Stmt, expr: Expr): boolean => stmt.start <= expr.start && expr.end <= stmt.end;

/** The calls of a function that stand before a place, those of closures inside it included. */
function callsBefore(fn: FunctionIR, place: number): readonly CallExpr[] {
  const bodies = [
    fn.body,
    ...fn.file.functions.filter((inner) => inner !== fn && inner.start >= fn.start && inner.end <= fn.end).map((inner) => inner.body),
  ];
  return bodies.flatMap((body) => callsIn(body)).filter((call) => call.end <= place);
}

function makesTrue(call: CallExpr, claim: Claim, before: readonly CallExpr[]): boolean {
  if (isWorkOf(call, claim)) return !before.some((one) => isWorkOf(one, claim) || isGeneric(one));
  const method = namesOf(call.callee).at(-1) ?? "";
  return (
    COMMITS.test(method) && before.some((one) => isWorkOf(one, claim)) && !before.some((one) => isGeneric(one) && !isWorkOf(one, claim))
  );
}

/** Whether a call does what is claimed, by the same action and the same thing. */
function isWorkOf(call: CallExpr, claim: Claim): boolean {
  if (claim.actions.includes("authn_login")) return isCheckOf(pathOf(call.callee), call.args.map(pathOf));
  const { words, actions } = deedOfCall(call);
  return actions.some((action) => claim.actions.includes(action)) && words.some((word) => claim.words.includes(word));
}

/** Work that may be what is claimed, whatever it is called. */
function isGeneric(call: CallExpr): boolean {
  const method = namesOf(call.callee).at(-1) ?? "";
  return (
    COMMITS.test(method) ||
    /^(?:save|save!|persist|execute|exec|query|transaction|\$transaction|run|perform|process|apply|submit|insert|update|delete|destroy|remove|create|put|post|patch|send|call)!?$/i.test(
      method,
    )
  );
}

/** Names of what goes out of the machine and may fail on its own: mail, text messages, web hooks, queues. */
const OUTSIDE =
  /mail|smtp|sms|twilio|sendgrid|postmark|resend|webhook|slack|discord|axios|fetch|got|kafka|rabbit|sqs|sns|pubsub|queue|stripe|notif/i;
const SENDS = /^(?:send\w*|deliver(?:_now)?!?|publish\w*|post|fetch|enqueue|produce|notify\w*|add|request|axios|got|trigger\w*|emit\w*)$/;

/** A record that stands after something else that may throw. */
export interface LateRecord {
  readonly line: LogLine;
  readonly deed: CallExpr;
  readonly between: CallExpr;
}

/** Records of a deed that a later call to the outside can prevent. `marks`: whether a call is waited for, and can throw. */
export function lateRecords(fn: FunctionIR, file: FileIR, lines: readonly LogLine[]): readonly LateRecord[] {
  const own = lines.filter((line) => line.fn === fn);
  return listsIn(fn.body).flatMap((list): readonly LateRecord[] =>
    list.flatMap((stmt, k): readonly LateRecord[] => {
      const line = stmt.kind === "expr" ? own.find(({ call }) => holds(stmt, call)) : undefined;
      const claim = line === undefined ? undefined : claimOf(line);
      if (line === undefined || claim === undefined) return [];
      const outside = list.slice(0, k).findLastIndex((one) => sendsOutside(one, claim) !== undefined);
      if (outside < 0) return [];
      const deeds = list
        .slice(0, outside)
        .flatMap((one) => callsIn([one]))
        .filter((call) => isWorkOf(call, claim));
      const between = sendsOutside(list[outside]!, claim)!;
      const isRecorded = own.some(
        (other) => other !== line && deeds.some((deed) => other.call.start > deed.end) && other.call.end <= line.call.start,
      );
      return deeds.length === 0 || isRecorded || file !== line.file ? [] : [{ line, deed: deeds.at(-1)!, between }];
    }),
  );
}

/** The call of a statement that sends something out and is waited for. */
function sendsOutside(stmt: Stmt, claim: Claim): CallExpr | undefined {
  if (stmt.kind !== "expr" && stmt.kind !== "let") return undefined;
  const value = stmt.value;
  if (value === null || (value.kind !== "await" && value.kind !== "call")) return undefined;
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call" || call.fails !== undefined) return undefined;
  const names = namesOf(call.callee);
  const method = names.at(-1) ?? "";
  if (/later|async|catch|job/i.test(method) || names.includes("catch") || !SENDS.test(method) || !names.some((name) => OUTSIDE.test(name)))
    return undefined;
  return isWorkOf(call, claim) ? undefined : call;
}
