import type { Incoming } from "../context/incoming.ts";
import type { RequestContext } from "../context/request-context.ts";
import type { ContextSource } from "../context/source.ts";
import { currentContext, runInContext } from "../context/store.ts";
import { NodeIncoming, type NodeRequest } from "./node.ts";

/** A request of the fetch API. */
interface FetchRequest {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
}

/** What `securityRequest` adds to the context of tRPC. */
export interface SecurityRequest {
  readonly securityRequest: {
    readonly incoming: Incoming;
    /** Made by the first procedure of a batch, shared by the others. */
    context?: RequestContext;
  };
}

/** What is read of the options of a middleware. */
interface MiddlewareOptions<Result> {
  readonly ctx: unknown;
  readonly path: string;
  readonly next: () => Promise<Result>;
}

/**
 * For `createContext`, where no adapter of the framework below is in use:
 * `createContext: (options) => ({ ...securityRequest(options), … })`. `peer` is the address of the socket's other end where the
 * request is one of the fetch API.
 */
export function securityRequest(options: { readonly req: NodeRequest | FetchRequest }, peer?: string): SecurityRequest {
  return { securityRequest: { incoming: incomingOf(options.req, peer) } };
}

/**
 * Middleware for tRPC 11: `t.procedure.use(securityContext(security))`, before others. The route is the path of the procedure.
 * Within an adapter of the framework below (Express, Fastify, Next.js) it goes on with that context; else it needs `securityRequest`.
 * Procedures of one batch share request ID and actor.
 */
export function securityContext(log: ContextSource): <Result>(options: MiddlewareOptions<Result>) => Promise<Result> {
  return ({ ctx, path, next }) => {
    const route = () => path;
    const outer = currentContext();
    if (outer) return runInContext(outer.at(route), () => next());

    const holder = holderOf(ctx);
    if (holder?.context) return runInContext(holder.context.at(route), () => next());
    return log.run(partOf(holder?.incoming, route), () => {
      if (holder) holder.context = currentContext();
      return next();
    });
  };
}

function holderOf(ctx: unknown): SecurityRequest["securityRequest"] | undefined {
  return (ctx as Partial<SecurityRequest> | null | undefined)?.securityRequest;
}

function partOf(incoming: Incoming | undefined, route: () => string): Incoming {
  return { method: incoming?.method, peer: incoming?.peer, header: (name) => incoming?.header(name), route };
}

function incomingOf(request: NodeRequest | FetchRequest, peer: string | undefined): Incoming {
  if (!isFetch(request)) return new NodeIncoming(request);
  return { method: request.method, peer, header: (name) => request.headers.get(name) ?? undefined };
}

function isFetch(request: NodeRequest | FetchRequest): request is FetchRequest {
  return typeof request.headers.get === "function";
}
