import { flag, must, needed, oneOf, options, text, whole } from "../checks.ts";
import { SetupError } from "../errors.ts";
import type { BufferOptions } from "./delivery.ts";

/** `file` of an output. */
export interface FileOptions extends BufferOptions {
  /** Folders are created. */
  readonly path: string;
  /**
   * When a line is on the disk, and so survives a loss of power. `each`: before the call returns. `interval`: after `fsyncInterval` at
   * most. `off`: when the system sees fit. A killed process loses nothing in any of the three. Default: `interval`.
   */
  readonly fsync?: "each" | "interval" | "off";
  /** Milliseconds. Default: 1000. */
  readonly fsyncInterval?: number;
  /** A new file before this one grows larger: bytes, or `100MB` (kB, MB, GB; powers of 1000). Default: no bound. */
  readonly maxSize?: number | string;
  /** A new file with the first line of a new hour or day, UTC. Default: none. */
  readonly every?: "hour" | "day";
  /** How many past files stay. Default: all. */
  readonly keep?: number;
  /** Packs past files, all but the newest of them. Default: false. */
  readonly gzip?: boolean;
  /** Permissions of a new file. Default: 0o600. */
  readonly mode?: number;
  /**
   * Lets several processes write to the file: each line whole, on a local disk. Neither rotation nor a chain is possible then.
   * Default: false, and a second process is refused at start.
   */
  readonly shared?: boolean;
}

/** Options with their defaults; sizes in bytes, times in milliseconds. */
export interface FileSettings extends FileOptions {
  readonly fsync: "each" | "interval" | "off";
  readonly fsyncInterval: number;
  readonly maxSize: number;
  /** Length of the time for one file. */
  readonly period: number;
  readonly keep: number;
  readonly gzip: boolean;
  readonly mode: number;
  readonly shared: boolean;
}

const periods = { hour: 3_600_000, day: 86_400_000 } as const;

const checkFile = options({
  path: needed(text),
  fsync: oneOf("each", "interval", "off"),
  fsyncInterval: whole(10, 60_000),
  maxSize: must((value) => bytesOf(value) >= 4096, "4096 bytes or more, as a number or like 100MB"),
  every: oneOf("hour", "day"),
  keep: whole(1, 100_000),
  gzip: flag,
  mode: must((value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0o777, "permissions, such as 0o600"),
  shared: flag,
  bufferSize: whole(4096, 1 << 30),
  whenFull: oneOf("drop-newest", "drop-oldest"),
});

/** Throws SetupError for what is unknown, of the wrong kind or does not go together. */
export function fileSettings(given: string | FileOptions, field: string, isChained: boolean): FileSettings {
  const file: FileOptions = typeof given === "string" ? { path: given } : given;
  checkFile(file, field);
  checkTogether(file, field, isChained);
  return {
    fsync: "interval",
    fsyncInterval: 1000,
    gzip: false,
    mode: 0o600,
    shared: false,
    ...file,
    maxSize: file.maxSize === undefined ? Infinity : bytesOf(file.maxSize),
    period: file.every === undefined ? Infinity : periods[file.every],
    keep: file.keep ?? Infinity,
  };
}

function checkTogether({ shared, maxSize, every }: FileOptions, field: string, isChained: boolean): void {
  const problem = (text: string) => new SetupError("BAD_OPTION", { field: `${field}.shared`, problem: text });
  if (!shared) return;
  if (isChained) throw problem("and a chain do not go together: a chain has one writer; give each process a file of its own");
  if (maxSize !== undefined || every !== undefined)
    throw problem("and rotation do not go together: processes that share a file cannot rotate it; use logrotate, or a file for each");
}

/** NaN where it is no size. */
function bytesOf(value: unknown): number {
  if (typeof value === "number") return Number.isInteger(value) ? value : NaN;
  const parts = /^([1-9][0-9]{0,8})(kB|MB|GB)$/.exec(String(value));
  const unit = { kB: 1e3, MB: 1e6, GB: 1e9 }[parts?.[2] ?? ""];
  return unit === undefined ? NaN : Number(parts?.[1]) * unit;
}
