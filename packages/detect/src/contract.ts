/** What the rooms of the detector promise each other: source → lines → format → event → engine → alert → output. */
import type { Alert } from "./alert.ts";
import type { Fields, LogSource, SecurityEvent } from "./event.ts";

/* ---- sources: bytes → lines ---- */

/** Lines of one stream, in order. */
export interface LineBatch {
  /** What the operator named (see Origin.source). */
  readonly source: string;
  /** See Origin.stream. */
  readonly stream: string;
  /** Without line ends; UTF-8, what is not became U+FFFD. A leading byte-order mark is gone. */
  readonly lines: readonly string[];
  /** Where each line starts in its stream, bytes. For compressed files in the unpacked text. */
  readonly offsets: readonly number[];
  /** Where the stream goes on after the last of them: the position that a checkpoint keeps. */
  readonly end: number;
  /** Format that the source itself dictates (`syslog`, `otlp`); otherwise it is detected or configured. */
  readonly format?: string;
  /** When the bytes arrived, for lines without a time of their own and without a year. Milliseconds since 1970. */
  readonly received: number;
}

/** Something that an operator has to know of a source; counted and said, never fatal. */
export interface SourceNote {
  readonly kind:
    | "opened"
    | "rotated"
    | "truncated"
    | "vanished"
    | "line-too-long"
    | "binary"
    | "encoding"
    | "unreadable"
    | "incomplete-last-line"
    | "refused"
    | "disconnected"
    | "listening";
  readonly source: string;
  /** A sentence with place and way out, such as `security.log: the line at byte 4096 is longer than 1 MB; it was skipped`. */
  readonly message: string;
}

/** Takes what a source reads. Await the promise before reading on: that is the back-pressure. */
export interface Receiver {
  take(batch: LineBatch): void | Promise<void>;
  note(note: SourceNote): void;
}

/** Where a source left off, by stream. */
export type Positions = ReadonlyMap<string, number>;

export interface Source {
  readonly name: string;
  /** True where it can be read again from a position (files); others go through the journal before they are acknowledged. */
  readonly replayable: boolean;
  /**
   * Reads until it is exhausted (finished input), or until `signal` aborts (follow, servers); then resolves. Rejects only
   * where it could not start, with a DetectError that names place and way out.
   */
  run(to: Receiver, from: Positions, signal: AbortSignal): Promise<void>;
}

/* ---- formats: line → fields ---- */

/** An event as a format reads it: time and fields by the names of `@telltale/log`. */
export interface ReadEvent {
  readonly kind: "event";
  /** How often it happened, where the line says so (`message repeated 5 times`). Default: once. */
  readonly repeat?: number;
  readonly time: number;
  readonly fields: Fields;
  readonly logsource: LogSource;
}

/** A line that gave no event. */
export interface NoEvent {
  /** `other`: well-formed, and not about security (a request log, an empty line). `unreadable`: broken; counted and shown. */
  readonly kind: "other" | "unreadable";
  /** For `unreadable`: what is wrong, without the line's text. */
  readonly reason?: string;
}

export interface LineFacts {
  /** See LineBatch.received. */
  readonly received: number;
  /** Minutes east of UTC of times that name no zone. Default: 0. */
  readonly zone?: number;
}

export interface Format {
  readonly id: string;
  /** One line for `--help`. */
  readonly description: string;
  /** Never throws, whatever the line. */
  read(line: string, facts: LineFacts): ReadEvent | NoEvent;
  /** Whether a line looks like this format: for detection from the first lines. */
  claims(line: string): boolean;
}

/* ---- engine: events → alerts ---- */

export interface Engine {
  /** Takes an event; alerts that it completes are raised before this returns. */
  ingest(event: SecurityEvent): void;
  /** Moves the watermark to `time` (ms), if that is forward: no event before it is expected any more. For an idle log's clock. */
  advance(time: number): void;
  /** The input has ended: judges what waits for the watermark, up to the last event's time, and closes episodes. */
  finish(): void;
  stats(): EngineStats;
  /** The whole state as chunks of bytes, and back again. A snapshot of other rules restores what is still the same. */
  snapshot(): readonly Uint8Array[];
  restore(chunks: readonly Uint8Array[]): { readonly dropped: readonly string[] };
}

export interface EngineStats {
  readonly events: number;
  readonly matched: number;
  readonly late: number;
  readonly groups: number;
  /** Groups that were given up because the budget was spent. */
  readonly evicted: number;
  /** Estimate of live state, bytes. */
  readonly bytes: number;
  readonly watermark: number;
  /** Alerts opened by rule key. */
  readonly alerts: ReadonlyMap<string, number>;
}

/** Where an address lies. */
export interface Place {
  readonly latitude?: number;
  readonly longitude?: number;
  readonly country?: string;
}

/** From a database of addresses; undefined for one that it does not know (private ones, too). */
export type Locate = (ip: string) => Place | undefined;

/* ---- outputs: alerts → people ---- */

export interface Output {
  readonly name: string;
  /**
   * Delivers one alert. Resolves when the other side has it (a file: written and synced; HTTP: answered 2xx). Rejects with
   * a message for people when it has not; the outbox tries again, so an output must bear the same alert twice (same id and phase).
   */
  deliver(alert: Alert): Promise<void>;
  /** How many alerts may be on their way at once. Default: 1. */
  readonly together?: number;
  close(): Promise<void>;
}
