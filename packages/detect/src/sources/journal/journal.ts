import { mkdirSync } from "node:fs";
import { open, readdir, readFile, stat, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { LineBatch } from "../../contract.ts";
import { DetectError, messageOf } from "../../errors.ts";
import { frameOf, readFrames } from "./frames.ts";
import type { Entry } from "./frames.ts";
import { syncFolder } from "./sync-folder.ts";

export interface JournalOptions {
  /** True: an append resolves when the disk has it; those that wait together share one sync. False: when the system has it, which survives a killed process but not a loss of power. Default: true. */
  readonly sync?: boolean;
  /** A new file after so many bytes. Default: 16 MiB. */
  readonly segmentSize?: number;
  /** Appends are refused beyond so many bytes that no checkpoint has released. Default: 1 GiB. */
  readonly maxSize?: number;
  /** Told of what was cut off or cannot be read. */
  readonly onNote?: (message: string) => void;
}

interface Segment {
  readonly path: string;
  /** Number of its first line. */
  readonly first: number;
  size: number;
}

interface Waiting {
  readonly batch: Entry["batch"];
  readonly done: (first: number) => void;
  readonly failed: (error: Error) => void;
}

const nameForm = /^(\d{16})\.journal$/;

/** Opens or begins a journal in a folder of its own; cuts off what a crash left half-written. Throws DetectError STATE. */
export async function openJournal(folder: string, options: JournalOptions = {}): Promise<Journal> {
  try {
    mkdirSync(folder, { recursive: true });
    const journal = new Journal(folder, options);
    await journal.open();
    return journal;
  } catch (error) {
    throw new DetectError("STATE", { place: folder, problem: `the journal cannot be opened: ${messageOf(error)}` });
  }
}

/**
 * Lines that cannot be read again from where they came, kept until a checkpoint covers them. Segments are files named by the number of
 * their first line; each holds frames of length, checksum and JSON. One process at a time.
 */
export class Journal {
  private readonly folder: string;
  private readonly options: Required<JournalOptions>;
  private segments: Segment[] = [];
  private handle: FileHandle | undefined;
  private number = 0;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | undefined;
  private isClosed = false;

  constructor(folder: string, options: JournalOptions) {
    this.folder = folder;
    this.options = { sync: true, segmentSize: 16 * 1024 * 1024, maxSize: 1024 * 1024 * 1024, onNote: () => undefined, ...options };
  }

  /** Number that the next line gets; lines count from 0. */
  get next(): number {
    return this.number;
  }

  async open(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => nameForm.test(name)).sort();
    for (const name of names) {
      const path = join(this.folder, name);
      this.segments.push({ path, first: Number(nameForm.exec(name)![1]), size: (await stat(path)).size });
    }
    const last = this.segments.at(-1);
    if (!last) return;
    const { entries, size } = readFrames(await readFile(last.path));
    this.number = endOf(entries) ?? last.first;
    this.handle = await open(last.path, "r+");
    if (size < last.size) {
      this.options.onNote(
        `${last.path}: the last ${last.size - size} bytes were not written to their end; they were cut off. They were not acknowledged`,
      );
      await this.handle.truncate(size);
      last.size = size;
    }
  }

  /** Resolves with the number of the first line when all are kept. Rejects with what the system says (a full disk); nothing is kept then. */
  append(batch: Entry["batch"]): Promise<number> {
    if (this.isClosed) return Promise.reject(new Error("the journal is closed"));
    return new Promise((done, failed) => {
      this.waiting.push({ batch, done, failed });
      this.flushing ??= this.flush();
    });
  }

  /** Whole entries from the one that holds line `from`, in order, up to what is kept when it is called. */
  async *read(from: number): AsyncGenerator<Entry, void> {
    const end = this.number;
    const segments = [...this.segments];
    for (const [index, { path, first, size }] of segments.entries()) {
      if ((segments[index + 1]?.first ?? end) <= from || first >= end) continue;
      const bytes = (await readFile(path)).subarray(0, size);
      const frames = readFrames(bytes);
      if (frames.size < bytes.length)
        this.options.onNote(`${path}: damaged at byte ${frames.size}; what follows in this file cannot be read`);
      for (const entry of frames.entries) {
        if (entry.first < end && entry.first + entry.batch.lines.length > from) yield entry;
      }
    }
  }

  /** Releases lines before `upTo`, which a checkpoint covers. Whole files go; the last one stays, because it holds the number. */
  async truncate(upTo: number): Promise<void> {
    while (this.segments.length > 1 && this.segments[1]!.first <= upTo) {
      const [oldest] = this.segments.splice(0, 1);
      await unlink(oldest!.path).catch(() => undefined);
    }
  }

  /** Numbers go on from here at least: a checkpoint is older than a journal that was deleted. */
  startAt(number: number): void {
    if (number <= this.number) return;
    this.number = number;
    // The next segment carries the number in its name.
    this.release();
  }

  /** Waits for what was appended. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.flushing;
    await this.handle?.close();
    this.handle = undefined;
  }

  private async flush(): Promise<void> {
    // Those who come in the same turn share the write.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0);
      try {
        const firsts = await this.write(group);
        for (const [index, { done }] of group.entries()) done(firsts[index]!);
      } catch (error) {
        for (const { failed } of group) failed(error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.flushing = undefined;
  }

  private async write(group: readonly Waiting[]): Promise<readonly number[]> {
    let number = this.number;
    const firsts = group.map(({ batch }) => (number += batch.lines.length) - batch.lines.length);
    const bytes = Buffer.concat(group.map(({ batch }, index) => frameOf({ first: firsts[index]!, batch })));
    const kept = this.segments.reduce((sum, { size }) => sum + size, 0);
    if (kept + bytes.length > this.options.maxSize)
      throw new Error(`${this.folder}: the journal is full: ${kept} bytes wait to be worked off`);
    const { segment, handle } = await this.writable();
    try {
      await writeAll(handle, bytes, segment.size);
      if (this.options.sync) await handle.datasync();
    } catch (error) {
      // What stands behind the good part is cut off here or, if that fails too, left behind: numbers go on in a new file.
      await handle.truncate(segment.size).catch(() => this.release());
      throw error;
    }
    segment.size += bytes.length;
    this.number = number;
    return firsts;
  }

  private async writable(): Promise<{ readonly segment: Segment; readonly handle: FileHandle }> {
    const last = this.segments.at(-1);
    if (this.handle && last && last.size < this.options.segmentSize) return { segment: last, handle: this.handle };
    const path = join(this.folder, `${String(this.number).padStart(16, "0")}.journal`);
    const handle = await open(path, "w");
    this.release();
    this.handle = handle;
    if (this.options.sync) await syncFolder(this.folder);
    const segment: Segment = { path, first: this.number, size: 0 };
    this.segments = [...this.segments.filter((one) => one.path !== path), segment];
    return { segment, handle };
  }

  private release(): void {
    void this.handle?.close().catch(() => undefined);
    this.handle = undefined;
  }
}

function endOf(entries: readonly Entry[]): number | undefined {
  const last = entries.at(-1);
  return last && last.first + last.batch.lines.length;
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw new Error("the system wrote nothing and gave no reason");
    done += bytesWritten;
  }
}

/** What `journaled` needs of a batch. */
export function entryBatch({ source, stream, lines, format, received }: LineBatch): Entry["batch"] {
  return { source, stream, lines, received, ...(format !== undefined && { format }) };
}
