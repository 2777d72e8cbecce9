import type { EventEmitter } from "node:events";
import type { ContextSource } from "../context/source.ts";
import { NodeIncoming, type NodeRequest, runWithEvents } from "./node.ts";

/** What is read of a context of Koa. */
export interface KoaContext {
  readonly req: NodeRequest;
  readonly res: EventEmitter;
  /** Written by @koa/router: the template, or the regular expression that the route was given. */
  readonly _matchedRoute?: unknown;
}

/**
 * Middleware for Koa: `app.use(securityContext(security))`, before all others. The route is that of @koa/router.
 * Listeners of the application's `error` event run after all middleware, outside of the context; where they record events,
 * wrap `app.callback()` by `withSecurityContext` of the adapter for node:http instead.
 */
export function securityContext(log: ContextSource): (context: KoaContext, next: () => Promise<unknown>) => Promise<unknown> {
  return (context, next) => {
    const incoming = new NodeIncoming(context.req, () => routeOf(context));
    return runWithEvents(log, incoming, context.req, context.res, next);
  };
}

function routeOf({ _matchedRoute: route }: KoaContext): string | undefined {
  return route === undefined ? undefined : String(route);
}
