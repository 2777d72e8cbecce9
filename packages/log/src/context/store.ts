import { AsyncLocalStorage } from "node:async_hooks";
import { actorOf, read, textOf } from "../actor.ts";
import type { Actor } from "../record.ts";
import type { RequestContext, Subject } from "./request-context.ts";

/** The context as this package keeps it: with the box that `identify` writes into. */
interface Entered extends RequestContext {
  readonly subject?: Subject;
}

/**
 * One store a process, also where a bundler (Next.js: one copy for routes, one for actions) or two installed versions put
 * several copies of this file into it: a request entered through one must be seen by all. The number changes with the shape.
 */
const KEY = Symbol.for("@telltale/log/context/1");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<Entered | undefined> };
const store = (shared[KEY] ??= new AsyncLocalStorage<Entered | undefined>());

/** Runs `fn` within `context`; with `undefined`, outside of any request. */
export function runInContext<T>(context: RequestContext | undefined, fn: () => T): T {
  return store.run(context, fn);
}

/** The context of the request that the caller works for; `undefined` outside of one. */
export function currentContext(): RequestContext | undefined {
  return store.getStore();
}

/** What belongs to an actor in a request. */
export interface Affiliation {
  readonly tenant?: string;
  /** Keyed hash of the session's identifier, never the identifier. */
  readonly session?: string;
}

/**
 * Tags all later events of the current request with the actor, also those of callbacks that started before; `undefined` takes
 * the actor away (signed out). Other requests are left alone. A tenant or session that is not given stays as it was.
 * Answers whether it could: outside of a request, or for an actor without an ID, it does nothing and the caller counts it.
 */
export function identify(actor: Actor | undefined, affiliation: Affiliation = {}): boolean {
  const subject = store.getStore()?.subject;
  if (subject === undefined) return false;
  const known = actor === undefined ? undefined : actorOf(actor);
  if (actor !== undefined && known === undefined) return false;
  subject.actor = known;
  subject.tenant = textOf(read(affiliation, "tenant")) ?? subject.tenant;
  subject.session = textOf(read(affiliation, "session")) ?? subject.session;
  return true;
}
