import type { EventCategory, EventLevel } from "@telltale/vocabulary";

/** Anything that `JSON.stringify` writes without surprise: what is left of a value after redaction. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Who acted. With impersonation, `id` is the real actor and `effective` the one whose rights were used. */
export interface Actor {
  readonly id: string;
  /** `user`, `service`, `admin`, … Default: `user`. */
  readonly type?: string;
  readonly name?: string;
  readonly email?: string;
  readonly effective?: { readonly id: string; readonly type?: string; readonly name?: string };
}

/** What was acted upon. */
export interface Target {
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
}

/** How the client's address was derived: the socket's own peer, or a header that a trusted proxy wrote. */
export type SourceProvenance = "peer" | "x-forwarded-for" | "forwarded" | "application";

/** Where a request came from. */
export interface Source {
  readonly ip: string;
  /** Address of the socket's other end, where it is not `ip`. */
  readonly peer?: string;
  readonly via?: SourceProvenance;
}

/** The request that an event belongs to. */
export interface RequestFacts {
  /** Correlation ID: 1 to 128 characters of `[A-Za-z0-9._:@/+=-]`. */
  readonly id: string;
  readonly method?: string;
  /** Template (`/users/:id`), never the URL. */
  readonly route?: string;
  /** 32 hex digits. */
  readonly trace_id?: string;
  /** 16 hex digits. */
  readonly span_id?: string;
}

export type RecordOutcome = "success" | "failure" | "unknown";

/**
 * One security event on its way out. Keys are the names on the wire (`format: "json"` writes them as they are).
 * What a caller passed is not yet redacted here: see {@link SafeRecord}.
 */
export interface SecurityRecord {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly level: EventLevel;
  readonly event: string;
  readonly category: EventCategory | (string & {});
  readonly outcome: RecordOutcome;
  readonly reason?: string;
  readonly actor?: Actor;
  readonly target?: Target;
  readonly source?: Source;
  readonly user_agent?: string;
  readonly request?: RequestFacts;
  readonly tenant?: string;
  /** Keyed hash of the session's identifier, never the identifier. */
  readonly session?: string;
  /** The event's own details, by the vocabulary's names, without those that stand above (actor, target, …). */
  readonly details?: { readonly [name: string]: unknown };
  readonly error?: unknown;
  /** Free-form, from the caller. */
  readonly extra?: { readonly [name: string]: unknown };
  readonly service: string;
  readonly service_version?: string;
  readonly environment?: string;
  readonly hostname: string;
  readonly pid: number;
  /** One run of one log: 16 hex digits. */
  readonly writer: string;
  /** Counts the events of one writer from 1: a gap is a loss. */
  readonly seq: number;
  readonly msg: string;
}

/** An error after redaction. */
export interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string | number;
  readonly cause?: SafeError | Json;
  readonly [own: string]: Json | SafeError | undefined;
}

declare const safe: unique symbol;

/** A record that went through the redactor: plain JSON values only, no secret, bounded in depth and size. Only `Redactor.record` makes one. */
export interface SafeRecord extends SecurityRecord {
  readonly details?: { readonly [name: string]: Json };
  readonly error?: SafeError;
  readonly extra?: { readonly [name: string]: Json };
  readonly [safe]: true;
}
