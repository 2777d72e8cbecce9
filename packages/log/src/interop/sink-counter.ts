import type { SinkStats } from "../contract.ts";

/** What a sink that hands records on knows of them. */
export class SinkCounter {
  private written = 0;
  private dropped = 0;
  private waiting = 0;
  private trouble: string | undefined;
  private readonly idle: (() => void)[] = [];

  /** A record was handed over; it counts as written now. */
  done(): void {
    this.written++;
    this.trouble = undefined;
  }

  drop(trouble: string): void {
    this.dropped++;
    this.trouble = trouble;
  }

  /** A record was handed over to somebody who says what became of it. Answers what to call then; only the first call counts. */
  begin(): (trouble?: string) => void {
    this.waiting++;
    let open = true;
    return (trouble) => {
      if (!open) return;
      open = false;
      this.waiting--;
      if (trouble === undefined) this.done();
      else this.drop(trouble);
      if (this.waiting === 0) for (const tell of this.idle.splice(0)) tell();
    };
  }

  /** Resolves when nothing waits any more; rejects after `milliseconds`. */
  async settled(milliseconds: number): Promise<void> {
    if (this.waiting === 0) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.waiting} records are not written after ${milliseconds} ms`)), milliseconds);
      this.idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  stats(): SinkStats {
    return { written: this.written, buffered: this.waiting, dropped: this.dropped, trouble: this.trouble };
  }
}

/** What went wrong, in a sentence, without what it happened to. */
export function sentence(error: unknown): string {
  try {
    if (error instanceof Error) return `${error.name}: ${error.message}`.slice(0, 300);
    return String(error).slice(0, 300);
  } catch {
    return "an error that cannot be read";
  }
}
