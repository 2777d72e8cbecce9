/** Handlers without a router: what they ask of the request tells the routes, and the branches the functions that serve them. */
import type { CallExpr, Expr, FunctionIR, MatchStmt, Stmt } from "../../ir/nodes.ts";
import { walkExpr, walkStmts } from "../../ir/walk.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { bare, namesOf, stringOf, verbOf } from "../reading.ts";
import { found } from "../routers/found.ts";

/** What a test says of the request: `req.method === "POST" && url.pathname === "/login"`. */
export interface Match {
  readonly method?: string;
  readonly path?: string;
}

interface Branch {
  readonly match: Match;
  readonly body: readonly Stmt[];
  readonly at: { readonly start: number; readonly end: number };
}

const PATH = /^(?:url|pathname|path|rawPath)$/;

/** `if (req.url === "/login") return login(req, res)`: each function that a branch gives all the parameters to is a handler. */
export function dispatches(view: FileView, fn: FunctionIR): readonly HandlerFound[] {
  return branchesOf(fn.body).flatMap((branch) => dispatched(view, fn, branch, handsOver(branch.body, fn)));
}

/** The same for handlers that give back their answer: `if (url.pathname === "/login") return login(request, env)`. */
export function returnedDispatches(view: FileView, fn: FunctionIR): { readonly found: readonly HandlerFound[]; readonly all: boolean } {
  const branches = branchesOf(fn.body);
  const handed = branches.flatMap((branch) => dispatched(view, fn, branch, givesBack(branch.body, fn)));
  return { found: handed, all: handed.length > 0 && handed.length === branches.length };
}

function dispatched(view: FileView, fn: FunctionIR, { match, at }: Branch, call: CallExpr | undefined): readonly HandlerFound[] {
  if (call === undefined) return [];
  return [found(view, { ...match, entry: call.callee, scope: fn, container: fn.container ?? null, at })];
}

/** The route where the handler tells one path only. */
export function onlyRoute(body: readonly Stmt[]): Match {
  const branches = branchesOf(body);
  return branches.length === 1 ? (branches[0]?.match ?? {}) : {};
}

/** Every branch for a path that is reached before anything else is decided: in order, through `else`, and those of a `switch`. */
function branchesOf(body: readonly Stmt[]): readonly Branch[] {
  return body.flatMap((stmt): readonly Branch[] => {
    if (stmt.kind === "match") return armsOf(stmt);
    if (stmt.kind === "try" || stmt.kind === "blockStmt") return branchesOf(stmt.body);
    if (stmt.kind !== "if") return [];
    const match = matchOf(stmt.test);
    return [...(match.path === undefined ? [] : [{ match, body: stmt.then, at: stmt }]), ...branchesOf(stmt.otherwise)];
  });
}

/** `switch (url.pathname) { case "/login": … }` */
function armsOf({ subject, arms }: MatchStmt): readonly Branch[] {
  if (!PATH.test(namesOf(subject).at(-1) ?? "")) return [];
  return arms.flatMap((arm) => {
    const [pattern] = arm.patterns;
    const path = pattern?.kind === "literalPattern" && typeof pattern.value === "string" ? pattern.value : undefined;
    return path?.startsWith("/") ? [{ match: { path }, body: arm.body, at: arm }] : [];
  });
}

function matchOf(test: Expr): Match {
  let match: Match = {};
  walkExpr(test, (expr) => {
    if (expr.kind !== "binary" || expr.op !== "==") return;
    const text = stringOf(expr.right) ?? stringOf(expr.left);
    const subject = namesOf(stringOf(expr.right) === undefined ? expr.right : expr.left).at(-1) ?? "";
    if (text === undefined) return;
    if (/^(?:method|httpMethod)$/.test(subject) && verbOf(text.toLowerCase()) !== undefined)
      match = { ...match, method: text.toUpperCase() };
    if (PATH.test(subject) && text.startsWith("/")) match = { ...match, path: text };
  });
  return match;
}

/** The call in a branch that is given what the listener was given. */
function handsOver(body: readonly Stmt[], fn: FunctionIR): CallExpr | undefined {
  const params = namesOfParams(fn);
  let handed: CallExpr | undefined;
  walkStmts(body, (expr) => {
    if (expr.kind !== "call" || handed !== undefined || params.length < 2) return;
    if (params.every((name) => isGiven(expr, name))) handed = expr;
  });
  return handed;
}

/** The call whose value a branch gives back, where it is given the request. */
function givesBack(body: readonly Stmt[], fn: FunctionIR): CallExpr | undefined {
  const [request] = namesOfParams(fn);
  const last = body.findLast((stmt) => stmt.kind === "return");
  const value = last?.kind === "return" && last.value !== null ? bare(last.value) : undefined;
  return value?.kind === "call" && !value.creates && request !== undefined && isGiven(value, request) ? value : undefined;
}

function namesOfParams(fn: FunctionIR): readonly string[] {
  return fn.params.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : []));
}

function isGiven(call: CallExpr, name: string): boolean {
  return call.args.some((arg) => arg.kind === "name" && arg.name === name);
}
