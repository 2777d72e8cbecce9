import type { EnabledBy, Framework } from "../framework.ts";
import { goAnswer, goAnswerAssigned } from "./answers.ts";
import type { GoFamily } from "./family.ts";
import { goHandlers, MAY_ROUTE } from "./routes.ts";

/** How requests are read where the handler has the standard library's shape. */
export const STANDARD_REQUEST: Framework["request"] = {
  ip: "r.RemoteAddr",
  actor: null,
  requestId: 'r.Header.Get("X-Request-Id")',
  userAgent: "r.UserAgent()",
};

interface GoRouterFacts {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  readonly enabledBy: EnabledBy;
  readonly family: GoFamily;
  readonly request?: Framework["request"];
  readonly logsUnhandled?: Framework["logsUnhandled"];
}

/** A framework whose routes are calls on a router, as nearly all of Go are. */
export function goRouter({ id, title, docs, enabledBy, family, request, logsUnhandled }: GoRouterFacts): Framework {
  return {
    id,
    title,
    docs,
    languages: ["go"],
    enabledBy,
    mayHold: MAY_ROUTE,
    handlers: (view) => goHandlers(view, family),
    endOfCall: goAnswer,
    endOfAssign: goAnswerAssigned,
    // Errors are values: what nobody answers is nobody's to log, unless a framework says otherwise.
    logsUnhandled: logsUnhandled ?? (() => false),
    request: request ?? STANDARD_REQUEST,
  };
}
