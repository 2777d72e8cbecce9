import type { EventEmitter } from "node:events";
import { currentContext, runInContext } from "./store.ts";
import type { RequestContext } from "./request-context.ts";

const CONTEXT = Symbol("context");
const EMIT = Symbol("emit");

interface Kept extends EventEmitter {
  [CONTEXT]?: RequestContext;
  [EMIT]?: EventEmitter["emit"];
}

/**
 * From now on, listeners of `emitter` run in the current context, whoever emits. Needed for requests and responses of
 * node:http: their events come out of the socket, which serves many requests and belongs to none, so that everything that
 * reads a body by events (parsers, uploads, pipes) or waits for the end (`finish`, `close`) would lose the request.
 */
export function keepContext(emitter: EventEmitter): void {
  const kept: Kept = emitter;
  const isNew = kept[CONTEXT] === undefined;
  kept[CONTEXT] = currentContext();
  if (!isNew) return;
  kept[EMIT] = emitter.emit;
  emitter.emit = emitInContext;
}

/** One function for all emitters: a closure a request costs more than the two properties. */
function emitInContext(this: Kept, ...args: Parameters<EventEmitter["emit"]>): boolean {
  const context = this[CONTEXT];
  // The fast path: a handler that writes to its own response.
  if (currentContext() === context) return this[EMIT]!(...args);
  return runInContext(context, () => this[EMIT]!(...args));
}
