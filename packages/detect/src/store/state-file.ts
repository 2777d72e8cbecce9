import { closeSync, fsyncSync, fstatSync, openSync, renameSync, statSync, writeFileSync, writeSync } from "node:fs";
import { journalBody, journalLine } from "./journal-line.ts";
import { linesFrom } from "./lines.ts";

export const alertStates = ["open", "acknowledged", "closed"] as const;
export type AlertState = (typeof alertStates)[number];

/** Somebody said what became of an alert. */
export interface StateChange {
  readonly id: string;
  readonly state: AlertState;
  readonly by: string;
  readonly note?: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Changes that are kept for one alert: the last ones. */
const keptChanges = 50;

/**
 * The states of alerts, in a file of their own that anybody may append to while a detector runs: no lock. A record is one
 * small write at the end of the file, `\n` first: what a crash left of another record ends there and spoils nothing but itself.
 */
export class StateFile {
  private readonly path: string;
  private readonly changes = new Map<string, readonly StateChange[]>();
  private descriptor: number | undefined;
  private read = 0;
  /** Lines that were no whole record. */
  damaged = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Appends and syncs. Throws the system's error where that failed; then it does not count. */
  append(change: StateChange): void {
    const bytes = Buffer.from(`\n${journalLine(JSON.stringify({ state: change }))}`);
    // Once more where the file was replaced between opening and writing (compaction): a record that stands twice says the same.
    for (let tries = 0; tries < 5; tries += 1) {
      const descriptor = openSync(this.path, "a", 0o600);
      try {
        const written = writeSync(descriptor, bytes);
        if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes could be written`);
        fsyncSync(descriptor);
        if (fstatSync(descriptor).ino === statSync(this.path, { throwIfNoEntry: false })?.ino) return;
      } finally {
        closeSync(descriptor);
      }
    }
    throw new Error("the file is replaced again and again");
  }

  /** Reads what was appended since, by whomever. */
  refresh(): void {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    const isSame =
      this.descriptor !== undefined && stats !== undefined && fstatSync(this.descriptor).ino === stats.ino && stats.size >= this.read;
    if (!isSame) this.reopen();
    if (this.descriptor === undefined) return;
    for (const { bytes, offset, isEnded } of linesFrom(this.descriptor, this.read)) {
      const body = bytes.length === 0 ? undefined : journalBody(bytes);
      // The last record has no line end; it may still be on its way.
      if (!isEnded && body === undefined) break;
      this.read = offset + bytes.length + (isEnded ? 1 : 0);
      if (body !== undefined) this.add(body);
      else if (bytes.length > 0) this.damaged += 1;
    }
  }

  /** In the order in which they were made. */
  of(id: string): readonly StateChange[] {
    return this.changes.get(id) ?? [];
  }

  stateOf(id: string): AlertState {
    return this.of(id).at(-1)?.state ?? "open";
  }

  /** Whether more than half of the file is about alerts that are gone. */
  isMostlyDead(isAlive: (id: string) => boolean, smallest: number): boolean {
    const dead = [...this.changes.keys()].filter((id) => !isAlive(id)).length;
    return this.read > smallest && dead * 2 > this.changes.size;
  }

  /** Leaves out the alerts that are gone. Only the one that holds the lock of the folder may do it. */
  compact(isAlive: (id: string) => boolean): void {
    this.refresh();
    if (this.descriptor === undefined) return;
    const kept = [...this.changes].filter(([id]) => isAlive(id)).flatMap(([, changes]) => changes);
    const next = `${this.path}.new`;
    writeFileSync(next, kept.map((state) => `\n${journalLine(JSON.stringify({ state }))}`).join(""), { mode: 0o600, flush: true });
    renameSync(next, this.path);
    // Whoever wrote to the old file after it was read and before it lost its name looks at the name only afterwards.
    const rest = this.read;
    const old = this.descriptor;
    const late = [...linesFrom(old, rest)].map(({ bytes }) => journalBody(bytes)).filter((body) => body !== undefined);
    for (const body of late) this.append((JSON.parse(body) as { state: StateChange }).state);
    this.reopen();
    this.refresh();
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private reopen(): void {
    this.close();
    this.changes.clear();
    this.read = 0;
    this.damaged = 0;
    try {
      this.descriptor = openSync(this.path, "r");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }

  private add(body: string): void {
    if (!body.startsWith('{"state":{"id":')) return;
    const { state } = JSON.parse(body) as { readonly state: StateChange };
    const before = this.changes.get(state.id) ?? [];
    const last = before.at(-1);
    if (last && JSON.stringify(last) === JSON.stringify(state)) return;
    this.changes.set(state.id, [...before, state].slice(-keptChanges));
  }
}
