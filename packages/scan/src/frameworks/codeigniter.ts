import type { CallExpr } from "../ir/nodes.ts";
import type { End, Framework } from "./framework.ts";
import { memberName } from "./php/classes.ts";
import { controllersOf } from "./php/controllers.ts";
import { laravelEnd } from "./php/ends.ts";
import type { RouterFamily } from "./php/routes.ts";
import { endByStatus, methodOf } from "./reading.ts";

const ROUTES: RouterFamily = { roots: /^routes$/, mayRoute: /\$routes->/, namespaces: ["App.Controllers"] };

/** Methods of `ResponseTrait`. https://codeigniter.com/user_guide/outgoing/api_responses.html */
const RESPONDS: Readonly<Record<string, number>> = {
  failUnauthorized: 401,
  failForbidden: 403,
  failNotFound: 404,
  failValidationErrors: 400,
  failResourceExists: 409,
  failTooManyRequests: 429,
  respondCreated: 201,
  respondDeleted: 200,
  respondUpdated: 200,
  respondNoContent: 204,
};

/** CodeIgniter 4: routes of `Config/Routes.php`, controllers, filters. */
export const codeigniter: Framework = {
  id: "codeigniter",
  title: "CodeIgniter",
  docs: "https://codeigniter.com/user_guide/incoming/routing.html",
  languages: ["php"],
  enabledBy: { packagist: ["codeigniter4/framework", "codeigniter4/codeigniter4"], imports: [/\bCodeIgniter\\/] },
  mayHold: /\$routes->|Controllers?\b|FilterInterface/,
  handlers: (view) => [
    ...controllersOf(view, ROUTES),
    ...view.file.containers.flatMap((container) =>
      container.extends.some(({ name }) => name === "FilterInterface")
        ? container.functions
            .filter((fn) => fn.name === "before")
            .map((fn) => ({ kind: "gate" as const, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: fn }))
        : [],
    ),
  ],
  endOfCall: codeigniterEnd,
  // Log threshold 4 of production: errors that nobody catches, but for those that carry a status of the client.
  // https://codeigniter.com/user_guide/general/errors.html#ignoring-status-codes
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: {
    ip: "$this->request->getIPAddress()",
    actor: "session('user_id')",
    requestId: "$this->request->getHeaderLine('X-Request-Id')",
    userAgent: "$this->request->getUserAgent()",
  },
};

function codeigniterEnd(call: CallExpr): End | undefined {
  const method = methodOf(call);
  const status = Object.hasOwn(RESPONDS, method) ? RESPONDS[method] : undefined;
  if (status !== undefined) return { status, sent: true, says: call.args };
  if (method === "fail" || method === "respond") return { ...endByStatus(call.args[1]), sent: true, says: call.args.slice(0, 1) };
  if (method === "setJSON" || method === "setBody") return { sent: true, says: call.args };
  return laravelEnd(call);
}
