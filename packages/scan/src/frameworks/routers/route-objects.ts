import type { CallExpr, ContainerIR, Expr, FunctionIR, RecordExpr, Span, Stmt } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { FileView } from "../framework.ts";
import { entryOf, itemsOf, pathTextOf, stringOf, VERBS } from "../reading.ts";

/** A route that is written as an object: `{ method: "post", path: "/login", handler: login }`, alone or in a list. */
export interface RouteObject {
  readonly record: RecordExpr;
  /** Upper case; the first of several. */
  readonly method: string;
  readonly path: string | undefined;
  readonly handler: Expr;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
  /** The call that takes the record itself as an argument. */
  readonly call: CallExpr | undefined;
  readonly at: Span;
}

const METHODS = new Set([...Object.values(VERBS), "*"]);

/** Every object of the file with a method that is an HTTP verb, a path, and what `handlerOf` reads from it. */
export function routeObjects(view: FileView, handlerOf: (record: RecordExpr) => Expr | undefined): readonly RouteObject[] {
  return recordSites(view).flatMap((site) => {
    const method = methodAmong(entryOf(site.record, "method", "methods", "verb"));
    const path = entryOf(site.record, "path", "url", "route", "pattern");
    const handler = handlerOf(site.record);
    if (method === undefined || path === undefined || handler === undefined) return [];
    return [{ ...site, method, path: pathTextOf(path, view, site.scope), handler, at: site.call ?? site.record }];
  });
}

function methodAmong(expr: Expr | undefined): string | undefined {
  if (expr === undefined) return undefined;
  const [first] = itemsOf(expr);
  // `HttpMethod.POST` names its verb as well as "post" does.
  const name = first?.kind === "member" ? first.property : stringOf(first);
  const method = name?.toUpperCase();
  return method !== undefined && METHODS.has(method) ? (method === "*" ? "ALL" : method) : undefined;
}

interface RecordSite {
  readonly record: RecordExpr;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
  readonly call: CallExpr | undefined;
}

function recordSites(view: FileView): readonly RecordSite[] {
  const sites: RecordSite[] = [];
  for (const { body, scope, container } of [...bodiesOf(view.file), ...fieldBodies(view)]) {
    const calls = new Map<Expr, CallExpr>();
    walkStmts(body, (expr) => {
      if (expr.kind === "call") for (const arg of expr.args) calls.set(arg, expr);
      if (expr.kind === "record") sites.push({ record: expr, scope, container, call: calls.get(expr) });
    });
  }
  return sites;
}

function fieldBodies(view: FileView): readonly { body: readonly Stmt[]; scope: null; container: ContainerIR }[] {
  return view.file.containers.flatMap((container) =>
    container.fields.flatMap(({ value, start, end }) =>
      value === undefined ? [] : [{ body: [{ kind: "expr", value, start, end }], scope: null, container }],
    ),
  );
}
