import type { EventEmitter } from "node:events";
import type { ContextSource } from "../context/source.ts";
import { NodeIncoming, type NodeRequest, runWithEvents } from "./node.ts";

/** What is read of a request of Fastify 4 or 5. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest;
  readonly routeOptions?: { readonly url?: string | undefined };
  /** Fastify 4 before 4.10. */
  readonly routerPath?: string;
}

type OnRequest = (request: FastifyRequestLike, reply: { readonly raw: EventEmitter }, done: () => void) => void;

/** What is used of an instance of Fastify. */
export interface FastifyLike {
  addHook(name: "onRequest", hook: OnRequest): unknown;
}

export interface FastifyPlugin {
  (instance: FastifyLike, options: unknown, done: () => void): void;
}

/**
 * Plugin for Fastify 4 and 5: `app.register(securityContext(security))`, before other plugins, whose `onRequest` hooks then run
 * in the context too. It holds for the instance that it is registered on and all below it.
 */
export function securityContext(log: ContextSource): FastifyPlugin {
  const plugin: FastifyPlugin = (instance, _, done) => {
    instance.addHook("onRequest", (request, reply, next) => {
      const incoming = new NodeIncoming(request.raw, () => routeOf(request));
      runWithEvents(log, incoming, request.raw, reply.raw, next);
    });
    done();
  };
  return Object.assign(plugin, MARKS);
}

/** How fastify-plugin marks what is not to be encapsulated: fastify.dev/docs/latest/Reference/Plugins, "Handle the scope". */
const MARKS = {
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "@telltale/log",
  [Symbol.for("plugin-meta")]: { name: "@telltale/log", fastify: "4.x || 5.x" },
};

/** Reading `routerPath` where `routeOptions` exists prints a deprecation. */
function routeOf(request: FastifyRequestLike): string | undefined {
  return request.routeOptions === undefined ? request.routerPath : request.routeOptions.url;
}
