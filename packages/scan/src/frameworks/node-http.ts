import type { Expr, FunctionIR } from "../ir/nodes.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { dispatches, onlyRoute } from "./http/dispatches.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { methodOf, namesOf, stringOf } from "./reading.ts";
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
