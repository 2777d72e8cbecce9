import type { Framework } from "./framework.ts";
import { endOfRustCall } from "./rust/answers.ts";
import { attributeRoutes, calledRoutes, implemented, middlewareFunctions } from "./rust/routes.ts";

/** `utoipa` documents a handler with its verb and path, and registers it by that. https://docs.rs/utoipa-axum */
const DOCUMENTED: ReadonlySet<string> = new Set(["path"]);

/** axum: routers, middleware functions, extractors that refuse, errors that become answers. */
export const axum: Framework = {
  id: "axum",
  title: "axum",
  docs: "https://docs.rs/axum/latest/axum/struct.Router.html",
  languages: ["rust"],
  enabledBy: { cargo: ["axum"] },
  mayHold: /\.route\s*\(|\bfrom_fn|FromRequest|IntoResponse|utoipa::path/,
  handlers: (view) => [
    ...calledRoutes(view, new Set(["route"])),
    ...attributeRoutes(view, DOCUMENTED),
    ...middlewareFunctions(view),
    ...implemented(view, /^(?:Optional)?FromRequest(?:Parts)?$/, /^from_request(?:_parts)?$/, "gate"),
    ...implemented(view, /^IntoResponse$/, /^into_response$/, "errors", /Err(?:or)?\b|Rejection|Failure/),
  ],
  endOfCall: endOfRustCall,
  // An error is an answer like any other; nothing is logged above debug.
  logsUnhandled: () => false,
  answersByReturn: true,
  request: {
    ip: "addr.ip()",
    actor: "user.id",
    requestId: 'headers.get("x-request-id")',
    userAgent: 'headers.get("user-agent")',
  },
};
