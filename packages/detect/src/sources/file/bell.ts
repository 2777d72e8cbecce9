import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";

/** Between two looks at a file that is being written, so that each look finds more than one line. Milliseconds. */
const shortest = 20;

/** Says when to look at a file again: after a while, or sooner where the system tells of a change. It works without the latter. */
export class Bell {
  private readonly every: number;
  private readonly folder: string;
  private readonly name: string;
  private watcher: FSWatcher | undefined;
  private isRung = false;
  private wake = () => {};

  constructor(path: string, every: number) {
    this.every = every;
    this.folder = dirname(path);
    this.name = basename(path);
  }

  async wait(signal: AbortSignal): Promise<void> {
    this.watch();
    await this.pause(Math.min(shortest, this.every), signal, false);
    if (!this.isRung) await this.pause(this.every - shortest, signal, true);
    this.isRung = false;
  }

  close(): void {
    this.watcher?.close();
    this.watcher = undefined;
  }

  private ring(): void {
    this.isRung = true;
    this.wake();
  }

  /** The folder, because the file changes with each rotation. Network file systems and some containers tell nothing. */
  private watch(): void {
    if (this.watcher) return;
    try {
      this.watcher = watch(this.folder, { persistent: false }, (_, name) => (name === null || name === this.name) && this.ring());
      this.watcher.on("error", () => this.close());
    } catch {
      // No watching here: the next look comes by time.
    }
  }

  private async pause(milliseconds: number, signal: AbortSignal, canBeWoken: boolean): Promise<void> {
    if (signal.aborted || milliseconds <= 0) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener("abort", done, { once: true });
      if (canBeWoken) this.wake = done;
    });
  }
}
