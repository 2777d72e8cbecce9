/** How handlers of Spring answer. */
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { servletEndOf } from "../jvm/servlet-ends.ts";
import { dotted, endByStatus, methodOf, namesOf, statusOf } from "../reading.ts";
import { statusByName } from "../http/statuses.ts";

/** https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/http/ResponseEntity.html, …/ServerResponse.html */
const BUILDERS: ReadonlySet<string> = new Set(["ResponseEntity", "ServerResponse"]);
/** What ends the building: the answer is complete. */
const ENDING: ReadonlySet<string> = new Set(["build", "body", "bodyValue", "render"]);

export function endOfSpringCall(call: CallExpr): End | undefined {
  return builtResponse(call) ?? servletEndOf(call) ?? refusedLogin(call);
}

/** `ResponseEntity.status(401).body(x)`, `new ResponseEntity<>(body, HttpStatus.FORBIDDEN)`, `ServerResponse.ok().bodyValue(x)`. */
function builtResponse(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const [root] = names;
  if (root === undefined || !BUILDERS.has(root)) return undefined;
  if (call.creates) return { ...createdStatus(call.args), sent: true, says: call.args };
  const method = methodOf(call);
  if (names.length > 2) return ENDING.has(method) ? { sent: true, says: call.args } : undefined;
  if (method === "status") return endByStatus(call.args[0]);
  if (method === "of" || method === "from") return undefined;
  const status = statusByName(method);
  return status === undefined ? undefined : { status, ...(status === 200 && call.args.length > 0 ? { sent: true, says: call.args } : {}) };
}

function createdStatus(args: readonly Expr[]): End {
  const status = args.map(statusOf).find((one) => one !== undefined);
  return status === undefined ? {} : { status };
}

/** An authentication manager throws where the credentials are no good; so do the servlet's and Shiro's logins. */
const AUTHENTICATES = /(?:^|\.)(?:\w*auth\w*manager|getAuthenticationManager|authenticationProvider)\.authenticate$/i;
const LOGS_IN = /(?:^|\.)(?:\w*request|\w*subject|getSubject)\.login$/i;

/** Events of Spring Security. https://docs.spring.io/spring-security/reference/servlet/authentication/events.html */
export const DONE: readonly string[] = [
  "AuthenticationSuccessEvent",
  "InteractiveAuthenticationSuccessEvent",
  "AbstractAuthenticationEvent",
];
export const REFUSED: readonly string[] = [
  "AbstractAuthenticationFailureEvent",
  "AuthenticationFailureBadCredentialsEvent",
  "AbstractAuthenticationEvent",
];
export const DENIED: readonly string[] = ["AuthorizationDeniedEvent", "AuthorizationFailureEvent"];
export const LOGGED_OUT: readonly string[] = ["LogoutSuccessEvent"];

/** What an advice stands around may fail. */
const PROCEEDS = /(?:^|\.)(?:\w*join_?point|pjp|point|jp|invocation|\w*context|ctx)\.proceed$/i;

function refusedLogin(call: CallExpr): End | undefined {
  const path = dotted(call.callee);
  if (PROCEEDS.test(path)) return { throws: "Error" };
  if (AUTHENTICATES.test(path)) return { throws: "AuthenticationException", sends: { done: DONE, refused: REFUSED } };
  return LOGS_IN.test(path) && call.args.length > 0 ? { throws: "AuthenticationException" } : undefined;
}
