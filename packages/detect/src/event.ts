/** Any value that a parsed line can hold. */
export type FieldValue = string | number | boolean | null | undefined | readonly FieldValue[] | Fields;

/**
 * The fields of an event, by the names of `@telltale/log`'s JSON: `event`, `outcome`, `reason`, `actor.id`, `target.id`,
 * `source.ip`, `user_agent`, `request.id`, `session`, `tenant`, `service`, `details`, `writer`, `seq`. Nested as in JSON.
 * Names come from untrusted lines: read them through a `FieldReader` (fields.ts), never with `in` or a bare index.
 */
export interface Fields {
  readonly [name: string]: FieldValue;
}

/** Sigma's log source. A key that a rule names must be the event's; a key that it leaves out may be anything. */
export interface LogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** The log source of every event that was read into the names of {@link Fields}, whatever wrote it. */
export const telltaleSource: LogSource = { category: "application", product: "telltale" };

/** Where an event was read. */
export interface Origin {
  /** What the operator named: a path, `stdin`, `http://127.0.0.1:8080`, `syslog+udp://0.0.0.0:514`, `process`. */
  readonly source: string;
  /**
   * Stable over restarts and renames: for a file its device, inode and a hash of its first bytes; for a connection its journal.
   * With `position` it names one event for ever.
   */
  readonly stream: string;
}

/** One event in flight. */
export interface SecurityEvent {
  /** Milliseconds since 1970, UTC: when it happened, by the one who wrote it. */
  readonly time: number;
  /** Order of arrival in this detector, from 1. Survives a restart. Breaks ties of `time`. */
  readonly seq: number;
  readonly fields: Fields;
  readonly logsource: LogSource;
  readonly origin: Origin;
  /** Byte offset of the line in its stream, or the number of the entry where a stream has no bytes. */
  readonly position: number;
}

/** What names an event for ever: the writer's own number where it has one, else the place where it was read. */
export function eventId(event: SecurityEvent): string {
  const { writer, seq } = event.fields;
  if (typeof writer === "string" && typeof seq === "number") return `${writer}:${seq}`;
  return `${event.origin.stream}@${event.position}`;
}
