/** Options by which a handler says what to record, where code of the project that stands around handlers reads them. */
import { splitWords } from "../actions/words.ts";
import type { HandlerFound } from "../frameworks/framework.ts";
import type { CallExpr, Expr, FileIR, FunctionIR, Pattern, RecordEntry, RecordExpr, Span } from "../ir/nodes.ts";
import { bodiesOf, forEachLet, walkStmts } from "../ir/walk.ts";
import { isAuditName } from "../loggers/audit-names.ts";
import { HOLDS_OPTIONS, MAY_SAY_WHAT } from "../loggers/interceptors.ts";
import { recordsIn, standingAt } from "./interceptors.ts";
import { filesWith } from "./sought.ts";
import type { Walk } from "./walk.ts";
import { pathOf, UNKNOWN } from "./values.ts";
import type { Record } from "./way.ts";

/** `{ config: { audit: "user.deleted" } }` of a route, `.meta({ audit: "user.deleted" })` of a procedure: what their reader records. */
export function optionRecords(walk: Walk, { file, at, entry }: HandlerFound): Record[] {
  if (!MAY_SAY_WHAT.test(file.text.slice(at.start, at.end))) return [];
  const inner = "fn" in entry ? entry.fn : entry.expr;
  return callsIn(file, at)
    .filter((call) => !holds(inner, call) || holds(call, inner))
    .flatMap((call) => call.args.flatMap((arg) => (arg.kind === "record" ? auditIn(arg, DEEPEST) : [])))
    .flatMap((option) => standingAt(readBy(walk, option.key!), file, option));
}

const holds = (outer: Span, { start, end }: Span): boolean => outer.start <= start && end <= outer.end;

/** How deep options are nested. */
const DEEPEST = 3;

/** The calls of a stretch of a file that stand in no function of it. */
function callsIn(file: FileIR, at: Span): CallExpr[] {
  const calls: CallExpr[] = [];
  for (const { body, scope, container } of bodiesOf(file)) {
    if (scope === null ? container !== null : holds(at, scope) || !holds(scope, at)) continue;
    walkStmts(body, (expr) => {
      if (expr.kind === "call" && holds(at, expr)) calls.push(expr);
    });
  }
  return calls;
}

function auditIn(record: RecordExpr, deep: number): RecordEntry[] {
  return record.entries.flatMap((entry) => {
    if (entry.key === null || deep === 0) return [];
    if (isAuditName(splitWords(entry.key))) return isSaid(entry.value) ? [entry] : [];
    return entry.value.kind === "record" ? auditIn(entry.value, deep - 1) : [];
  });
}

/** A function is called by somebody, and `false` says that nothing is to be recorded. */
const isSaid = (value: Expr): boolean =>
  value.kind !== "function" && !(value.kind === "literal" && (value.value === false || value.value === null));

const known = new WeakMap<Walk, Map<string, readonly Record[]>>();

/** What the functions record that read an option of this name from what a handler was registered with. */
function readBy(walk: Walk, key: string): readonly Record[] {
  const mine = known.get(walk) ?? new Map<string, readonly Record[]>();
  known.set(walk, mine);
  let records = mine.get(key);
  if (records === undefined) {
    const readers = filesWith(walk.project, new RegExp(`\\b${key}\\b`)).flatMap((file) => file.functions.filter((fn) => reads(fn, key)));
    mine.set(key, (records = readers.flatMap((fn) => recordsIn(invoked(walk, fn)))));
  }
  return records;
}

const invoked = (walk: Walk, fn: FunctionIR) =>
  walk.invoke(
    { kind: "closure", fns: [fn], env: null },
    fn.params.map(() => UNKNOWN),
    1,
  );

const isHolder = (path: string): boolean => HOLDS_OPTIONS.test(path.slice(path.lastIndexOf(".") + 1));

/** `meta.audit`, `const { audit } = request.routeOptions.config`. */
function reads(fn: FunctionIR, key: string): boolean {
  let found = false;
  walkStmts(fn.body, (expr) => {
    if (expr.kind === "member" && expr.property === key && isHolder(pathOf(expr.object))) found = true;
  });
  forEachLet(fn.body, (target, value) => {
    if (value !== null && takes(target, key) && isHolder(pathOf(value))) found = true;
  });
  return found;
}

function takes(pattern: Pattern, key: string): boolean {
  return pattern.kind === "recordPattern" && pattern.entries.some((entry) => entry.key === key);
}
