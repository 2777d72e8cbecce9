import type { EventEmitter } from "node:events";
import { keepContext } from "../context/emitters.ts";
import type { Incoming } from "../context/incoming.ts";
import type { ContextSource } from "../context/source.ts";

/** What is read of a request of node:http, http2's compatibility API, or an injected one. */
export interface NodeRequest extends EventEmitter {
  readonly method?: string | undefined;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly socket?: { readonly remoteAddress?: string | undefined } | null;
}

/**
 * A request of node:http as the context sees it. A class: one object a request, no closures. Each property of the request is
 * read once: requests of Express have lost their fast shape, and a read costs a multiple.
 */
export class NodeIncoming<Request extends NodeRequest> implements Incoming {
  readonly method: string | undefined;
  readonly peer: string | undefined;
  readonly #headers: NodeRequest["headers"];
  readonly #request: Request;
  readonly #route: ((request: Request) => string | undefined) | undefined;

  constructor(request: Request, route?: (request: Request) => string | undefined) {
    this.method = request.method;
    this.peer = request.socket?.remoteAddress;
    this.#headers = request.headers;
    this.#request = request;
    this.#route = route;
  }

  header(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }
  route(): string | undefined {
    return this.#route?.(this.#request);
  }
}

/** Runs `fn` in the context of the request, and from then on the listeners of request and response too. */
export function runWithEvents<T>(log: ContextSource, incoming: Incoming, request: EventEmitter, response: EventEmitter, fn: () => T): T {
  return log.run(incoming, () => {
    keepContext(request);
    keepContext(response);
    return fn();
  });
}
