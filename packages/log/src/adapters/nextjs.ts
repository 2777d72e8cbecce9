import type { Incoming } from "../context/incoming.ts";
import type { ContextSource } from "../context/source.ts";

interface ReadHeaders {
  get(name: string): string | null;
}

/** What is read of the request of a route handler. */
export interface NextRequestLike {
  readonly method: string;
  readonly headers: ReadHeaders;
}

export interface RouteOptions<Request> {
  /** The route, as the folders name it: `/users/[id]`. Default: none, Next.js does not tell. */
  readonly route?: string;
  /**
   * Address of the socket's other end, where the platform tells it. Default: unknown, Next.js hides it, so the address comes from
   * the forwarding header when `trustProxy` is `true` or a number of hops, and is missing otherwise.
   */
  readonly peer?: (request: Request) => string | undefined;
}

/** Wraps a route handler, or `proxy`: `export const POST = withSecurityContext(security, async (request) => { … }, { route: "/login" })`. */
export function withSecurityContext<Request extends NextRequestLike, Rest extends unknown[], Result>(
  log: ContextSource,
  handler: (request: Request, ...rest: Rest) => Result,
  options: RouteOptions<Request> = {},
): (request: Request, ...rest: Rest) => Result {
  return (request, ...rest) => {
    // Read here: while Next.js prerenders, this throws what tells it that the handler needs a request.
    const { method, headers } = request;
    const incoming = incomingOf(method, headers, options.route, () => options.peer?.(request));
    return log.run(incoming, () => handler(request, ...rest));
  };
}

export interface ActionOptions {
  /** The name of the action or of its page, in the place of a route. Default: none. */
  readonly route?: string;
  /** `headers` of next/headers. Default: it is imported at the first call. */
  readonly headers?: () => ReadHeaders | Promise<ReadHeaders>;
  /** Address of the socket's other end, where the platform tells it. */
  readonly peer?: (headers: ReadHeaders) => string | undefined;
}

/** Wraps a server action: `export const signIn = withSecurityAction(security, async (form: FormData) => { … }, { route: "/login" })`. */
export function withSecurityAction<Args extends unknown[], Result>(
  log: ContextSource,
  action: (...args: Args) => Promise<Result>,
  options: ActionOptions = {},
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    const headers = await headersOf(options);
    const incoming = incomingOf("POST", headers, options.route, () => headers && options.peer?.(headers));
    return log.run(incoming, () => action(...args));
  };
}

/** An action that is called outside of a request (a test, a script) still runs. */
async function headersOf(options: ActionOptions): Promise<ReadHeaders | undefined> {
  try {
    const headers = options.headers ?? (await import("next/headers.js")).headers;
    return await headers();
  } catch {
    return undefined;
  }
}

function incomingOf(method: string, headers: ReadHeaders | undefined, route: string | undefined, peer: () => string | undefined): Incoming {
  return {
    method,
    // A getter: what the application's function throws is caught where the context is made.
    get peer() {
      return peer();
    },
    header: (name) => headers?.get(name) ?? undefined,
    route: () => route,
  };
}
