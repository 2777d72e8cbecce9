import type { EventEmitter } from "node:events";
import type { ContextSource } from "../context/source.ts";
import { NodeIncoming, type NodeRequest, runWithEvents } from "./node.ts";

export interface HttpOptions<Request> {
  /** Template of the route (`/users/:id`), asked when an event is recorded. Default: none, node:http knows no routes. */
  readonly route?: (request: Request) => string | undefined;
}

/**
 * Wraps a listener of node:http, https or http2 (compatibility API):
 * `createServer(withSecurityContext(security, (request, response) => { … }))`. Also for what is one: `app.callback()` of Koa, an
 * API route of Next.js under `pages/`.
 */
export function withSecurityContext<Request extends NodeRequest, Response extends EventEmitter, Result>(
  log: ContextSource,
  listener: (request: Request, response: Response) => Result,
  options: HttpOptions<Request> = {},
): (request: Request, response: Response) => Result {
  return function (this: unknown, request, response) {
    const incoming = new NodeIncoming(request, options.route);
    return runWithEvents(log, incoming, request, response, () => listener.call(this, request, response));
  };
}
