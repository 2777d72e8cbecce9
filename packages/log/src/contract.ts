import type { Json, SafeRecord, SecurityRecord } from "./record.ts";

/** Takes secrets out of whatever a caller passes. Nothing in here throws, stalls or changes what it is given. */
export interface Redactor {
  /** The record without secrets; pseudonyms put in where they are configured. */
  readonly record: (record: SecurityRecord) => SafeRecord;
  /** Any value, as plain JSON. `name` is the name of the field that holds it. */
  readonly value: (value: unknown, name?: string) => Json;
  /** One text: secrets by their looks, URLs, JSON inside. */
  readonly text: (text: string) => string;
}

/** Place of one line in a chain. */
export interface Seal {
  /** Identifies the chain across restarts and rotated files: 16 hex digits. */
  readonly chain: string;
  /** Counts the lines of the chain from 1. */
  readonly seq: number;
  /** Hash of the line before, 64 hex digits; of the first line: 64 zeros. */
  readonly prev: string;
  /** SHA-256 over `chain`, `seq`, `prev`, `key` and the line without its seal, 64 hex digits. */
  readonly hash: string;
  /** On checkpoints: Ed25519 signature over `hash`, base64, and the id of the key that made it. */
  readonly signature?: string;
  readonly key?: string;
}

/** One file a format. */
export interface Format {
  readonly id: FormatId;
  readonly title: string;
  /** The specification that the lines keep to. */
  readonly docs: string;
  /** One line, without its end. No character in it ends a line in any reader or drives a terminal: C0, DEL, C1, U+2028 and U+2029 are escaped. */
  readonly line: (record: SafeRecord) => string;
  /** Writes a seal into a line of this format, so that the line stays valid. */
  readonly seal: (line: string, seal: Seal) => string;
  /** The line as it was before `seal`, byte for byte, and the seal; undefined where there is none. */
  readonly unseal: (line: string) => { readonly line: string; readonly seal: Seal } | undefined;
}
export type FormatId = "json" | "ecs" | "ocsf" | "cef" | "syslog";

/** Numbers that tell whether anything was lost. */
export interface SinkStats {
  /** Lines that reached the destination. */
  readonly written: number;
  /** Lines that are waiting. */
  readonly buffered: number;
  /** Lines that were given up. */
  readonly dropped: number;
  /** What went wrong last, as a sentence; undefined when all is well. */
  readonly trouble?: string;
}

/** Where lines go. `write` never throws: what it cannot write it keeps, within its bound, and counts what it drops. */
export interface LineSink {
  /** `level` as pino counts: 30, 40, 60. */
  readonly write: (line: string, level: number) => void;
  /** All that was written before is durable (as far as the destination can tell) when this resolves; rejects where it is not. */
  readonly flush: () => Promise<void>;
  /** The same, at once, for exit handlers. Never throws. */
  readonly flushSync: () => void;
  readonly close: () => Promise<void>;
  readonly stats: () => SinkStats;
}

/** Where records go whole: another logger, OpenTelemetry. Never throws. */
export interface RecordSink {
  readonly write: (record: SafeRecord) => void;
  readonly flush: () => Promise<void>;
  readonly flushSync: () => void;
  readonly close: () => Promise<void>;
  readonly stats: () => SinkStats;
}
