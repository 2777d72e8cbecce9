import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { LineBatch, Positions, Receiver, Source, SourceNote } from "../../contract.ts";

/** Keeps all that a source gives, and where each stream stands: what a checkpoint would keep. */
export class Collector implements Receiver {
  readonly batches: LineBatch[] = [];
  readonly notes: SourceNote[] = [];
  readonly lines: string[] = [];
  readonly positions = new Map<string, number>();

  take(batch: LineBatch): void {
    this.batches.push(batch);
    this.lines.push(...batch.lines);
    this.positions.set(batch.stream, batch.end);
  }

  note(note: SourceNote): void {
    this.notes.push(note);
  }

  kinds(): string[] {
    return this.notes.map(({ kind }) => kind);
  }

  /** Offsets beside their lines. */
  placed(): [number, string][] {
    return this.batches.flatMap(({ lines, offsets }) => lines.map((line, index): [number, string] => [offsets[index]!, line]));
  }
}

/** Reads a source that ends by itself. */
export async function readAll(source: Source, from: Positions = new Map()): Promise<Collector> {
  const collector = new Collector();
  await source.run(collector, from, new AbortController().signal);
  return collector;
}

export interface Running {
  readonly got: Collector;
  /** Stops it and waits for its end. */
  stop(): Promise<void>;
}

/** Runs a source that goes on until it is stopped. */
export function start(source: Source, from: Positions = new Map(), got = new Collector()): Running {
  const controller = new AbortController();
  const ended = source.run(got, from, controller.signal);
  ended.catch(() => undefined);
  const stop = () => {
    controller.abort();
    return ended;
  };
  running.push(stop);
  return { got, stop };
}

/** Waits until something holds; fails after `limit` ms, saying what stands instead. */
export async function until(holds: () => boolean, stands: () => unknown = () => "", limit = 10_000): Promise<void> {
  for (const end = Date.now() + limit; !holds();) {
    if (Date.now() > end) throw new Error(`waited in vain; stands: ${JSON.stringify(stands())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const folders: string[] = [];
const running: (() => Promise<void>)[] = [];

/** A folder for one test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-sources-"));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const stop of running.splice(0)) await stop().catch(() => undefined);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
