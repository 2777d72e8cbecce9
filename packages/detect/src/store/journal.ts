import { closeSync, fdatasync, fstatSync, fsyncSync, ftruncate, ftruncateSync, openSync, renameSync, write } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

const writeTo = promisify(write);
const sync = promisify(fdatasync);
const truncate = promisify(ftruncate);

interface Append {
  readonly bytes: Buffer;
  /** Whether the disk must have it before it is said to be written. */
  readonly durable: boolean;
  readonly done: (offset: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A file that grows by whole lines. Lines that are appended while the disk is busy are written and synced together
 * (group commit): a thousand alerts at once cost few syncs. A batch is written whole or not at all: where it fails (a full
 * disk), the file is cut back to what it was, all of the batch are told, and the next append tries anew.
 */
export class Journal {
  readonly path: string;
  descriptor: number;
  size: number;
  private waiting: Append[] = [];
  private exclusive: (() => Promise<void>)[] = [];
  private running: Promise<void> | undefined;
  /** The file may hold the rest of a batch that failed and could not be cut off. */
  private isTorn = false;
  private isClosed = false;

  constructor(path: string) {
    this.path = path;
    this.descriptor = openSync(path, "a+", 0o600);
    this.size = fstatSync(this.descriptor).size;
  }

  /** Cuts what lies behind the last whole line. Before the first append. */
  cut(size: number): void {
    ftruncateSync(this.descriptor, size);
    this.size = size;
  }

  /** Resolves with the offset of the line when it is written, and synced if `durable`. Rejects with the system's error. */
  append(line: string, durable: boolean): Promise<number> {
    // The number of a closed descriptor may already be another file's.
    if (this.isClosed) return Promise.reject(new Error("the store is closed"));
    return new Promise((done, failed) => {
      this.waiting.push({ bytes: Buffer.from(`${line}\n`), durable, done, failed });
      this.start();
    });
  }

  /** Runs between two batches, while nothing is written. */
  between(work: () => Promise<void>): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return new Promise((done, failed) => {
      this.exclusive.push(() => work().then(done, failed));
      this.start();
    });
  }

  /** Puts a file that was written elsewhere in this one's place: the name, then the descriptor. Call it inside `between`. */
  replace(by: string): void {
    const next = openSync(by, "a+", 0o600);
    try {
      fsyncSync(next);
      renameSync(by, this.path);
    } catch (error) {
      closeSync(next);
      throw error;
    }
    syncFolder(dirname(this.path));
    closeSync(this.descriptor);
    this.descriptor = next;
    this.size = fstatSync(next).size;
    this.isTorn = false;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    while (this.running) await this.running;
    closeSync(this.descriptor);
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      // What came between the last look and here.
      if (this.waiting.length + this.exclusive.length > 0) this.start();
    });
  }

  private async run(): Promise<void> {
    // What is appended in the same turn shall be in the first batch.
    await Promise.resolve();
    while (this.waiting.length + this.exclusive.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      if (batch.length > 0) await this.commit(batch);
      await this.exclusive.shift()?.();
    }
  }

  private async commit(batch: readonly Append[]): Promise<void> {
    let offset = this.size;
    try {
      if (this.isTorn) await truncate(this.descriptor, this.size);
      this.isTorn = true;
      await this.put(Buffer.concat(batch.map(({ bytes }) => bytes)));
      if (batch.some(({ durable }) => durable)) await sync(this.descriptor);
      this.isTorn = false;
    } catch (error) {
      this.isTorn = await truncate(this.descriptor, this.size).then(
        () => false,
        () => true,
      );
      for (const { failed } of batch) failed(error);
      return;
    }
    for (const { bytes, done } of batch) {
      done(offset);
      offset += bytes.length;
    }
    this.size = offset;
  }

  private async put(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await writeTo(this.descriptor, bytes, at, bytes.length - at, null);
      at += bytesWritten;
    }
  }
}

/** A new name in a folder is durable when the folder is. Not every system can do it. */
export function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, "r");
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Windows: the file system's own journal does it.
  }
}
