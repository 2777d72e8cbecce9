import type { ContextSource } from "../context/source.ts";

/** What is read of a context of Hono. */
export interface HonoContext {
  readonly env: unknown;
  readonly req: {
    readonly method: string;
    readonly header: (name: string) => string | undefined;
    readonly matchedRoutes?: readonly HonoRoute[];
  };
}

interface HonoRoute {
  readonly path: string;
  readonly method: string;
}

export interface HonoOptions<Context> {
  /**
   * Address of the socket's other end. Default: that of @hono/node-server; other platforms have a `getConnInfo` of their own:
   * `(c) => getConnInfo(c).remote.address`.
   */
  readonly peer?: (context: Context) => string | undefined;
}

/** Middleware for Hono: `app.use(securityContext(security))`, before all others. */
export function securityContext<Context extends HonoContext = HonoContext>(
  log: ContextSource,
  options: HonoOptions<Context> = {},
): (context: Context, next: () => Promise<void>) => Promise<void> {
  const peerOf = options.peer ?? nodePeer;
  return (context, next) => {
    const incoming = {
      method: context.req.method,
      get peer() {
        return peerOf(context);
      },
      header: (name: string) => context.req.header(name),
      route: () => routeOf(context.req.matchedRoutes ?? []),
    };
    return log.run(incoming, next);
  };
}

/** @hono/node-server hands the request of node:http over as a binding. */
function nodePeer(context: HonoContext): string | undefined {
  const env = context.env as { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress;
}

/** The last route for a verb is the handler; middleware matches all verbs. A handler for all verbs is told from it by its path. */
function routeOf(routes: readonly HonoRoute[]): string | undefined {
  const handler = routes.findLast(({ method }) => method !== "ALL") ?? routes.findLast(({ path }) => !path.endsWith("*"));
  return handler?.path;
}
