import type { Framework } from "./framework.ts";
import { endOfRustCall } from "./rust/answers.ts";
import { calledRoutes, implemented } from "./rust/routes.ts";

/** Poem: routes by path, extractors that refuse, errors that become answers. */
export const poem: Framework = {
  id: "poem",
  title: "Poem",
  docs: "https://docs.rs/poem/latest/poem/struct.Route.html",
  languages: ["rust"],
  enabledBy: { cargo: ["poem"] },
  mayHold: /\.at\s*\(|FromRequest|ResponseError/,
  handlers: (view) => [
    ...calledRoutes(view, new Set(["at"])),
    ...implemented(view, /^FromRequest$/, /^from_request$/, "gate"),
    ...implemented(view, /^ResponseError$/, /^as_response$/, "errors"),
  ],
  endOfCall: endOfRustCall,
  logsUnhandled: () => false,
  request: {
    ip: "req.remote_addr()",
    actor: "user.id",
    requestId: 'req.header("x-request-id")',
    userAgent: 'req.header("user-agent")',
  },
};
