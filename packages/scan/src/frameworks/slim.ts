import type { CallExpr } from "../ir/nodes.ts";
import type { End, Framework } from "./framework.ts";
import { symfonyAnswer } from "./php/ends.ts";
import { handlerOf, routesOf, type RouterFamily } from "./php/routes.ts";
import { endByStatus, methodOf, namesOf } from "./reading.ts";
import { memberName } from "./php/classes.ts";

const ROUTES: RouterFamily = {
  roots: /^(?:app|group|router|this)$/,
  mayRoute: /\$(?:app|group|router)->(?:get|post|put|patch|delete|any|map|group)\s*\(|\bSlim\\/,
  namespaces: ["App.Controllers", "App.Controller", "App.Action", "App.Application.Actions"],
};

/** Slim and what routes like it (Mezzio, League Route): closures and classes, and middleware of PSR-15. */
export const slim: Framework = {
  id: "slim",
  title: "Slim",
  docs: "https://www.slimframework.com/docs/v4/objects/routing.html",
  languages: ["php"],
  enabledBy: { packagist: ["slim/slim", "mezzio/mezzio", "league/route"], imports: [/\bSlim\\/, /\bMezzio\\/] },
  mayHold: /->(?:get|post|put|patch|delete|any|map)\s*\(|MiddlewareInterface/,
  handlers: (view) => [
    ...routesOf(view.project, ROUTES)
      .all.filter((route) => route.file === view.file)
      .map(handlerOf),
    ...view.file.containers.flatMap((container) =>
      container.extends.some(({ name }) => name === "MiddlewareInterface")
        ? container.functions
            .filter((fn) => fn.name === "process")
            .map((fn) => ({ kind: "gate" as const, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: fn }))
        : [],
    ),
  ],
  endOfCall: slimEnd,
  // The error middleware logs only where it is told to. https://www.slimframework.com/docs/v4/middleware/error-handling.html
  logsUnhandled: () => false,
  request: {
    ip: "$request->getServerParams()['REMOTE_ADDR']",
    actor: "$request->getAttribute('user')",
    requestId: "$request->getHeaderLine('X-Request-Id')",
    userAgent: "$request->getHeaderLine('User-Agent')",
  },
};

/** `$response->withStatus(401)`, `->withJson($data, 401)`, `->withRedirect('/')`, `->withHeader('Location', '/')`. */
function slimEnd(call: CallExpr): End | undefined {
  const method = methodOf(call);
  if (method === "withStatus") return endByStatus(call.args[0]);
  if (method === "withJson") return { ...endByStatus(call.args[1]), sent: true, says: call.args.slice(0, 1) };
  if (method === "withRedirect") return { sent: true, kind: "redirect", says: call.args };
  if (method === "write" && /body/i.test(namesOf(call.callee).at(-2) ?? "")) return { says: call.args };
  return symfonyAnswer(call);
}
