import type { CallExpr, Expr, FunctionIR, IfStmt, Stmt } from "../ir/nodes.ts";
import { walkExpr, walkStmts } from "../ir/walk.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { methodOf, namesOf, stringOf, verbOf } from "./reading.ts";
import { found } from "./routers/found.ts";
import { functionBehind } from "./routers/functions.ts";

const SOURCES = /^(?:node:)?https?2?$/;
const MAKERS = new Set(["createServer", "createSecureServer"]);

function handlers(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap((site) => {
    const entry = listenerOf(view, site);
    const fn = entry === undefined ? undefined : functionBehind(entry, view, site.scope);
    if (entry === undefined || fn === undefined || !takesRequest(fn)) return [];
    const dispatched = fn.file === view.file ? dispatches(view, fn) : [];
    if (dispatched.length > 0) return dispatched;
    const { scope, container } = site;
    return [found(view, { name: "request listener", ...onlyRoute(fn.body), entry, scope, container, at: site.call })];
  });
}

/** The listener of `http.createServer(options?, listener)` and of `server.on("request", listener)`. */
function listenerOf(view: FileView, { call }: CallSite): Expr | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  if (MAKERS.has(method)) {
    const source = view.importOf(names[0] ?? "")?.source;
    return source !== undefined && SOURCES.test(source) ? call.args.at(-1) : undefined;
  }
  const uses = view.file.imports.some((one) => SOURCES.test(one.source));
  return uses && method === "on" && stringOf(call.args[0]) === "request" ? call.args[1] : undefined;
}

/** Not Koa's callback, not an options object: `(request, response)`. */
function takesRequest(fn: FunctionIR): boolean {
  return fn.params.length === 2 || fn.params.length === 1;
}

/** What a test says of the request: `req.method === "POST" && url.pathname === "/login"`. */
interface Match {
  readonly method?: string;
  readonly path?: string;
}

/** `if (req.url === "/login") return login(req, res)`: each function that a branch gives the request to is a handler. */
function dispatches(view: FileView, fn: FunctionIR): readonly HandlerFound[] {
  return ifsOf(fn.body).flatMap((stmt) => {
    const match = matchOf(stmt.test);
    const call = match.path === undefined ? undefined : handsOver(stmt.then, fn);
    if (call === undefined) return [];
    return [found(view, { ...match, entry: call.callee, scope: fn, container: fn.container ?? null, at: stmt })];
  });
}

/** The route where the listener tells one path only. */
function onlyRoute(body: readonly Stmt[]): Match {
  const matches = ifsOf(body)
    .map((stmt) => matchOf(stmt.test))
    .filter((match) => match.path !== undefined);
  return matches.length === 1 ? (matches[0] ?? {}) : {};
}

/** Every `if` that is reached before anything else is decided: in order, and through `else`. */
function ifsOf(body: readonly Stmt[]): readonly IfStmt[] {
  return body.flatMap((stmt) => {
    if (stmt.kind === "if") return [stmt, ...ifsOf(stmt.otherwise)];
    return stmt.kind === "try" || stmt.kind === "blockStmt" ? ifsOf(stmt.body) : [];
  });
}

function matchOf(test: Expr): Match {
  let match: Match = {};
  walkExpr(test, (expr) => {
    if (expr.kind !== "binary" || expr.op !== "==") return;
    const text = stringOf(expr.right) ?? stringOf(expr.left);
    const subject = namesOf(stringOf(expr.right) === undefined ? expr.right : expr.left).at(-1) ?? "";
    if (text === undefined) return;
    if (subject === "method" && verbOf(text.toLowerCase()) !== undefined) match = { ...match, method: text.toUpperCase() };
    if (/^(?:url|pathname|path)$/.test(subject) && text.startsWith("/")) match = { ...match, path: text };
  });
  return match;
}

/** The call in a branch that is given what the listener was given. */
function handsOver(body: readonly Stmt[], fn: FunctionIR): CallExpr | undefined {
  const params = fn.params.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : []));
  let handed: CallExpr | undefined;
  walkStmts(body, (expr) => {
    if (expr.kind !== "call" || handed !== undefined || params.length < 2) return;
    const given = expr.args.flatMap((arg) => (arg.kind === "name" ? [arg.name] : []));
    if (params.every((name) => given.includes(name))) handed = expr;
  });
  return handed;
}

export const nodeHttp: Framework = {
  id: "node-http",
  title: "Node.js http",
  docs: "https://nodejs.org/api/http.html",
  languages: ["javascript"],
  enabledBy: { imports: [SOURCES] },
  mayHold: /\bcreate(?:Secure)?Server\b|\brequest\b/,
  handlers,
  endOfCall: (call) => answerOf(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: (assign) => statusAssigned(assign) ?? statusOnError(assign),
  // What a listener throws ends the process with its stack on stderr; that is no record of the request.
  logsUnhandled: () => false,
  request: {
    ip: "req.socket.remoteAddress",
    actor: null,
    requestId: 'req.headers["x-request-id"]',
    userAgent: 'req.headers["user-agent"]',
  },
};
