import type { CallExpr, Expr, Stmt } from "../../ir/nodes.ts";
import type { ErrorText } from "../../languages/language.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Step } from "../../outcomes/way.ts";
import { asksForDevelopers, tellsApart, type Asking } from "./guards.ts";
import type { Helper } from "./helpers.ts";
import { distinctShown, type Caught, type Shown } from "./shown.ts";
import {
  CARRIES,
  CAUSE_MEMBERS,
  FEATURES,
  KEEPING,
  MESSAGE_MEMBERS,
  PASSING,
  RESHAPES,
  STACK_CALLS,
  STACK_MEMBERS,
  STACK_NAMES,
  STANDS_ALONE,
} from "./words.ts";

/** What a reading needs to know of the place. */
export interface Reading {
  readonly asking: Asking;
  readonly holds: (name: string) => readonly Shown[];
  /** What errors of the language say where they become text. */
  readonly errorText: ErrorText;
  readonly helperOf: (call: CallExpr) => Helper | undefined;
  /** The error that a text without one is of: the nearest that was caught, or the place itself. */
  readonly nearest: (expr: Expr) => Caught;
  readonly step: (expr: Expr, note: string) => Step;
}

/** What an expression holds of errors, where it stands. */
export function shownBy(expr: Expr, at: Reading, depth = 24): readonly Shown[] {
  if (depth === 0) return [];
  const again = (one: Expr): readonly Shown[] => shownBy(one, at, depth - 1);
  const all = (exprs: readonly Expr[]): readonly Shown[] => distinctShown(exprs.flatMap(again));
  switch (expr.kind) {
    case "name":
      return STACK_NAMES.has(expr.name) ? [stackAt(expr, at)] : at.holds(expr.name);
    case "member":
      return ofMember(expr, expr.property ?? "*", again(expr.object), at);
    case "call":
      return ofCall(expr, at, again);
    case "template":
      return all(expr.parts.filter((part) => typeof part !== "string"))
        .filter(({ what, of }) => what !== "error" || of.isReason !== true)
        .map((one) => asText(one, expr, at));
    case "record":
      return all([
        ...(expr.base === undefined ? [] : [expr.base]),
        ...expr.entries.filter((entry) => !spreadsError(entry.value, entry.spread, at)).map(({ value }) => value),
      ]);
    case "list":
      return all(expr.items);
    case "choice":
      if (asksForDevelopers(expr.test, at.asking)) return [];
      return distinctShown([...told(again(expr.then), expr.test, true, at), ...told(again(expr.otherwise), expr.test, false, at)]);
    case "logical":
      if (asksForDevelopers(expr.left, at.asking)) return [];
      if (expr.op === "and") return told(again(expr.right), expr.left, true, at);
      return distinctShown([...again(expr.left), ...again(expr.right)]);
    case "assign":
    case "await":
    case "spread":
      return again(expr.value);
    case "binary":
      return expr.op === "+" || expr.op === "<>" ? all([expr.left, expr.right]).map((one) => asText(one, expr, at)) : [];
    case "block":
      return all(yielded(expr.body));
    case "opaque":
      return all(expr.parts);
    default:
      return [];
  }
}

/** Members under which a value that holds the text of an error keeps it. */
const TELLING = /err|mess|msg|reason|detail|stack|trace|output|descr|text|body|data|result|content|\*/i;

/** `...err` takes what can be enumerated of it, which is not what it says. */
function spreadsError(value: Expr, spread: boolean | undefined, at: Reading): boolean {
  return spread === true && value.kind === "name" && at.holds(value.name).every(({ what }) => what === "error");
}

function yielded(body: readonly Stmt[]): readonly Expr[] {
  return body.flatMap((stmt): readonly Expr[] => {
    if (stmt.kind === "yield") return [stmt.value];
    if (stmt.kind === "blockStmt") return yielded(stmt.body);
    return stmt.kind === "if" ? [...yielded(stmt.then), ...yielded(stmt.otherwise)] : [];
  });
}

function told(shown: readonly Shown[], test: Expr, holds: boolean, at: Reading): readonly Shown[] {
  return shown.length > 0 && tellsApart(test, holds, at.asking) ? shown.map((one) => ({ ...one, told: true })) : shown;
}

function stackAt(expr: Expr, at: Reading): Shown {
  return { what: "stack", of: at.nearest(expr), told: false, steps: [at.step(expr, "takes the stack")] };
}

/** A whole error becomes what its language makes of it. */
function asText(one: Shown, expr: Expr, at: Reading): Shown {
  if (one.what !== "error") return one;
  if (one.of.sort === "given") return { ...one, what: "message" };
  return { ...one, what: at.errorText.text, steps: [...one.steps, at.step(expr, "goes into a text")] };
}

function ofMember(expr: Expr, property: string, object: readonly Shown[], at: Reading): readonly Shown[] {
  if (expr.kind === "member" && object.length === 0) {
    const owner = namesOf(expr.object).at(-1) ?? "";
    return property === "Error" && FEATURES.test(owner)
      ? [{ what: "error", of: { ...at.nearest(expr), sort: "any", name: `${owner}.Error` }, told: false, steps: [] }]
      : [];
  }
  return object.flatMap((one): readonly Shown[] => {
    if (one.what !== "error") return TELLING.test(property) ? [one] : [];
    if (one.of.sort === "given" && !STACK_MEMBERS.has(property) && !MESSAGE_MEMBERS.has(property)) return [];
    if (STACK_MEMBERS.has(property)) return [{ ...one, what: "stack", steps: [...one.steps, at.step(expr, `reads ${property}`)] }];
    if (CAUSE_MEMBERS.has(property)) return [one];
    if (!MESSAGE_MEMBERS.has(property)) return property === "ToString" ? [asText(one, expr, at)] : [];
    const what = at.errorText.stackFrom?.includes(property) === true ? "stack" : "message";
    return [{ ...one, what, steps: [...one.steps, at.step(expr, `reads ${property}`)] }];
  });
}

function ofCall(call: CallExpr, at: Reading, again: (expr: Expr) => readonly Shown[]): readonly Shown[] {
  const names = namesOf(call.callee);
  const [method, path] = [names.at(-1) ?? "", names.slice(-2).join(".")];
  const given = call.args.flatMap(again);
  if (STACK_CALLS.has(path) || STACK_CALLS.has(method)) {
    const [one] = given;
    if (one !== undefined) return [{ ...one, what: "stack", steps: [...one.steps, at.step(call, `takes the stack by ${path}`)] }];
    return STANDS_ALONE.has(path) || STANDS_ALONE.has(method) ? [stackAt(call, at)] : [];
  }
  const object = call.callee.kind === "member" ? again(call.callee.object) : [];
  const helper = object.length === 0 ? at.helperOf(call) : undefined;
  if (helper !== undefined) return throughHelper(call, helper, at, again);
  const own =
    call.callee.kind !== "member"
      ? []
      : object.some(({ what }) => what === "error")
        ? ofMember(call, method, object, at)
        : kept(object, method);
  const carries =
    call.creates === true ||
    PASSING.has(method) ||
    PASSING.has(path) ||
    CARRIES.test(method) ||
    KEEPING.has(method) ||
    RESHAPES.test(method);
  const passed = carries ? given.map((one) => (PASSING.has(method) || PASSING.has(path) ? asText(one, call, at) : one)) : [];
  return distinctShown([...own, ...passed]);
}

/** What a method of a text, a collection or a builder gives back of it. */
function kept(object: readonly Shown[], method: string): readonly Shown[] {
  return KEEPING.has(method) || CARRIES.test(method) ? object : [];
}

/** What a function of the project gives back of what it is given. */
function throughHelper(call: CallExpr, helper: Helper, at: Reading, again: (expr: Expr) => readonly Shown[]): readonly Shown[] {
  const own = helper.own.map((one): Shown => ({ ...one, steps: [...one.steps, at.step(call, `given back by ${helper.name}()`)] }));
  const passed = helper.gives.flatMap(({ place, what, told: isTold }) => {
    const arg = call.args[place];
    const shown = arg === undefined ? [] : again(arg);
    return shown.map((one): Shown => {
      const next = one.what === "error" ? what : one.what;
      return { ...one, what: next, told: one.told || isTold, steps: [...one.steps, at.step(call, `passes through ${helper.name}()`)] };
    });
  });
  return distinctShown([...own, ...passed]);
}
