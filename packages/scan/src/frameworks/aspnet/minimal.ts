/** Minimal APIs. https://learn.microsoft.com/aspnet/core/fundamentals/minimal-apis */
import type { Expr, FunctionIR } from "../../ir/nodes.ts";
import type { CallSite, FileView, HandlerFound } from "../framework.ts";
import { lastOf } from "../jvm/annotations.ts";
import { flat, joinPaths, methodOf, namesOf, pathTextOf, receiverOf, SAFE_VERBS, stringOf } from "../reading.ts";

const MAPS: ReadonlyMap<string, string> = new Map([
  ["MapGet", "GET"],
  ["MapPost", "POST"],
  ["MapPut", "PUT"],
  ["MapPatch", "PATCH"],
  ["MapDelete", "DELETE"],
  ["MapMethods", ""],
]);

export function mappedRoutes(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap((site) => routeOf(view, site));
}

/** `app.MapPost("/login", handler)`, `group.MapMethods("/x", ["POST"], this.Handle)`. */
function routeOf(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const verb = MAPS.get(methodOf(call));
  const [first, ...rest] = call.args;
  const receiver = receiverOf(call);
  const path = pathTextOf(first, view, scope) ?? (first === undefined ? undefined : ":path");
  const entry = rest.find(mayBeHandler);
  if (verb === undefined || path === undefined || entry === undefined || receiver === undefined) return [];
  const method = verb === "" ? verbAmong(rest) : verb;
  const full = joinPaths(prefixOf(view, receiver, scope, 5), path);
  const owner = scope?.container ?? container;
  return [
    {
      kind: "route",
      name: nameOf(entry, owner === null || owner === undefined ? "" : lastOf(owner.name), `${method} ${full}`),
      method,
      path: full,
      entry: { expr: entry, scope },
      file: view.file,
      at: entry.kind === "function" ? { start: call.end - 1 < entry.end ? call.start : (first?.start ?? call.start), end: call.end } : call,
      readOnly: SAFE_VERBS.has(method),
      ...(owner === null || owner === undefined ? {} : { container: owner }),
    },
  ];
}

const mayBeHandler = (expr: Expr): boolean =>
  expr.kind === "function" || (expr.kind === "name" && expr.name !== "") || (expr.kind === "member" && expr.property !== null);

function verbAmong(args: readonly Expr[]): string {
  const verbs = flat(args)
    .flatMap((arg) => stringOf(arg) ?? namesOf(arg).at(-1) ?? [])
    .map((one) => one.toUpperCase());
  return verbs.find((one) => /^(?:POST|PUT|PATCH|DELETE)$/.test(one)) ?? "ALL";
}

function nameOf(entry: Expr, owner: string, other: string): string {
  const names = namesOf(entry);
  if (names.length === 0) return other;
  return names[0] === "this" && owner !== "" ? [owner, ...names.slice(1)].join(".") : names.join(".");
}

/** `app.MapGroup("/users").RequireAuthorization()`, directly or by a name. */
function prefixOf(view: FileView, expr: Expr, scope: FunctionIR | null, depth: number): string | undefined {
  if (depth === 0) return undefined;
  if (expr.kind === "name") {
    const value = view.valueOf(expr.name, scope);
    return value === undefined || value === expr ? undefined : prefixOf(view, value, scope, depth - 1);
  }
  if (expr.kind !== "call" || expr.callee.kind !== "member") return undefined;
  const before = prefixOf(view, expr.callee.object, scope, depth - 1);
  const own = expr.callee.property === "MapGroup" ? pathTextOf(expr.args[0], view, scope) : undefined;
  return own === undefined ? before : joinPaths(before, own);
}
