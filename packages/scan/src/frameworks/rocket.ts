import type { Framework } from "./framework.ts";
import { endOfRustCall } from "./rust/answers.ts";
import { attributeRoutes, implemented } from "./rust/routes.ts";

/** https://rocket.rs/guide/v0.5/requests/#methods */
const ATTRIBUTES: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "head", "options", "route"]);

/** Rocket: attributes, request guards, errors that become answers. */
export const rocket: Framework = {
  id: "rocket",
  title: "Rocket",
  docs: "https://rocket.rs/guide/v0.5/requests/",
  languages: ["rust"],
  enabledBy: { cargo: ["rocket"] },
  mayHold: /#\[\s*(?:rocket::)?(?:get|post|put|patch|delete|head|options|route)\b|FromRequest|Responder/,
  handlers: (view) => [
    ...attributeRoutes(view, ATTRIBUTES),
    ...implemented(view, /^FromRequest$/, /^from_request$/, "gate"),
    ...implemented(view, /^Responder$/, /^respond_to$/, "errors", /Err(?:or)?\b/),
  ],
  endOfCall: endOfRustCall,
  // An error of a handler is an answer; only its outcome is printed.
  logsUnhandled: () => false,
  answersByReturn: true,
  request: {
    ip: "ip.to_string()",
    actor: "user.id",
    requestId: 'request.headers().get_one("X-Request-Id")',
    userAgent: 'request.headers().get_one("User-Agent")',
  },
};
