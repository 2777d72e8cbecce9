/** A line that waits. */
export interface Waiting {
  readonly line: string;
  readonly level: number;
  readonly bytes: number;
}

export type WhenFull = "drop-newest" | "drop-oldest";

/** Lines that wait for their destination, first in, first out, in bounded memory. */
export class Backlog {
  length = 0;
  private bytes = 0;
  private head = 0;
  private items: (Waiting | undefined)[] = [];
  private readonly limit: number;
  private readonly whenFull: WhenFull;

  /** `limit` in bytes of UTF-8. */
  constructor(limit: number, whenFull: WhenFull) {
    this.limit = limit;
    this.whenFull = whenFull;
  }

  /** Gives the number of lines that were dropped for it, or it among them. */
  push(line: string, level: number): number {
    const bytes = Buffer.byteLength(line) + 1;
    if (bytes > this.limit) return 1;
    if (this.whenFull === "drop-newest" && this.bytes + bytes > this.limit) return 1;
    let dropped = 0;
    for (; this.bytes + bytes > this.limit; dropped += 1) this.shift();
    this.items.push({ line, level, bytes });
    this.length += 1;
    this.bytes += bytes;
    return dropped;
  }

  first(): Waiting | undefined {
    return this.items[this.head];
  }

  shift(): void {
    const first = this.items[this.head];
    if (!first) return;
    this.items[this.head] = undefined;
    this.head += 1;
    this.length -= 1;
    this.bytes -= first.bytes;
    // Moving the rest down is paid for by the lines that went.
    if (this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }

  /** Gives the number of lines that it forgot. */
  clear(): number {
    const { length } = this;
    Object.assign(this, { items: [], head: 0, length: 0, bytes: 0 });
    return length;
  }
}
