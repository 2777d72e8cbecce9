import type { LineBatch, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { SecurityEvent } from "../event.ts";
import type { SourceTally, Tallies, Tell } from "./tally.ts";

/** Turns one line into an event; `dictated` is the format that the source itself names. */
export type LineReader = (line: string, facts: LineFacts, dictated?: string) => ReadEvent | NoEvent;

/** An event whose number is given when it is handed to the engine. */
export interface PendingEvent extends Omit<SecurityEvent, "seq"> {
  seq: number;
}

/** Events of one batch, in the order of their lines. */
export interface ReadBatch {
  readonly stream: string;
  readonly events: readonly PendingEvent[];
  /** Where the stream goes on after each event: what a checkpoint keeps once the engine has taken it. */
  readonly next: readonly number[];
  /** Where it goes on after the whole batch. */
  readonly end: number;
}

/** A clock may run ahead by so much before its times are not believed (milliseconds). See docs/semantics.md, 3. */
const clockTolerance = 10 * 60_000;

/** A line may say that it stands for others (`message repeated 5 times`); so many are believed. */
const mostRepeated = 1000;

/** How many unreadable lines of a source are shown one by one. */
const shownPlaces = 5;

/** Reads lines into events, counts what is none, and shows where the first unreadable ones stand. */
export function createBatchReader(reader: () => LineReader, tallies: Tallies, tell: Tell): (batch: LineBatch) => ReadBatch {
  const readers = new Map<string, LineReader>();
  const readerFor = (source: string): LineReader => {
    let read = readers.get(source);
    if (read === undefined) readers.set(source, (read = reader()));
    return read;
  };
  return (batch) => {
    const read = readerFor(batch.source);
    const tally = tallies.of(batch.source);
    const origin = { source: batch.source, stream: batch.stream };
    const events: PendingEvent[] = [];
    const next: number[] = [];
    const latest = batch.received + clockTolerance;
    const { lines, offsets, end } = batch;
    for (let index = 0; index < lines.length; index += 1) {
      const reading = read(lines[index]!, batch, batch.format);
      if (reading.kind !== "event") {
        countUnread(reading, tally, batch, index, tell);
        continue;
      }
      let { time } = reading;
      if (time > latest) {
        time = batch.received;
        tally.future += 1;
        if (tally.future === 1) tell({ kind: "future", message: futureClock(batch, index) });
      }
      const position = offsets[index]!;
      // A checkpoint between the repetitions of one line reads the line again: none is lost.
      for (let more = Math.min(reading.repeat ?? 1, mostRepeated); more > 0; more -= 1) {
        events.push({ time, seq: 0, fields: reading.fields, logsource: reading.logsource, origin, position });
        next.push(more > 1 ? position : (offsets[index + 1] ?? end));
      }
    }
    tally.lines += lines.length;
    tally.events += events.length;
    return { stream: batch.stream, events, next, end };
  };
}

function countUnread(reading: NoEvent, tally: SourceTally, batch: LineBatch, index: number, tell: Tell): void {
  if (reading.kind === "other") {
    tally.other += 1;
    return;
  }
  tally.unreadable += 1;
  if (tally.unreadable > shownPlaces) return;
  const more = tally.unreadable === shownPlaces ? "; further ones are only counted" : "";
  tell({
    kind: "unreadable-line",
    message: `${batch.source}: cannot read the line at byte ${batch.offsets[index]}: ${reading.reason ?? "not in a known format"}${more}`,
  });
}

function futureClock(batch: LineBatch, index: number): string {
  return `${batch.source}: the event at byte ${batch.offsets[index]} is more than 10 minutes ahead of this machine's clock; such events count at the time they arrived`;
}
