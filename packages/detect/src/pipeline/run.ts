import type { Alert } from "../alert.ts";
import type { Engine, EngineStats, Receiver, Source } from "../contract.ts";
import { causeOf } from "../errors.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { Delivery } from "./delivery.ts";
import { IdleClock } from "./idle-clock.ts";
import { createMerge } from "./merge.ts";
import { createBatchReader } from "./reading.ts";
import type { LineReader } from "./reading.ts";
import { Tallies } from "./tally.ts";
import type { SourceTally, Tell } from "./tally.ts";

export interface RunOptions {
  readonly sources: readonly Source[];
  /** Makes a reader for one source: what it learns of the format of lines there says nothing about the others. */
  readonly reader: () => LineReader;
  /** Makes the engine; it is handed where its alerts go. */
  readonly engine: (raise: (alert: Alert) => void) => Engine;
  readonly delivery: Delivery;
  /** False: each source ends by itself, and the result is that of the whole input. */
  readonly follow: boolean;
  /** Milliseconds that an event may be late: the engine's. */
  readonly lateness: number;
  /** Folder of the checkpoint; without it nothing survives a restart. */
  readonly state?: string;
  /** Milliseconds between two checkpoints. Default: 5,000. */
  readonly checkpointEvery?: number;
  /** Called when a checkpoint stands: what the journals hold up to there is needed no more. */
  readonly onCheckpoint?: (positions: ReadonlyMap<string, number>) => void | Promise<void>;
  readonly tell: Tell;
  /** Called about four times a second while running, for a live table. */
  readonly onState?: (state: RunState) => void;
  /** Ends following. What was read so far is taken, and checkpointed. */
  readonly signal: AbortSignal;
}

export interface RunState {
  readonly engine: EngineStats;
  readonly sources: ReadonlyMap<string, SourceTally>;
  /** Milliseconds since the start of this run. */
  readonly elapsed: number;
}

/** Milliseconds between two looks at the clock while following. */
const tick = 250;

/** How long a quiet source holds up the others while following: see merge.ts. */
const followPatience = 250;

/**
 * One run of the detector: sources are read side by side, their lines become events, events are merged by time, the
 * engine judges them, alerts are stored and delivered, and every few seconds all of it is checkpointed. Resolves when
 * all sources have ended. Rejects with a DetectError where the state cannot be read or a source cannot start.
 */
export async function run(options: RunOptions): Promise<RunState> {
  const { sources, delivery, state, tell, signal } = options;
  const started = performance.now();
  const tallies = new Tallies();
  const clock = new IdleClock();
  const engine = options.engine((alert) => delivery.raise(alert));
  const positions = new Map<string, number>();
  let seq = restore();
  let dirty = false;

  const merge = createMerge(
    (event, stream, next) => {
      seq += 1;
      event.seq = seq;
      engine.ingest(event);
      positions.set(stream, next);
      clock.event(event.time);
    },
    (stream, end) => {
      positions.set(stream, end);
      clock.heardNow();
      dirty = true;
    },
    options.follow ? followPatience : Infinity,
  );
  const readBatch = createBatchReader(options.reader, tallies, tell);
  const current = (): RunState => ({ engine: engine.stats(), sources: tallies.bySource, elapsed: performance.now() - started });
  const keep = keeper();
  const timer = setInterval(onTick, tick);

  // One source that fails ends the others: half of what was asked for is not a run.
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  try {
    await Promise.all(sources.map(async (source) => follow(source).catch(fail)));
    // Input that was cut short and has a state goes on at the next start: its episodes are not over.
    if (!options.follow && !(signal.aborted && state !== undefined)) engine.finish();
    await keep.last();
    return current();
  } finally {
    clearInterval(timer);
    merge.stop();
  }

  async function follow(source: Source): Promise<void> {
    const lane = merge.lane();
    const receiver: Receiver = {
      async take(batch) {
        await lane.put(readBatch(batch));
        if (!options.follow) await delivery.ready();
      },
      note: tell,
    };
    try {
      await source.run(receiver, positions, ended);
    } finally {
      lane.end();
    }
  }

  function fail(error: unknown): never {
    stop.abort();
    throw error;
  }

  function onTick(): void {
    const now = clock.now();
    if (options.follow && now !== undefined) engine.advance(now - options.lateness);
    options.onState?.(current());
    keep.sometimes();
  }

  function restore(): number {
    const checkpoint = state === undefined ? undefined : readCheckpoint(state);
    if (checkpoint === undefined) return 0;
    const { dropped } = engine.restore(checkpoint.engine);
    for (const [stream, position] of checkpoint.positions) positions.set(stream, position);
    clock.restored(engine.stats().watermark + options.lateness);
    tell({ kind: "restored", message: `going on after event ${checkpoint.seq}` });
    for (const rule of dropped) tell({ kind: "restored", message: `rule ${rule} has changed: it begins anew` });
    return checkpoint.seq;
  }

  /** Writes checkpoints, one at a time. */
  function keeper() {
    let last = performance.now();
    let writing: Promise<void> | undefined;
    let failed = false;
    const write = async () => {
      if (state === undefined) return delivery.stored();
      // All of one moment: what comes in while the disk is busy belongs to the next one.
      dirty = false;
      const checkpoint = { positions: new Map(positions), seq, engine: engine.snapshot() };
      try {
        // An alert must stand before the events that made it are given up.
        await delivery.stored();
        await writeCheckpoint(state, checkpoint);
        await options.onCheckpoint?.(checkpoint.positions);
        if (failed) tell({ kind: "checkpoint", message: `${state}: checkpoints can be written again` });
        failed = false;
      } catch (error) {
        dirty = true;
        if (!failed) tell({ kind: "checkpoint", message: noCheckpoint(state, error) });
        failed = true;
      }
    };
    return {
      sometimes(): void {
        if (writing !== undefined || !dirty || performance.now() - last < (options.checkpointEvery ?? 5000)) return;
        writing = write().finally(() => {
          writing = undefined;
          last = performance.now();
        });
      },
      async last(): Promise<void> {
        await writing;
        await write();
      },
    };
  }
}

function noCheckpoint(folder: string, error: unknown): string {
  return `${folder}: cannot write the checkpoint: ${causeOf(error)}. Detection goes on; a restart would begin at the last good one. Make room or mend the folder`;
}
