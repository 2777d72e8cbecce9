/** Answers through the response of the Servlet API. https://jakarta.ee/specifications/servlet/6.0/apidocs/jakarta.servlet/jakarta/servlet/http/httpservletresponse */
import type { CallExpr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { dotted, endByStatus, methodOf, receiverOf } from "../reading.ts";

const RESPONSE = /(?:^|\.)(?:get)?(?:http)?(?:servlet)?(?:res|resp|response)$/i;

/** `response.sendError(401, "no")`, `response.setStatus(403)`, `response.sendRedirect("/login")`. */
export function servletEndOf(call: CallExpr): End | undefined {
  const receiver = receiverOf(call);
  if (receiver === undefined || !RESPONSE.test(dotted(receiver))) return undefined;
  const [first, ...rest] = call.args;
  switch (methodOf(call)) {
    case "sendError":
      return { ...endByStatus(first), sent: true, says: rest };
    case "setStatus":
    case "setStatusCode":
    case "setRawStatusCode":
      return endByStatus(first);
    case "sendRedirect":
      return { kind: "redirect", sent: true, says: first === undefined ? [] : [first] };
    default:
      return undefined;
  }
}
