import type { Incoming } from "./incoming.ts";

/** What an adapter needs of a security log: the context of a request is made from its settings and entered. Never throws by itself. */
export interface ContextSource {
  /** Runs `fn` within the context of the request, and returns what it returns. What `fn` throws passes through. */
  run<T>(incoming: Incoming, fn: () => T): T;
}
