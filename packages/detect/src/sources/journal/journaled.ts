import type { LineBatch, Positions, Receiver, Source } from "../../contract.ts";
import { entryBatch } from "./journal.ts";
import type { Journal } from "./journal.ts";
import type { Entry } from "./frames.ts";

/** Characters of lines that are journaled and wait for the receiver; beyond them the source has to wait. */
const queueLimit = 16 * 1024 * 1024;

/** The stream that a journaled source gives. */
export function journalStream(name: string): string {
  return `journal:${name}`;
}

/**
 * A source whose lines are in the journal before it goes on (and so before an HTTP client gets its answer). All its lines come as one
 * stream, `journal:NAME` unless `name` says otherwise; offsets are the numbers of the lines, and a batch without lines is never given.
 * At the start, what no checkpoint covers comes again from the journal, and only then the source starts. Release lines with
 * `journal.truncate(position)` when a checkpoint is on the disk.
 */
export function journaled(source: Source, journal: Journal, name: string = source.name): Source {
  return { name: source.name, replayable: true, run: (to, from, signal) => run(source, journal, journalStream(name), to, from, signal) };
}

async function run(source: Source, journal: Journal, stream: string, to: Receiver, from: Positions, signal: AbortSignal): Promise<void> {
  const position = from.get(stream) ?? 0;
  journal.startAt(position);
  for await (const entry of journal.read(position)) {
    if (signal.aborted) return;
    await to.take(batchOf(entry, stream, position));
  }
  const queue = new Queue(to, signal);
  await source.run(
    {
      note: (note) => to.note(note),
      take: async (batch) => {
        if (batch.lines.length === 0) return;
        const kept = entryBatch(batch);
        const first = await journal.append(kept);
        await queue.add(batchOf({ first, batch: kept }, stream, first));
      },
    },
    new Map(),
    signal,
  );
  await queue.end();
}

/** The lines of an entry from the number `from` on. */
function batchOf({ first, batch }: Entry, stream: string, from: number): LineBatch {
  const passed = Math.max(0, from - first);
  const lines = passed === 0 ? batch.lines : batch.lines.slice(passed);
  return { ...batch, stream, lines, offsets: lines.map((_, index) => first + passed + index), end: first + batch.lines.length };
}

/** Gives batches on in their order, one at a time, while their sender already goes on. */
class Queue {
  private readonly to: Receiver;
  private readonly signal: AbortSignal;
  private waiting: LineBatch[] = [];
  private size = 0;
  private pumping: Promise<void> | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(to: Receiver, signal: AbortSignal) {
    this.to = to;
    this.signal = signal;
  }

  /** Resolves at once, or when there is room again. */
  async add(batch: LineBatch): Promise<void> {
    if (this.failure) throw this.failure.error;
    this.waiting.push(batch);
    this.size += sizeOf(batch);
    this.pumping ??= this.pump();
    if (this.size > queueLimit) await this.pumping;
  }

  async end(): Promise<void> {
    await this.pumping;
    if (this.failure) throw this.failure.error;
  }

  private async pump(): Promise<void> {
    try {
      // What waits at an abort comes again from the journal.
      for (let batch = this.waiting.shift(); batch && !this.signal.aborted; batch = this.waiting.shift()) {
        await this.to.take(batch);
        this.size -= sizeOf(batch);
      }
    } catch (error) {
      this.failure = { error };
    } finally {
      this.pumping = undefined;
    }
  }
}

function sizeOf({ lines }: LineBatch): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
