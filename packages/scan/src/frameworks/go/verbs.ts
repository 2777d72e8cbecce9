import type { CallExpr, Expr, FunctionIR } from "../../ir/nodes.ts";
import type { FileView } from "../framework.ts";
import { itemsOf, methodOf, pathTextOf, receiverOf, stringOf } from "../reading.ts";

/** Methods by which routers of Go register a verb: `GET` in Gin and Echo, `Get` in Chi and Fiber. */
const VERBS: ReadonlyMap<string, string> = new Map(
  ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"].flatMap((verb) => [
    [verb, verb],
    [verb[0] + verb.slice(1).toLowerCase(), verb],
  ]),
);
/** Methods for every verb. */
const ALL: ReadonlySet<string> = new Set(["Any", "All", "ANY", "Handle", "HandleFunc", "HandlePrefix"]);
/** Methods that may name the verb in front of the path: `r.Handle("POST", "/login", …)`, `r.Method("POST", …)`. */
const VERB_FIRST: ReadonlySet<string> = new Set([
  ...["Handle", "Handler", "HandlerFunc", "HandleFunc", "Method", "MethodFunc", "Add", "Match", "AddRoute", "Route", "Map", "HandleMany"],
]);

/** What the method and the first arguments of a call say; `rest` are the arguments behind the path. */
export interface Spelled {
  readonly method: string;
  readonly path: string | undefined;
  readonly rest: readonly Expr[];
}

/** Reads `POST(path, …)`, `Handle(verb, path, …)`, `HandleFunc("POST /path", …)`; undefined for all other calls. */
export function spelledBy(call: CallExpr, view: FileView, scope: FunctionIR | null): Spelled | undefined {
  const name = methodOf(call);
  return plain(call, name, view, scope) ?? verbFirst(call, name, view, scope) ?? pathFirst(call, name, view, scope);
}

function plain(call: CallExpr, name: string, view: FileView, scope: FunctionIR | null): Spelled | undefined {
  const verb = VERBS.get(name) ?? (ALL.has(name) ? "ALL" : undefined);
  const [first, ...rest] = call.args;
  if (verb === undefined || first === undefined || rest.length === 0) return undefined;
  const text = pathTextOf(first, view, scope);
  if (text === undefined) return isText(first) ? { method: verb, path: undefined, rest } : undefined;
  return verb === "ALL" ? ofPattern(text, rest) : isPath(text) ? { method: verb, path: text, rest } : undefined;
}

/** Constants of other files and texts that are put together: a path as far as anybody can tell. */
function isText(expr: Expr): boolean {
  return (expr.kind === "member" && expr.object.kind === "name") || expr.kind === "name" || expr.kind === "template";
}

/** Patterns of net/http since Go 1.22: `[METHOD ][HOST]/[PATH]`. https://pkg.go.dev/net/http#hdr-Patterns-ServeMux */
function ofPattern(text: string, rest: readonly Expr[]): Spelled | undefined {
  const match = /^(?:([A-Z]+)[ \t]+)?([^/\s]*)(\/\S*)?$/.exec(text);
  if (match === null || (match[3] === undefined && text !== "" && text !== "*")) return undefined;
  return { method: match[1] ?? "ALL", path: match[3] ?? text, rest };
}

function verbFirst(call: CallExpr, name: string, view: FileView, scope: FunctionIR | null): Spelled | undefined {
  const [first, second, ...rest] = call.args;
  if (!VERB_FIRST.has(name) || first === undefined || second === undefined || rest.length === 0) return undefined;
  const method = verbsOf(first);
  const path = pathTextOf(second, view, scope);
  return method === undefined || (path !== undefined && !isPath(path)) ? undefined : { method, path, rest };
}

/** `m.Route("/login", "GET,POST", …)` of Macaron and Flamego. */
function pathFirst(call: CallExpr, name: string, view: FileView, scope: FunctionIR | null): Spelled | undefined {
  const [first, second, ...rest] = call.args;
  const text = stringOf(second);
  if (!/^(?:Routes?|Handle|Map|Bind)$/.test(name) || first === undefined || text === undefined || rest.length === 0) return undefined;
  const path = pathTextOf(first, view, scope);
  if (path === undefined || !isPath(path) || !/^[A-Z]+(?:\s*,\s*[A-Z]+)*$/.test(text)) return undefined;
  return { method: text.split(/\s*,\s*/).find((verb) => verb !== "GET" && verb !== "HEAD") ?? "GET", path, rest };
}

function verbsOf(expr: Expr): string | undefined {
  const verbs = itemsOf(expr).map((item) => stringOf(item) ?? "");
  if (verbs.length === 0 || !verbs.every((verb) => /^(?:[A-Z]{3,7}|\*)$/.test(verb))) return undefined;
  const first = verbs.find((verb) => verb !== "GET" && verb !== "HEAD") ?? verbs[0]!;
  return first === "*" ? "ALL" : first;
}

export function isPath(text: string): boolean {
  return text === "" || /^[/*:^{]/.test(text);
}

/** A registration whose path stands further down the chain: `m.Combo("/login").Get(a).Post(b)`, `r.Path("/x").Methods("POST").HandlerFunc(h)`. */
export function chainedBy(call: CallExpr, view: FileView, scope: FunctionIR | null): Spelled | undefined {
  const name = methodOf(call);
  const below = chainOf(call);
  const at = below.find((one) => /^(?:Combo|Path|PathPrefix|RouteFunc|Route|Resource)$/.test(methodOf(one)) && one.args.length > 0);
  const path = at === undefined ? undefined : pathTextOf(at.args[0], view, scope);
  if (at === undefined || path === undefined || !isPath(path) || call.args.length === 0) return undefined;
  const verb = VERBS.get(name);
  if (verb !== undefined) return { method: verb, path, rest: [...at.args.slice(1), ...call.args] };
  if (name !== "HandlerFunc" && name !== "Handler" && name !== "To") return undefined;
  return { method: methodsOf(below) ?? "ALL", path, rest: call.args };
}

/** The verb that `Methods("POST")` names, in a chain of gorilla/mux. */
export function methodsOf(chain: readonly CallExpr[]): string | undefined {
  const methods = chain.find((one) => methodOf(one) === "Methods");
  const verbs = methods?.args.flatMap((arg) => stringOf(arg) ?? []) ?? [];
  return verbs.find((verb) => verb !== "GET" && verb !== "HEAD" && verb !== "OPTIONS") ?? verbs[0];
}

/** The calls that a call is chained to, from the nearest down. */
export function chainOf(call: CallExpr): readonly CallExpr[] {
  const chain: CallExpr[] = [];
  for (let at = receiverOf(call); at?.kind === "call"; at = receiverOf(at)) chain.push(at);
  return chain;
}
