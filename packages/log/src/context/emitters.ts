import type { EventEmitter } from "node:events";
import type { RequestContext } from "./request-context.ts";
import { currentContext, runInContext } from "./store.ts";

/*
 * Events of requests and responses come out of the socket, which serves many requests and belongs to none. Whatever reads a
 * body by events (parsers, uploads, pipes) or waits for the end (`finish`, `close`) would lose its request. So the listeners of
 * both run in the context of their request, whoever emits.
 */

type Emit = EventEmitter["emit"];

const CONTEXT = Symbol("context");
const EMIT = Symbol("emit");

interface Kept extends EventEmitter {
  [CONTEXT]?: RequestContext;
  [EMIT]?: Emit;
}

/** From now on, listeners of `emitter` run in the current context. About 0.1 µs. */
export function keepContext(emitter: EventEmitter): void {
  const kept: Kept = emitter;
  const isNew = kept[CONTEXT] === undefined;
  kept[CONTEXT] = currentContext();
  if (!isNew) return;
  kept[EMIT] = emitter.emit;
  emitter.emit = emitInContext;
}

/** One function for all emitters: a closure a request costs more than two properties. */
function emitInContext(this: Kept, ...args: Parameters<Emit>): boolean {
  const context = this[CONTEXT];
  // The fast path: a handler that writes to its own response.
  if (currentContext() === context) return this[EMIT]!(...args);
  return runInContext(context, () => this[EMIT]!(...args));
}

const prepared = new WeakSet<object>();

/**
 * The same for emitters whose prototype was set after they were made, as Express does: V8 has given up on their shape, and
 * each property that is added costs microseconds (a WeakMap costs more). So there is one, and `prototype`, which must belong to
 * the application (`app.request`), is changed once.
 */
export function keepContextBy(prototype: EventEmitter, emitter: EventEmitter): void {
  if (!prepared.has(prototype)) prepare(prototype);
  const kept: Kept = emitter;
  kept[CONTEXT] = currentContext();
}

function prepare(prototype: EventEmitter): void {
  prepared.add(prototype);
  const inherited: Emit = prototype.emit;
  const emit = function (this: Kept, ...args: Parameters<Emit>): boolean {
    const context = this[CONTEXT];
    if (context === undefined || currentContext() === context) return inherited.apply(this, args);
    return runInContext(context, () => inherited.apply(this, args));
  };
  Object.defineProperty(prototype, "emit", { value: emit, writable: true, configurable: true, enumerable: false });
}
