import type { SourceNote } from "../contract.ts";

/** What was read of one source, and what could not be. */
export interface SourceTally {
  lines: number;
  events: number;
  /** Well-formed lines that are no security events. */
  other: number;
  unreadable: number;
  /** Events whose clock was ahead: they got the time of their arrival. */
  future: number;
}

/** Something to tell the operator. `count` says how often it happened so far; it is told the first time, and at the end. */
export interface Note {
  readonly kind:
    | SourceNote["kind"]
    | "unreadable-line"
    | "future"
    | "engine"
    | "checkpoint"
    | "store"
    | "output"
    | "restored"
    | "rules"
    | "hint";
  readonly message: string;
}

export type Tell = (note: Note) => void;

/** Tallies by source name. */
export class Tallies {
  readonly bySource = new Map<string, SourceTally>();

  of(source: string): SourceTally {
    let tally = this.bySource.get(source);
    if (tally === undefined) {
      tally = { lines: 0, events: 0, other: 0, unreadable: 0, future: 0 };
      this.bySource.set(source, tally);
    }
    return tally;
  }

  total(): SourceTally {
    const total: SourceTally = { lines: 0, events: 0, other: 0, unreadable: 0, future: 0 };
    for (const tally of this.bySource.values()) {
      for (const key of Object.keys(total) as (keyof SourceTally)[]) total[key] += tally[key];
    }
    return total;
  }
}
