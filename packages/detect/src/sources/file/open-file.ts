import { close, fstat, fstatSync, openSync, read } from "node:fs";
import type { Stats } from "node:fs";
import { promisify } from "node:util";

const readBytes = promisify(read);
const look = promisify(fstat);
const end = promisify(close);

/**
 * A file that is open for reading. Opened without waiting, unlike a handle of `node:fs/promises`: between looking at a folder and
 * opening a file in it a log may be rotated any number of times on a busy machine.
 */
export class OpenFile {
  /** `device:inode`. */
  readonly node: string;
  private readonly fd: number;

  /** Throws what the system says. */
  constructor(path: string) {
    this.fd = openSync(path, "r");
    const { dev, ino } = fstatSync(this.fd);
    this.node = `${dev}:${ino}`;
  }

  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number; readonly buffer: Buffer }> {
    return readBytes(this.fd, buffer, offset, length, position);
  }

  stat(): Promise<Stats> {
    return look(this.fd);
  }

  close(): Promise<void> {
    return end(this.fd);
  }
}
