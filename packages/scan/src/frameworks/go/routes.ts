import type { CallExpr, Expr, FunctionIR } from "../../ir/nodes.ts";
import type { CallSite, FileView, HandlerFound } from "../framework.ts";
import { flat, joinPaths, methodOf, namesOf, receiverOf } from "../reading.ts";
import { found } from "../routers/found.ts";
import { functionBehind, mayBeFunction } from "../routers/functions.ts";
import { KNOWN_ROUTERS, type GoFamily } from "./family.ts";
import { aroundIn, type Around } from "./prefixes.ts";
import { chainedBy, chainOf, methodsOf, spelledBy, type Spelled } from "./verbs.ts";

/** What a text must hold for a file to register routes. */
export const MAY_ROUTE =
  /\bhttp\.Handler\)\s*http\.Handler\b|\.\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Get|Post|Put|Patch|Delete|Head|Options|Any|All|Handle\w*|Method\w*|Match|Add|Route|Use\w*|Combo)\s*\(/;

/** Routes and middleware that a file registers on routers of the family. */
export function goHandlers(view: FileView, family: GoFamily): readonly HandlerFound[] {
  const imports = view.file.imports.some((one) => family.packages.test(one.source));
  const elsewhere = view.file.imports.some((one) => KNOWN_ROUTERS.test(one.source));
  if (!imports && (family.anywhere !== true || elsewhere)) return [];
  const around = aroundIn(view);
  const outer = verbsAbove(view);
  const registered = view.calls.flatMap((site) => {
    if (!isRouter(view, site, family)) return [];
    return routeOf(view, site, family, around, outer) ?? middlewareOf(view, site, family, around);
  });
  return [...registered, ...wrappersOf(view, family)];
}

/** `func (m *guard) requireToken(next http.Handler) http.Handler`. */
function wrappersOf({ file }: FileView, { wraps }: GoFamily): readonly HandlerFound[] {
  if (wraps === undefined) return [];
  return file.functions
    .filter(({ name, params, returns }) => {
      const [only, ...more] = params;
      return (
        name !== "" && more.length === 0 && returns?.name === wraps && only?.pattern.kind === "bind" && only.pattern.type?.name === wraps
      );
    })
    .map((fn): HandlerFound => ({
      kind: "gate",
      name: fn.name,
      entry: { fn },
      file,
      at: fn,
      ...(fn.container === undefined ? {} : { container: fn.container }),
    }));
}

type AroundOf = (receiver: Expr, scope: FunctionIR | null) => Around;

/** A function of a package is no method of a router, but for those of the family's own: `http.HandleFunc`. */
function isRouter(view: FileView, { call, scope }: CallSite, family: GoFamily): boolean {
  const [root] = namesOf(call.callee);
  if (root === undefined || receiverOf(call) === undefined) return false;
  const source = view.importOf(root)?.source;
  if (source === undefined || view.valueOf(root, scope) !== undefined) return true;
  return family.packages.test(source);
}

/** `.Methods("POST")` stands above the registration it belongs to. */
function verbsAbove(view: FileView): ReadonlyMap<CallExpr, string> {
  const verbs = new Map<CallExpr, string>();
  for (const { call } of view.calls) {
    if (methodOf(call) !== "Methods") continue;
    const verb = methodsOf([call]);
    if (verb !== undefined) for (const below of chainOf(call)) verbs.set(below, verb);
  }
  return verbs;
}

function routeOf(
  view: FileView,
  { call, scope, container }: CallSite,
  family: GoFamily,
  around: AroundOf,
  outer: ReadonlyMap<CallExpr, string>,
): readonly HandlerFound[] | undefined {
  const spelled = spelledBy(call, view, scope) ?? chainedBy(call, view, scope);
  const chain = spelled === undefined ? [] : flat(spelled.rest).filter((arg) => arg.kind !== "literal" && arg.kind !== "record");
  const place = family.handler === "first" ? 0 : chain.length - 1;
  const handler = chain[place];
  if (spelled === undefined || handler === undefined || !isHandler(view, handler, spelled, scope, family)) return undefined;
  const { prefix, through } = around(receiverOf(call)!, scope);
  const path = spelled.path === undefined || prefix === "" ? spelled.path : joinPaths(prefix, spelled.path);
  const method = outer.get(call) ?? spelled.method;
  const front = chain.filter((_, i) => i !== place);
  return [
    {
      ...found(view, { method, path, entry: served(handler), scope, container, at: call, through: [...through, ...front] }),
      ...(family.returnsErrors ? { returnsErrors: true } : {}),
    },
  ];
}

function isHandler(view: FileView, handler: Expr, spelled: Spelled, scope: FunctionIR | null, family: GoFamily): boolean {
  const known = view.file.imports.some((one) => family.packages.test(one.source));
  if (known && spelled.path !== undefined) return handler.kind === "call" || mayBeFunction(handler, view, scope);
  if (handler.kind === "function") return handler.fn.params.length > 0;
  return functionBehind(handler, view, scope) !== undefined || (handler.kind === "member" && spelled.path?.startsWith("/") === true);
}

/** An http.Handler that is created on the spot serves by its method. */
function served(handler: Expr): Expr {
  if (handler.kind !== "call" || handler.creates !== true) return handler;
  return { kind: "member", object: handler, property: "ServeHTTP", start: handler.start, end: handler.end };
}

/** `r.Use(mw, …)`, `app.Use("/admin", mw)`. */
function middlewareOf(view: FileView, { call, scope, container }: CallSite, family: GoFamily, around: AroundOf): readonly HandlerFound[] {
  if (!/^(?:Use|UseFunc|Pre|Before|UseBefore|UseGlobal)$/.test(methodOf(call))) return [];
  const { prefix } = around(receiverOf(call)!, scope);
  return flat(call.args)
    .filter(
      (arg) => arg.kind === "function" || arg.kind === "name" || arg.kind === "member" || (arg.kind === "call" && arg.creates !== true),
    )
    .map((entry, i) => ({
      ...found(view, {
        kind: "gate",
        name: "middleware",
        ...(prefix === "" ? {} : { path: prefix }),
        entry,
        scope,
        container,
        at: i === 0 ? call : entry,
      }),
      ...(family.returnsErrors ? { returnsErrors: true } : {}),
    }));
}
