import { AsyncLocalStorage } from "node:async_hooks";
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
  const known = actor === undefined ? undefined : copyOf(actor);
  if (actor !== undefined && known === undefined) return false;
  subject.actor = known;
  subject.tenant = textOf(read(affiliation, "tenant")) ?? subject.tenant;
  subject.session = textOf(read(affiliation, "session")) ?? subject.session;
  return true;
}

/** Its own fields only: applications pass their whole user, with the hash of the password in it, and change it later. */
function copyOf(actor: Actor): Actor | undefined {
  const id = idOf(read(actor, "id"));
  if (id === undefined) return undefined;
  const effective = read(actor, "effective");
  const effectiveId = idOf(read(effective, "id"));
  return {
    id,
    type: textOf(read(actor, "type")),
    name: textOf(read(actor, "name")),
    email: textOf(read(actor, "email")),
    effective:
      effectiveId === undefined
        ? undefined
        : { id: effectiveId, type: textOf(read(effective, "type")), name: textOf(read(effective, "name")) },
  };
}

/** A field of whatever an application passed; a getter may throw. */
function read(from: unknown, name: string): unknown {
  try {
    return (from as { readonly [name: string]: unknown } | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Numbers and the ID objects of databases are IDs too, whatever the types say. */
function idOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return textOf(value);
  try {
    return value.toString === Object.prototype.toString ? undefined : textOf(String(value));
  } catch {
    return undefined;
  }
}
