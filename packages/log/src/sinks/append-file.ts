import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

const scratchSize = 64 * 1024;
/** A character of UTF-16 takes three bytes of UTF-8 at most. */
const widest = 3;

/** What became of the path since it was opened. */
export type Fate = "same" | "moved" | "truncated";

/** A file that is only ever appended to, line by line, each whole or not at all. Methods throw what the system says. */
export class AppendFile {
  /** Bytes, as far as known. */
  size = 0;
  /** Milliseconds since 1970 of the last change before it was opened. */
  changedAt = 0;
  /** Something was written since the last sync. */
  isDirty = false;
  readonly path: string;
  private readonly mode: number;
  private readonly mayTruncate: boolean;
  private handle: number | undefined;
  private identity = "";
  /** The rest of a line whose first part could not be taken back. */
  private owed: Buffer | undefined;
  private readonly scratch = Buffer.allocUnsafeSlow(scratchSize);

  /** `mayTruncate`: nobody else writes, so what is behind the last line is ours to take back. */
  constructor(path: string, mode: number, mayTruncate: boolean) {
    this.path = path;
    this.mode = mode;
    this.mayTruncate = mayTruncate;
  }

  /** To be used at once: it changes with rotation. */
  get descriptor(): number {
    if (this.handle === undefined) this.open();
    return this.handle!;
  }

  get isOpen(): boolean {
    return this.handle !== undefined;
  }

  open(): void {
    makeFolder(dirname(this.path));
    // Reading is for the end of what an earlier run left. O_APPEND holds for every write.
    const handle = openSync(this.path, "a+", this.mode);
    const { size, mtimeMs, dev, ino, isFile } = statOf(handle);
    if (!isFile) {
      closeSync(handle);
      throw new Error("it is not a regular file; pass what is to be written to as a stream");
    }
    Object.assign(this, { handle, size, changedAt: mtimeMs, identity: `${dev}:${ino}`, owed: undefined });
  }

  close(): void {
    const { handle } = this;
    this.handle = undefined;
    this.owed = undefined;
    if (handle !== undefined) closeSync(handle);
  }

  /** The bytes of a line with its end. They are good until the next call. */
  encode(text: string): Buffer {
    if (text.length * widest < scratchSize) {
      const length = this.scratch.write(text, "utf8");
      this.scratch[length] = 0x0a;
      return this.scratch.subarray(0, length + 1);
    }
    return Buffer.from(`${text}\n`);
  }

  /** Writes all of it, or throws and has written nothing. */
  append(bytes: Buffer): void {
    const { descriptor } = this;
    this.isDirty = true;
    if (this.owed) this.payOff(descriptor, this.owed);
    const { done, error } = writeAll(descriptor, bytes);
    this.size += done;
    if (done === bytes.length) return;
    if (done > 0 && !this.takeBack(descriptor, done)) {
      // Half of it stands there and has to be finished before anything else is written.
      this.owed = Buffer.from(bytes.subarray(done));
      return;
    }
    throw error;
  }

  private payOff(descriptor: number, owed: Buffer): void {
    const { done, error } = writeAll(descriptor, owed);
    this.size += done;
    this.owed = done === owed.length ? undefined : owed.subarray(done);
    if (this.owed) throw error;
  }

  private takeBack(descriptor: number, done: number): boolean {
    if (!this.mayTruncate) return false;
    try {
      ftruncateSync(descriptor, fstatSync(descriptor).size - done);
      this.size -= done;
      return true;
    } catch {
      return false;
    }
  }

  /** Whether the path still is this file: a tool for rotation may have moved or emptied it. */
  fate(): Fate {
    const there = statSync(this.path, { throwIfNoEntry: false });
    if (!there || `${there.dev}:${there.ino}` !== this.identity) return "moved";
    const isShorter = there.size < this.size;
    this.size = there.size;
    return isShorter ? "truncated" : "same";
  }

  syncNow(): void {
    if (!this.isDirty || this.handle === undefined) return;
    this.isDirty = false;
    forgiving(() => fdatasyncSync(this.handle!));
  }

  sync(done: (error: Error | null) => void): void {
    if (!this.isDirty || this.handle === undefined) return done(null);
    this.isDirty = false;
    fdatasync(this.handle, (error) => done(error && !isUnsupported(error) ? error : null));
  }
}

/** Makes a new name in the folder durable. Not every system can. */
export function syncFolder(path: string): void {
  try {
    const handle = openSync(dirname(path), "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file itself is synced; its name follows when the system writes the folder.
  }
}

/** Writes until the system refuses. */
export function writeAll(descriptor: number, bytes: Buffer): { readonly done: number; readonly error?: unknown } {
  let done = 0;
  try {
    while (done < bytes.length) {
      const part = writeSync(descriptor, bytes, done, bytes.length - done);
      if (part === 0) throw new Error("the system wrote nothing and gave no reason");
      done += part;
    }
    return { done };
  } catch (error) {
    return { done, error };
  }
}

function statOf(handle: number) {
  const stat = fstatSync(handle);
  return { size: stat.size, mtimeMs: stat.mtimeMs, dev: stat.dev, ino: stat.ino, isFile: stat.isFile() };
}

function forgiving(sync: () => void): void {
  try {
    sync();
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

/** File systems that cannot sync say so; nothing can be done about it. */
function isUnsupported(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EINVAL" || error.code === "ENOTSUP" || error.code === "ENOSYS");
}

/**
 * Makes a folder and those above it. `mkdirSync` with `recursive` never returns on Node.js 20 where a folder that exists takes no
 * folders and says that it does not exist (/proc).
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(path)) throw error;
  }
}
