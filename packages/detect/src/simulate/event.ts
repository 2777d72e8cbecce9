import type { EventName } from "@telltale/vocabulary";
import type { Fields } from "../event.ts";

/** What somebody or something does, before a service writes it down. */
export interface Deed {
  /** Milliseconds since 1970. Deeds of one course come in this order. */
  readonly time: number;
  readonly event: EventName;
  /** Default: the service that such events belong to (`services.ts`). */
  readonly service?: string;
  /** Host of that service. Default: any. */
  readonly host?: string;
  readonly actor?: string;
  readonly actorType?: "user" | "service";
  readonly target?: { readonly type: string; readonly id: string };
  readonly ip?: string;
  readonly agent?: string;
  readonly session?: string;
  readonly reason?: string;
  readonly details?: Fields;
  /** Milliseconds that the line is held up beyond what the stream's own delay makes of it. */
  readonly late?: number;
  /** Id of the attack that it belongs to. */
  readonly attack?: string;
}

/** A course begins at a time of its own: the stream takes it up then. */
export interface Start {
  readonly time: number;
  readonly begin: () => Course;
}

/** What happens one after the other, in order of time. */
export type Course = Generator<Deed | Start, void, undefined>;

/** One event of a simulated stream. */
export interface SimulatedEvent {
  /** When it happened, by the one who wrote it. Milliseconds since 1970. */
  readonly time: number;
  /** When its line arrives; the stream is in this order. Never before `time`. */
  readonly arrival: number;
  /** Id of the attack that it belongs to; absent on benign events. Not in the line. */
  readonly attack?: string;
  /** What the line says, by the names and in the order of `@telltale/log`'s `format: "json"`. */
  readonly fields: Fields;
}

/**
 * The line that `@telltale/log` would write, without the line end: `JSON.stringify(event.fields)`, in half of the time. Texts are
 * put between quotes as they are: nothing that is simulated has a character that JSON escapes.
 */
export function lineOf({ fields }: SimulatedEvent): string {
  const { level, time, pid, hostname, service, writer, seq, event, category, outcome } = fields;
  let line = `{"level":${level},"time":"${time}","pid":${pid},"hostname":"${hostname}","service":"${service}","writer":"${writer}","seq":${seq},"event":"${event}","category":"${category}","outcome":"${outcome}"`;
  for (const name of sometimes) {
    const value = fields[name];
    if (typeof value === "string") line += `,"${name}":"${value}"`;
    else if (value !== undefined) line += `,"${name}":${objectText(value as Fields)}`;
  }
  return `${line},"msg":"${event}"}`;
}

/** What not every line has, in its order. */
const sometimes = ["reason", "actor", "target", "source", "user_agent", "request", "session", "details"] as const;

/** Of an object with texts, nearly always. */
function objectText(object: Fields): string {
  let text = "{";
  for (const name in object) {
    const value = object[name];
    text += `${text === "{" ? "" : ","}"${name}":${typeof value === "string" ? `"${value}"` : JSON.stringify(value)}`;
  }
  return `${text}}`;
}
