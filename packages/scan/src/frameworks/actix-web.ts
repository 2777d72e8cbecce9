import type { Framework } from "./framework.ts";
import { endOfRustCall } from "./rust/answers.ts";
import { attributeRoutes, calledRoutes, implemented, middlewareFunctions } from "./rust/routes.ts";

/** https://docs.rs/actix-web/latest/actix_web/#attributes */
const ATTRIBUTES: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "head", "options", "route"]);

/** Actix Web: attributes, resources and scopes, middleware functions, extractors that refuse, errors that become answers. */
export const actixWeb: Framework = {
  id: "actix-web",
  title: "Actix Web",
  docs: "https://actix.rs/docs/url-dispatch",
  languages: ["rust"],
  enabledBy: { cargo: ["actix-web", "ntex"] },
  mayHold: /#\[\s*(?:[\w]+::)?(?:get|post|put|patch|delete|head|options|route)\b|\.route\s*\(|\bfrom_fn|wrap_fn|FromRequest|ResponseError/,
  handlers: (view) => [
    ...attributeRoutes(view, ATTRIBUTES),
    ...calledRoutes(view, new Set(["route"])),
    ...middlewareFunctions(view),
    ...implemented(view, /^FromRequest$/, /^from_request$/, "gate"),
    ...implemented(view, /^ResponseError$/, /^error_response$/, "errors"),
  ],
  endOfCall: endOfRustCall,
  // The dispatcher logs errors of handlers at debug.
  logsUnhandled: () => false,
  request: {
    ip: "req.peer_addr()",
    actor: "user.id",
    requestId: 'req.headers().get("x-request-id")',
    userAgent: 'req.headers().get("user-agent")',
  },
};
