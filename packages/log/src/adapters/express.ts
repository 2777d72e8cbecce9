import type { EventEmitter } from "node:events";
import { keepContext, keepContextBy } from "../context/emitters.ts";
import type { ContextSource } from "../context/source.ts";
import { type ExpressApplication, type ExpressRequest, expressRoute } from "./express-route.ts";
import { NodeIncoming } from "./node.ts";

/**
 * Middleware for Express 4 and 5: `app.use(securityContext(security))`, before all that may record an event. The route is
 * the template, with those of the routers it is mounted in.
 */
export function securityContext(log: ContextSource): (request: ExpressRequest, response: EventEmitter, next: () => void) => void {
  return (request, response, next) =>
    log.run(new NodeIncoming(request, expressRoute), () => {
      const application = request.app as ExpressApplication | undefined;
      keep(request, application?.request);
      keep(response, application?.response);
      next();
    });
}

/** Express gives requests and responses a prototype of the application's own; middleware may also run without Express. */
function keep(emitter: EventEmitter, prototype: EventEmitter | undefined): void {
  if (prototype !== undefined && Object.getPrototypeOf(emitter) === prototype) keepContextBy(prototype, emitter);
  else keepContext(emitter);
}
