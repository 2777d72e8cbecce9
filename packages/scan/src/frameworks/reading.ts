/** Small questions that framework files ask of the IR. Pure; nothing here knows a framework. */
import type { AssignExpr, CallExpr, Expr, FunctionExpr, FunctionIR, RecordExpr, Span } from "../ir/nodes.ts";
import { stringOf } from "../ir/literals.ts";
import type { End, FileView } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";

export { entryOf, numberOf, stringOf } from "../ir/literals.ts";

/** Methods by which routers register HTTP verbs → the verb. */
export const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  del: "DELETE",
  head: "HEAD",
  options: "OPTIONS",
  opts: "OPTIONS",
  all: "ALL",
};

/** Verbs that read: RFC 9110, section 9.2.1. */
export const SAFE_VERBS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** The verb that `name` stands for as a router method, or undefined (`toString` included). */
export function verbOf(name: string): string | undefined {
  return Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
}

/** `await x` → `x`; `(x)` and type assertions are gone already. */
export function bare(expr: Expr): Expr {
  return expr.kind === "await" ? bare(expr.value) : expr;
}

/**
 * The names that lead to an expression, calls left out: `res.status(401).json` → `["res", "status", "json"]`,
 * `this.app.post` → `["this", "app", "post"]`, `new Hono().get` → `["Hono", "get"]`. A computed name is `*`.
 * Empty where it does not begin with a name.
 */
export function namesOf(expr: Expr): readonly string[] {
  const at = bare(expr);
  if (at.kind === "name") return [at.name];
  if (at.kind === "call") return namesOf(at.callee);
  if (at.kind !== "member") return [];
  const before = namesOf(at.object);
  return before.length === 0 ? [] : [...before, at.property ?? "*"];
}

/** `namesOf` as dotted text: `res.status.json`; "" where there is none. */
export function dotted(expr: Expr): string {
  return namesOf(expr).join(".");
}

/** The outermost name: `res` of `res.status(401).json`. */
export function rootName(expr: Expr): string | undefined {
  return namesOf(expr)[0];
}

/** The last name of what is called: `json` of `res.status(401).json()`, `next` of `next(err)`; "" where computed. */
export function methodOf(call: CallExpr): string {
  const callee = bare(call.callee);
  if (callee.kind === "name") return callee.name;
  return callee.kind === "member" ? (callee.property ?? "") : "";
}

/** What a method is called on: `router` of `router.get()`; undefined for a plain function. */
export function receiverOf(call: CallExpr): Expr | undefined {
  const callee = bare(call.callee);
  return callee.kind === "member" ? callee.object : undefined;
}

/** `null`, `undefined`, `nil`. */
export function isNothing(expr: Expr | undefined): boolean {
  if (expr === undefined) return true;
  return (expr.kind === "literal" && expr.value === null) || (expr.kind === "name" && expr.name === "undefined");
}

export function isClosure(expr: Expr | undefined): expr is FunctionExpr {
  return expr?.kind === "function";
}

/** The items of a list, or the expression itself as the only one. */
export function itemsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "list" ? expr.items : [expr];
}

/** Lists inside the arguments laid flat: `[a, [b]], c` → `a, b, c`. */
export function flat(exprs: readonly Expr[]): readonly Expr[] {
  return exprs.flatMap((expr) => (expr.kind === "list" && !expr.tuple ? flat(expr.items) : [expr]));
}

/** The HTTP status that an expression names: `401`, `HttpStatus.UNAUTHORIZED`, `StatusCodes.Forbidden`, `:unauthorized`. */
export function statusOf(expr: Expr | undefined): number | undefined {
  if (expr === undefined) return undefined;
  if (expr.kind === "literal") {
    const value = typeof expr.value === "string" ? (statusByName(expr.value) ?? Number(expr.value)) : expr.value;
    return typeof value === "number" && Number.isInteger(value) && value >= 100 && value < 600 ? value : undefined;
  }
  if (expr.kind === "member") return expr.property === null ? undefined : statusByName(expr.property);
  return expr.kind === "name" && /^[A-Z]/.test(expr.name) ? statusByName(expr.name) : undefined;
}

/** The end that a status expression alone says; `{}` where the status cannot be read. */
export function endByStatus(expr: Expr | undefined): End {
  const status = statusOf(expr);
  return status === undefined ? {} : { status };
}

/** The last name and the value of `a.b = value`; undefined for assignments to plain names. */
export function propertyAssigned(assign: AssignExpr): { names: readonly string[]; value: Expr } | undefined {
  return assign.target.kind === "member" ? { names: namesOf(assign.target), value: assign.value } : undefined;
}

/** Joins path pieces with single slashes: `/api/` + `login` → `/api/login`. Nothing at all is `/`. */
export function joinPaths(...pieces: readonly (string | undefined)[]): string {
  const path = pieces
    .filter((piece): piece is string => piece !== undefined && piece !== "")
    .map((piece, index) => (piece.startsWith("/") || (index === 0 && piece.startsWith("*")) ? piece : `/${piece}`))
    .join("")
    .replaceAll(/\/{2,}/g, "/");
  return path === "" || path === "/" ? "/" : path.replace(/\/$/, "");
}

/** Source text of a node. */
export function sourceOf(view: FileView, span: Span): string {
  return view.file.text.slice(span.start, span.end);
}

/**
 * A path template as far as it can be read: constants of the file are put in, other holes become `:name`.
 * Undefined where nothing of it is text.
 */
export function pathTextOf(expr: Expr | undefined, view: FileView, scope: FunctionIR | null): string | undefined {
  if (expr === undefined) return undefined;
  const text = stringOf(expr);
  if (text !== undefined) return text;
  if (expr.kind === "name") {
    const value = view.valueOf(expr.name, scope);
    return value === undefined || value.kind === "name" ? undefined : pathTextOf(value, view, scope);
  }
  if (expr.kind === "list") return pathTextOf(expr.items[0], view, scope);
  if (expr.kind !== "template") return undefined;
  return expr.parts.map((part) => (typeof part === "string" ? part : hole(part, view, scope))).join("");
}

function hole(expr: Expr, view: FileView, scope: FunctionIR | null): string {
  return pathTextOf(expr, view, scope) ?? `:${namesOf(expr).at(-1) ?? "value"}`;
}

/** The record that an expression is, or the records of the list that it is. */
export function recordsIn(expr: Expr): readonly RecordExpr[] {
  if (expr.kind === "record") return [expr];
  return expr.kind === "list" ? expr.items.flatMap(recordsIn) : [];
}
