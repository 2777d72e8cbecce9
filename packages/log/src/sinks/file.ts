import { realpathSync, renameSync } from "node:fs";
import { resolve } from "node:path";
import type { LineSink, SinkStats } from "../contract.ts";
import { SetupError } from "../errors.ts";
import { tornClosing } from "../evidence/torn.ts";
import { AppendFile, syncFolder } from "./append-file.ts";
import { Delivery } from "./delivery.ts";
import type { SinkParts } from "./delivery.ts";
import { fileSettings } from "./file-options.ts";
import type { FileOptions, FileSettings } from "./file-options.ts";
import { Lock } from "./lock.ts";
import { packPast, pastName, predecessors, prune } from "./past-files.ts";
import { fileFromEnd, linesFromEnd, unfinishedLine } from "./tail.ts";

/** How often to look whether the path still is the file that is open: milliseconds. */
const lookEvery = 1000;
/** After a rotation that failed. */
const rotateAgainAfter = 60_000;
/** Bytes of a file that are searched for its last sealed line. */
const searched = 16 * 1024 * 1024;

/**
 * A durable file. A line is with the system when `write` returns (`stats().buffered` is 0 then), so that a killed process loses none.
 * Throws SetupError: UNWRITABLE where the file cannot be opened or another process writes to it, BROKEN_CHAIN, BAD_OPTION.
 *
 * A second sink for the same path in the same thread takes the first one's place, which passes on what it is still given: frameworks
 * load modules anew while an application is developed.
 */
export function createFileSink(options: string | FileOptions, parts: SinkParts): LineSink {
  const settings = fileSettings(options, parts.field, parts.sealer !== undefined);
  const sink = new FileSink({ ...settings, path: resolve(settings.path) }, parts);
  sink.start();
  return sink;
}

/** Errors of the disk that a new descriptor does not mend. */
const ofSpace = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

function isOfSpace(error: unknown): boolean {
  return error instanceof Error && "code" in error && ofSpace.has(String(error.code));
}

class FileSink implements LineSink {
  readonly parts: SinkParts;
  private readonly settings: FileSettings;
  private readonly file: AppendFile;
  private readonly lock: Lock | undefined;
  private readonly delivery: Delivery;
  private readonly now: () => number;
  private key = "";
  private successor: FileSink | undefined;
  private isClosed = false;
  private lookedAt = 0;
  private isTakenUp = false;
  /** Which hour or day the file is of. */
  private period = 0;
  private noRotationBefore = 0;
  private mustReopen = false;
  private syncTimer: NodeJS.Timeout | undefined;
  private packing: Promise<void> = Promise.resolve();

  constructor(settings: FileSettings, parts: SinkParts) {
    this.settings = settings;
    this.parts = parts;
    this.now = parts.now ?? Date.now;
    this.file = new AppendFile(settings.path, settings.mode, !settings.shared);
    this.lock = settings.shared ? undefined : new Lock(settings.path, settings.mode);
    this.delivery = new Delivery({ prepare: () => this.prepare(), put: (text) => this.put(text) }, settings, parts);
  }

  start(): void {
    try {
      this.takeUp();
    } catch (error) {
      this.file.close();
      this.lock?.release();
      // A disk that is full must not keep an application from starting: lines wait for it as they do later.
      if (isOfSpace(error)) return this.delivery.fail(error);
      if (error instanceof SetupError) throw error;
      const problem = error instanceof Error ? error.message : String(error);
      throw new SetupError("UNWRITABLE", { field: this.parts.field, given: this.settings.path, problem });
    }
  }

  /** Opens the file and makes it ours. */
  private takeUp(): void {
    const { path, shared, gzip } = this.settings;
    this.file.open();
    this.key = realpathSync(path);
    const before = shared ? undefined : openSinks().get(this.key);
    if (before && before !== this) before.giveWay(this);
    this.lock?.acquire();
    this.begin();
    this.isTakenUp = true;
    if (!shared) openSinks().set(this.key, this);
    if (before && before !== this) before.passOn(this);
    if (gzip) this.packInBackground();
  }

  /** The file is open and ours: its end is put in order, and the chain taken up. */
  private begin(): void {
    const { file, settings } = this;
    const fragment = unfinishedLine(file.descriptor);
    if (fragment) this.closeLine(fragment);
    this.period = Math.floor((file.size > 0 ? file.changedAt : this.now()) / settings.period);
    this.parts.sealer?.resume(this.linesBefore(), settings.path);
    if (settings.fsync !== "off") syncFolder(settings.path);
  }

  /** Evidence is never deleted: what a crash left stays, on a line of its own. A whole line only lacks its end. */
  private closeLine(fragment: Buffer): void {
    const { sealer } = this.parts;
    const isWhole = sealer === undefined || sealer.isSound(fragment.toString());
    this.file.append(Buffer.from(isWhole ? "\n" : tornClosing(fragment.length)));
  }

  private *linesBefore(): Generator<string, void> {
    for (const line of linesFromEnd(this.file.descriptor, searched)) yield line.toString();
    for (const past of predecessors(this.settings.path)) for (const line of fileFromEnd(past, searched)) yield line.toString();
  }

  readonly write = (line: string, level: number): void => {
    if (this.successor) this.successor.write(line, level);
    else if (this.isClosed) this.delivery.drop(1);
    else this.delivery.write(line, level);
  };

  /** Before a line is sealed: the file may have to be opened again, and its chain be taken up where another process left it. */
  private prepare(): void {
    const now = this.now();
    if (!this.isTakenUp || this.lock?.isLost) {
      this.file.close();
      this.takeUp();
    } else if (this.mustReopen) {
      this.file.close();
      this.file.open();
    }
    this.mustReopen = false;
    // The clock may be set back.
    if (Math.abs(now - this.lookedAt) >= lookEvery) this.look(now);
  }

  private put(text: string): void {
    const now = this.now();
    const { file, settings } = this;
    try {
      const bytes = file.encode(text);
      if (this.isFull(bytes.length) || this.isOver(now)) this.rotate(now);
      if (file.size === 0) this.period = Math.floor(now / settings.period);
      file.append(bytes);
    } catch (error) {
      this.mustReopen = !isOfSpace(error);
      throw error;
    }
    if (settings.fsync === "each") this.syncEach();
    else if (settings.fsync === "interval") this.syncTimer ??= setTimeout(() => this.syncLater(), settings.fsyncInterval).unref();
  }

  /** Follows a tool that moved the file away (logrotate) or emptied it (copytruncate). */
  private look(now: number): void {
    this.lookedAt = now;
    if (this.file.fate() !== "moved") return;
    this.file.syncNow();
    this.file.close();
    this.file.open();
    const fragment = unfinishedLine(this.file.descriptor);
    if (fragment) this.closeLine(fragment);
  }

  private isFull(more: number): boolean {
    return this.file.size > 0 && this.file.size + more > this.settings.maxSize;
  }

  private isOver(now: number): boolean {
    return this.settings.period !== Infinity && Math.floor(now / this.settings.period) > this.period && this.file.size > 0;
  }

  /** A file that cannot be rotated is written on. */
  private rotate(now: number): void {
    if (now < this.noRotationBefore) return;
    const { path, fsync, gzip, keep } = this.settings;
    const { file } = this;
    try {
      if (fsync !== "off") file.syncNow();
      // Not every system renames an open file.
      file.close();
      renameSync(path, pastName(path, now));
      this.period = Math.floor(now / this.settings.period);
    } catch (error) {
      this.noRotationBefore = now + rotateAgainAfter;
      this.delivery.note(error);
    }
    file.open();
    if (fsync !== "off") syncFolder(path);
    try {
      prune(path, keep);
    } catch (error) {
      this.delivery.note(error);
    }
    if (gzip) this.packInBackground();
  }

  private packInBackground(): void {
    this.packing = this.packing.then(() => packPast(this.settings.path)).catch((error: unknown) => this.delivery.note(error));
  }

  /** The line is written; that it is not yet durable is trouble, and no reason to write it again. */
  private syncEach(): void {
    try {
      this.file.syncNow();
    } catch (error) {
      this.delivery.note(error);
    }
  }

  private syncLater(): void {
    this.syncTimer = undefined;
    this.file.sync((error) => {
      if (error) this.delivery.note(error);
    });
  }

  readonly flush = async (): Promise<void> => {
    if (this.successor) return this.successor.flush();
    this.delivery.drainAll();
    const { buffered, trouble } = this.delivery.stats();
    if (buffered > 0) throw new Error(`${buffered} lines wait for ${this.settings.path}: ${trouble}`);
    await new Promise<void>((done, failed) => this.file.sync((error) => (error ? failed(error) : done())));
  };

  readonly flushSync = (): void => {
    if (this.successor) return this.successor.flushSync();
    this.delivery.drainAll();
    if (this.settings.fsync !== "off") this.syncEach();
  };

  readonly close = async (): Promise<void> => {
    if (this.isClosed) return this.packing;
    this.flushSync();
    this.isClosed = true;
    this.delivery.giveUp();
    this.letGo();
    await this.packing;
  };

  readonly stats = (): SinkStats => this.delivery.stats();

  /** Another sink of this thread takes the path over. */
  private giveWay(to: FileSink): void {
    const mine = this.parts.sealer?.format.id;
    const its = to.parts.sealer?.format.id;
    if (mine !== its) throw new Error("another output of this process writes to it, with another chain or format");
    this.letGo();
  }

  /** What still comes here goes there. */
  private passOn(to: FileSink): void {
    this.successor = to;
    this.delivery.handOver(to.write);
  }

  private letGo(): void {
    clearTimeout(this.syncTimer);
    this.parts.sealer?.close();
    this.delivery.stop();
    this.file.close();
    this.lock?.release();
    if (openSinks().get(this.key) === this) openSinks().delete(this.key);
  }
}

const registry = Symbol.for("@telltale/log: open files");

/** Open sinks of this thread by their path, whichever copy of this package opened them. */
function openSinks(): Map<string, FileSink> {
  const holder = globalThis as { [registry]?: Map<string, FileSink> };
  return (holder[registry] ??= new Map());
}
