import { closeSync, existsSync, fstatSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Alert } from "../alert.ts";
import { DetectError, messageOf } from "../errors.ts";
import { levels } from "../rule-ir.ts";
import type { Level } from "../rule-ir.ts";
import { AlertIndex, alertBody, alertOf, outputBody } from "./alert-index.ts";
import type { Entry, Message } from "./alert-index.ts";
import { alertKey, boundedAlert } from "./bounded-alert.ts";
import { isWorthCompacting, keptEntries, writeCompacted } from "./compaction.ts";
import { journalBody, journalLine } from "./journal-line.ts";
import { Journal, syncFolder } from "./journal.ts";
import { bytesAt, linesFrom } from "./lines.ts";
import { lockFolder } from "./lock.ts";
import type { Lock } from "./lock.ts";
import { StateFile } from "./state-file.ts";
import type { AlertState, StateChange } from "./state-file.ts";

export interface StoreOptions {
  /**
   * `write` (default): takes the lock of the folder. `read`: for looking and for changing states while another process
   * writes; `put`, `attach` and `delivered` are refused.
   */
  readonly mode?: "write" | "read";
  /** Most alerts (ids) that are kept. Beyond it closed ones go first, then the oldest; never one that an output waits for. Default: 100,000. */
  readonly keep?: number;
  /** Journal size below which nothing is compacted, bytes. Default: 8 MB. */
  readonly smallest?: number;
  /** Takes a sentence that an operator has to know: what was cut, what was given up. */
  readonly note?: (message: string) => void;
}

export interface AlertFilter {
  readonly state?: AlertState | readonly AlertState[];
  /** At least this severe. */
  readonly level?: Level;
  /** Alerts whose last event was then or later. Milliseconds since 1970. */
  readonly since?: number;
  /** Key of the rule; case does not matter. */
  readonly rule?: string;
  /** The newest so many. Default: all. */
  readonly limit?: number;
}

/** An alert as it was last told, and what people made of it. */
export interface StoredAlert {
  readonly alert: Alert;
  readonly state: AlertState;
  /** Oldest first. */
  readonly changes: readonly StateChange[];
}

/**
 * Opens (and for writing creates) the store of alerts in a folder: `alerts.jsonl`, the journal of alerts and of what
 * outputs got; `states.jsonl`, what people made of them; `.lock`. Throws DetectError STATE where that cannot be done or
 * another process writes there.
 */
export function openStore(folder: string, options: StoreOptions = {}): Store {
  try {
    if (options.mode === "read" && !existsSync(join(folder, "alerts.jsonl")))
      throw new DetectError("STATE", {
        place: folder,
        problem: "holds no alerts: expected the folder that `telltale detect --state` was given",
      });
    return new Store(folder, options);
  } catch (error) {
    throw stateError(folder, error);
  }
}

export class Store {
  readonly folder: string;
  private readonly path: string;
  private readonly options: StoreOptions;
  private readonly lock: Lock | undefined;
  private readonly journal: Journal | undefined;
  private readonly states: StateFile;
  private readonly flying = new Map<string, Promise<boolean>>();
  private readonly attaching = new Map<string, Promise<void>>();
  private index = new AlertIndex();
  private descriptor: number | undefined;
  private read = 0;
  private isCompacting = false;
  private hasDetached = false;
  /** Journal size, bytes: what could not be made smaller is not tried again at once. */
  private noCompactionBelow = 0;

  constructor(folder: string, options: StoreOptions) {
    this.folder = folder;
    this.path = join(folder, "alerts.jsonl");
    this.options = options;
    this.states = new StateFile(join(folder, "states.jsonl"));
    if (options.mode !== "read") {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.lock = lockFolder(join(folder, ".lock"), folder);
    }
    try {
      this.journal = options.mode === "read" ? undefined : new Journal(this.path);
      if (this.journal) this.takeUp(this.journal);
      else this.refresh();
      this.states.refresh();
    } catch (error) {
      this.lock?.release();
      throw error;
    }
  }

  /**
   * Keeps an alert. Resolves when the disk has it: true, or false where the same message of the same alert is known already
   * (a replay after a restart). Rejects with DetectError STATE where it could not be kept (a full disk, a lock that was
   * lost): it is then not known, and may be put again.
   */
  async put(alert: Alert): Promise<boolean> {
    const key = alertKey(alert);
    if (this.index.messages.has(key)) return false;
    const flying = this.flying.get(key);
    if (flying) return flying.then(() => false);
    const putting = this.keep(boundedAlert(alert)).finally(() => this.flying.delete(key));
    this.flying.set(key, putting);
    return putting;
  }

  private async keep(alert: Alert): Promise<boolean> {
    this.detachOthers();
    await this.write(alertBody(alert), true);
    this.compactIfWorth();
    return true;
  }

  /**
   * From now on `output` gets every alert: what is put is pending for it until `delivered`. A known output goes on where it
   * was. One that is not attached before the first `put` after opening gets nothing from there on; what it waited for stays.
   */
  attach(output: string): Promise<void> {
    const before = this.attaching.get(output);
    if (before) return before;
    const attaching = this.index.attached.has(output) ? Promise.resolve() : this.write(outputBody(output), true);
    this.attaching.set(output, attaching);
    attaching.catch(() => this.attaching.delete(output));
    return attaching;
  }

  /** Outputs of an earlier run that this one does not have: they must not gather alerts for ever. */
  private detachOthers(): void {
    if (this.hasDetached) return;
    this.hasDetached = true;
    for (const output of this.index.attached) {
      if (this.attaching.has(output)) continue;
      this.write(outputBody(output, { detached: true }), false).catch(() => (this.hasDetached = false));
    }
  }

  /**
   * Marks that `output` has the message with this key (see alertKey). Not synced: a machine that loses power may deliver
   * the last ones twice; a process that is killed does not.
   */
  async delivered(output: string, key: string): Promise<void> {
    if (this.index.pending.get(output)?.has(key)) await this.write(outputBody(output, { delivered: key }), false);
  }

  /** Keys of the messages that `output` did not get yet, in the order in which they were put. */
  pending(output: string): readonly string[] {
    return [...(this.index.pending.get(output) ?? [])];
  }

  /** Whether the message with this key is kept. */
  has(key: string): boolean {
    return this.index.messages.has(key);
  }

  /** One message of an alert by its key; undefined where it is not kept. */
  message(key: string): Alert | undefined {
    const message = this.index.messages.get(key);
    return message && this.alertAt(message);
  }

  /** Newest first. */
  list(filter: AlertFilter = {}): readonly StoredAlert[] {
    this.refresh();
    const states = filter.state === undefined ? undefined : new Set([filter.state].flat());
    const rule = filter.rule?.toLowerCase();
    const lowest = filter.level === undefined ? 0 : levels.indexOf(filter.level);
    const found = [...this.index.entries.values()].filter(
      ({ id, level, until, rule: key }) =>
        levels.indexOf(level) >= lowest &&
        (filter.since === undefined || until >= filter.since) &&
        (rule === undefined || key.toLowerCase() === rule) &&
        (states === undefined || states.has(this.states.stateOf(id))),
    );
    found.sort((a, b) => b.until - a.until);
    return found.slice(0, filter.limit ?? found.length).flatMap((entry) => this.stored(entry) ?? []);
  }

  /** By the start of its id. Undefined where there is none; throws DetectError OPTION where several start so. */
  get(prefix: string): StoredAlert | undefined {
    this.refresh();
    const entry = this.entryOf(prefix);
    return entry && this.stored(entry);
  }

  /**
   * Says what became of an alert, for all to see; works in both modes and while another process writes. Durable when it
   * returns. Throws DetectError OPTION where no alert or several start so, STATE where it cannot be written.
   */
  setState(prefix: string, state: AlertState, { by, note, time = Date.now() }: { by: string; note?: string; time?: number }): StoredAlert {
    this.refresh();
    const entry = this.entryOf(prefix);
    const place = `alert ${prefix}`;
    if (entry === undefined) throw new DetectError("OPTION", { place, problem: `is not in ${this.folder}` });
    try {
      this.states.append({ id: entry.id, state, by: by.slice(0, 200), ...(note === undefined ? {} : { note: note.slice(0, 2000) }), time });
    } catch (error) {
      throw stateError(this.folder, error);
    }
    this.states.refresh();
    return this.stored(entry)!;
  }

  /** Number of alerts (ids), and what each output waits for. */
  stats(): { readonly alerts: number; readonly pending: ReadonlyMap<string, number> } {
    return { alerts: this.index.entries.size, pending: new Map([...this.index.pending].map(([name, keys]) => [name, keys.size])) };
  }

  /** Writes the journal anew without what nobody needs. Atomic: a crash leaves the old one or the new one. */
  async compact(): Promise<void> {
    const { journal, index, path } = this;
    if (!journal || this.isCompacting) return;
    this.isCompacting = true;
    try {
      await journal.between(async () => {
        const kept = keptEntries(index, this.options.keep ?? 100_000, (id) => this.states.stateOf(id));
        const given = index.entries.size - kept.size;
        const next = await writeCompacted(`${path}.new`, journal.descriptor, index, kept);
        journal.replace(`${path}.new`);
        this.index = next;
        if (given > 0) this.note(`${path}: the ${given} oldest alerts were removed to keep ${kept.size}`);
      });
      if (this.states.isMostlyDead((id) => this.index.entries.has(id), this.options.smallest ?? 1 << 20))
        this.states.compact((id) => this.index.entries.has(id));
    } catch (error) {
      // The old journal stands and is written on; it is tried again when it has grown.
      for (const name of ["alerts.jsonl.new", "states.jsonl.new"]) rmSync(join(this.folder, name), { force: true });
      this.note(`${path}: could not be compacted: ${messageOf(error)}`);
    } finally {
      this.isCompacting = false;
      this.noCompactionBelow = journal.size * 1.25;
    }
  }

  async close(): Promise<void> {
    await this.journal?.close();
    this.states.close();
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    this.lock?.release();
  }

  private async write(body: string, durable: boolean): Promise<void> {
    const { journal } = this;
    if (!journal) throw new DetectError("STATE", { place: this.folder, problem: "is open for reading only" });
    if (this.lock?.isLost())
      throw new DetectError("STATE", { place: this.folder, problem: "was taken over by another process while this one did not answer" });
    const line = journalLine(body);
    try {
      const offset = await journal.append(line, durable);
      this.index.take(body, offset, Buffer.byteLength(line));
    } catch (error) {
      throw stateError(this.path, error);
    }
  }

  private compactIfWorth(): void {
    const { journal, index, options } = this;
    if (!journal || this.isCompacting || journal.size < this.noCompactionBelow) return;
    if (isWorthCompacting(index, journal.size, options.keep ?? 100_000, options.smallest ?? 8 << 20)) void this.compact();
  }

  /** Reads the journal at the start, and cuts what a crash left at its end. */
  private takeUp(journal: Journal): void {
    const { damaged, end } = this.scan(journal.descriptor, 0);
    if (end < journal.size) {
      this.note(`${this.path}: the last ${journal.size - end} bytes are no whole record (a crash while writing); they were cut off`);
      journal.cut(end);
    }
    if (damaged > 0) this.note(`${this.path}: ${damaged} records are damaged; they were skipped`);
    syncFolder(this.folder);
  }

  /** Indexes the lines from a byte on. `end` is behind the last whole one. */
  private scan(descriptor: number, from: number): { readonly damaged: number; readonly end: number } {
    let end = from;
    let damaged = 0;
    let doubtful = 0;
    for (const { bytes, offset, isEnded } of linesFrom(descriptor, from)) {
      const body = isEnded ? journalBody(bytes) : undefined;
      if (body !== undefined) {
        this.index.take(body, offset, bytes.length);
        end = offset + bytes.length + 1;
        damaged += doubtful;
        doubtful = 0;
      } else doubtful += 1;
    }
    return { damaged, end };
  }

  /** For a reader: what the writer added, or the whole where it compacted. */
  private refresh(): void {
    this.states.refresh();
    if (this.journal) return;
    const stats = statSync(this.path);
    const isSame = this.descriptor !== undefined && fstatSync(this.descriptor).ino === stats.ino && stats.size >= this.read;
    if (!isSame) {
      if (this.descriptor !== undefined) closeSync(this.descriptor);
      this.descriptor = openSync(this.path, "r");
      this.index = new AlertIndex();
      this.read = 0;
    }
    this.read = this.scan(this.descriptor!, this.read).end;
  }

  private entryOf(prefix: string): Entry | undefined {
    const found = prefix === "" ? [] : this.index.startingWith(prefix.toLowerCase());
    if (found.length > 1)
      throw new DetectError("OPTION", { place: `alert ${prefix}`, problem: `may be ${found.length} alerts: give more of the id` });
    return found[0];
  }

  private stored(entry: Entry): StoredAlert | undefined {
    const alert = this.alertAt(entry.messages.at(-1)!);
    return alert && { alert, state: this.states.stateOf(entry.id), changes: this.states.of(entry.id) };
  }

  private alertAt({ offset, length }: Message): Alert | undefined {
    const body = journalBody(bytesAt(this.journal?.descriptor ?? this.descriptor!, offset, length));
    return body === undefined ? undefined : alertOf(body);
  }

  private note(message: string): void {
    this.options.note?.(message);
  }
}

function stateError(place: string, error: unknown): DetectError {
  return error instanceof DetectError ? error : new DetectError("STATE", { place, problem: messageOf(error) });
}
