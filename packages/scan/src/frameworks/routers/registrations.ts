import type { CallExpr, Expr, FunctionIR, Span } from "../../ir/nodes.ts";
import type { CallSite, FileView } from "../framework.ts";
import { bare, flat, isClosure, methodOf, namesOf, pathTextOf, receiverOf, stringOf, verbOf } from "../reading.ts";
import type { RouterFamily } from "./family.ts";
import { isCertainlyFunction, mayBeFunction } from "./functions.ts";
import { beliefOf } from "./receivers.ts";

/** A route as it is registered by a call: `router.post("/login", limit, login)`. */
export interface Registration {
  readonly site: CallSite;
  readonly method: string;
  readonly path: string | undefined;
  /** Arguments after the path, lists laid flat, in order; the handler among them. */
  readonly chain: readonly Expr[];
  /** What it is registered on, without `.route(path)`. */
  readonly receiver: Expr;
  readonly at: Span;
}

/** Picks the handler from a chain; undefined where the call is no registration. */
export type HandlerOf = (chain: readonly Expr[], view: FileView, scope: FunctionIR | null) => Expr | undefined;

/** Registrations by a verb's name on a router of the family: `router.post(path, …)`, `router.route(path).post(…)`. */
export function verbRegistrations(view: FileView, family: RouterFamily, handlerOf: HandlerOf = lastIfFunction): readonly Registration[] {
  return view.calls.flatMap((site) => {
    const spelled = verbArgument(site.call);
    const method = spelled ?? verbOf(methodOf(site.call));
    const receiver = receiverOf(site.call);
    if (method === undefined || receiver === undefined) return [];
    const routed = routeCall(receiver);
    const found =
      routed === undefined
        ? plain(view, site, method, receiver, spelled === undefined ? site.call.args : site.call.args.slice(1))
        : chained(view, site, method, routed);
    return found !== undefined && isBelieved(view, family, found, handlerOf) ? [found] : [];
  });
}

/** Registration helpers that take the verb first: `this.route("POST", "/login", handler)`. */
const VERB_FIRST = new Set(["route", "addRoute", "registerRoute", "mountRoute"]);

function verbArgument(call: CallExpr): string | undefined {
  if (!VERB_FIRST.has(methodOf(call)) || call.args.length < 3) return undefined;
  const verb = stringOf(call.args[0]);
  return verb === undefined || !/^[A-Z]+$/.test(verb) ? undefined : verbOf(verb.toLowerCase());
}

function plain(view: FileView, site: CallSite, method: string, receiver: Expr, args: readonly Expr[]): Registration | undefined {
  // Koa's routers take a name before the path.
  const [first, ...rest] = stringOf(args[0]) !== undefined && isPathText(args[1]) ? args.slice(1) : args;
  // One argument is a setting (`app.get("env")`), a request (`request(app).get("/x")`) or a look-up.
  if (first === undefined || rest.length === 0 || !isPath(first, view, site.scope)) return undefined;
  const path = pathTextOf(first, view, site.scope) ?? regexText(first, view);
  return { site, method, path, chain: flat(rest), receiver, at: registrationSpan(site.call) };
}

function chained(view: FileView, site: CallSite, method: string, routed: CallExpr): Registration | undefined {
  const receiver = receiverOf(routed);
  if (receiver === undefined || site.call.args.length === 0) return undefined;
  const path = pathTextOf(routed.args[0], view, site.scope);
  return { site, method, path, chain: flat(site.call.args), receiver, at: registrationSpan(site.call) };
}

/** The `.route(path)` at the bottom of `router.route(path).get(a).post(b)`. */
function routeCall(expr: Expr): CallExpr | undefined {
  const at = bare(expr);
  if (at.kind !== "call") return undefined;
  const receiver = receiverOf(at);
  if (methodOf(at) === "route" && at.args.length === 1 && receiver !== undefined) return at;
  return verbOf(methodOf(at)) !== undefined || methodOf(at) === "all" ? receiver && routeCall(receiver) : undefined;
}

/** A path is text that could be one, a list of such, a constant or a regular expression. */
function isPath(expr: Expr, view: FileView, scope: FunctionIR | null): boolean {
  const text = pathTextOf(expr, view, scope);
  if (text !== undefined) return text === "" || /^[/*:(.]/.test(text);
  if (expr.kind === "list") return expr.items.length > 0 && expr.items.every((item) => isPath(item, view, scope));
  return expr.kind === "member" || expr.kind === "template" || expr.kind === "name" || regexText(expr, view) !== undefined;
}

function regexText(expr: Expr, view: FileView): string | undefined {
  if (expr.kind === "list") return expr.items[0] === undefined ? undefined : regexText(expr.items[0], view);
  const text = view.file.text.slice(expr.start, expr.end);
  return (expr.kind === "opaque" || expr.kind === "literal") && /^\/.+\/[a-z]*$/s.test(text) ? text : undefined;
}

const lastIfFunction: HandlerOf = (chain, view, scope) => {
  const last = chain.at(-1);
  return last !== undefined && mayBeFunction(last, view, scope) ? last : undefined;
};

function isBelieved(view: FileView, family: RouterFamily, found: Registration, handlerOf: HandlerOf): boolean {
  const { scope } = found.site;
  const handler = handlerOf(found.chain, view, scope);
  if (handler === undefined) return false;
  const belief = beliefOf(found.receiver, view, scope, family);
  if (belief !== "unknown") return belief === "router";
  if (!speaksFamily(found.chain, family) || yields(view, family, found.chain)) return false;
  const name = namesOf(found.receiver).at(-1) ?? "";
  if (family.names.test(name)) return true;
  return family.maybe.test(name) && isCertainlyFunction(handler, view, scope);
}

/** Nothing in the file says which framework; the project has a likelier one and no closure speaks for this one. */
function yields(view: FileView, family: RouterFamily, chain: readonly Expr[]): boolean {
  if (view.file.imports.some((one) => family.packages.test(one.source))) return false;
  if (!family.yieldsTo.some((name) => view.project.has("npm", name, view.file.path))) return false;
  return !chain.some((expr) => isClosure(expr) && expr.fn.params.length > 0);
}

/** No closure of the chain begins with a parameter of another framework's shape. */
export function speaksFamily(chain: readonly Expr[], family: RouterFamily): boolean {
  return chain.every((expr) => {
    const first = isClosure(expr) ? expr.fn.params[0]?.pattern : undefined;
    return first?.kind !== "bind" || family.firstParam.test(first.name);
  });
}

/** A link of a chain stands where its own name does; others where the call begins. */
export function registrationSpan(call: CallExpr): Span {
  const callee = bare(call.callee);
  const receiver = receiverOf(call);
  if (callee.kind !== "member" || receiver === undefined || bare(receiver).kind !== "call") return call;
  return { start: callee.end - (callee.property?.length ?? 0), end: call.end };
}

/** Is it text that begins as a path does? */
function isPathText(expr: Expr | undefined): boolean {
  return stringOf(expr)?.startsWith("/") === true;
}

/**
 * Texts that may hold a registration by verb, or a call of one of `methods`. Left out is what no route can be: a verb called with
 * nothing, one name or one plain string, outside of `.route(path)`.
 */
export function mayRegister(methods: string, objects = ""): RegExp {
  const verb = String.raw`\.\s*(?:get|post|put|patch|delete|del|head|options|opts|all)\s*(?:\?\.)?\s*(?:<|\((?!\s*(?:[\w$.]*|"[^"\n]*"|'[^'\n]*')\s*\)))`;
  const call = String.raw`\.\s*(?:route|${methods})\s*(?:\?\.)?\s*[<(]`;
  const computed = String.raw`\[\s*["'\x60](?:get|post|put|patch|delete|all|${methods})\b`;
  return new RegExp([verb, call, computed, ...(objects === "" ? [] : [objects])].join("|"));
}

/** Texts that may hold a route as an object: it has a key for what runs. */
export const HANDLER_KEY = String.raw`\b(?:handlers?|controller)["'\x60]?\s*[:,}(]`;
