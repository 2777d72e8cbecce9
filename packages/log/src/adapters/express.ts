import type { EventEmitter } from "node:events";
import type { ContextSource } from "../context/source.ts";
import { type ExpressRequest, expressRoute } from "./express-route.ts";
import { NodeIncoming, runWithEvents } from "./node.ts";

/**
 * Middleware for Express 4 and 5: `app.use(securityContext(security))`, before all that may record an event. The route is
 * the template, with those of the routers it is mounted in.
 */
export function securityContext(log: ContextSource): (request: ExpressRequest, response: EventEmitter, next: () => void) => void {
  return (request, response, next) => runWithEvents(log, new NodeIncoming(request, expressRoute), request, response, () => next());
}
