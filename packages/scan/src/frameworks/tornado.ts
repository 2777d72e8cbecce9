import type { CallExpr, ContainerIR } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import type { End, FileView, Framework } from "./framework.ts";
import { statusGiven } from "./python/responses.ts";
import { templated } from "./python/routes.ts";
import { gatesOfClasses, methodsOfViews } from "./python/verb-classes.ts";
import { methodOf, namesOf, stringOf, verbOf } from "./reading.ts";

const HANDLERS = /^(?:RequestHandler|\w+RequestHandler|\w*(?:API|Base|Auth)Handler)$/;

/** Methods of a handler that answer. https://www.tornadoweb.org/en/stable/web.html#tornado.web.RequestHandler */
const ANSWERS: Readonly<Record<string, (call: CallExpr) => End>> = {
  set_status: (call) => withStatus(call, {}),
  send_error: (call) => withStatus(call, { sent: true, stops: true, says: call.args }),
  write: (call) => ({ says: call.args }),
  finish: (call) => ({ sent: true, says: call.args }),
  render: (call) => ({ sent: true, says: call.args }),
  redirect: (call) => ({ sent: true, kind: "redirect", says: call.args }),
};

export const tornado: Framework = {
  id: "tornado",
  title: "Tornado",
  docs: "https://www.tornadoweb.org/en/stable/guide/structure.html",
  languages: ["python"],
  enabledBy: { pypi: ["tornado"], imports: [/^tornado(?:\.|$)/] },
  mayHold: /Handler\b/,
  handlers: (view) => [
    ...methodsOfViews(
      view,
      HANDLERS,
      (fn) => verbOf(fn.name),
      (container) => pathOf(view, container),
    ),
    ...gatesOfClasses(view, HANDLERS, new Set(["prepare"])),
  ],
  endOfCall: (call) => {
    const [root, method] = namesOf(call.callee);
    return root === "this" && method !== undefined && Object.hasOwn(ANSWERS, method) ? ANSWERS[method]?.(call) : undefined;
  },
  // RequestHandler.log_exception: an HTTPError is a warning, all else an error. https://www.tornadoweb.org/en/stable/web.html#tornado.web.RequestHandler.log_exception
  logsUnhandled: () => true,
  request: {
    ip: "self.request.remote_ip",
    actor: "self.current_user",
    requestId: 'self.request.headers.get("X-Request-ID")',
    userAgent: 'self.request.headers.get("User-Agent")',
  },
};

function withStatus(call: CallExpr, end: End): End {
  const status = statusGiven(call.args, 0);
  return { ...end, ...(status === undefined ? {} : { status }) };
}

/** `(r"/login", LoginHandler)` in the file of the class; `url(…)` as well. */
function pathOf(view: FileView, container: ContainerIR): string | undefined {
  let found: string | undefined;
  for (const { body } of bodiesOf(view.file)) {
    walkStmts(body, (expr) => {
      const items = expr.kind === "list" && expr.tuple ? expr.items : expr.kind === "call" && methodOf(expr) === "url" ? expr.args : [];
      const [path, handler] = items;
      const text = stringOf(path);
      if (text?.startsWith("/") === true && handler !== undefined && namesOf(handler).at(-1) === container.name) found ??= templated(text);
    });
  }
  return found;
}
