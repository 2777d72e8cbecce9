import type { Alert } from "../alert.ts";
import type { Locate } from "../contract.ts";
import type { Fields } from "../event.ts";
import { EventView } from "./event-view.ts";
import type { Notes } from "./notes.ts";
import { Interner } from "./state/interner.ts";
import { Pairs } from "./state/pairs.ts";
import { Rows } from "./state/rows.ts";
import { Timers } from "./state/timers.ts";

/** What a timer is for: its tag is four times the number of the rule, plus this. */
export const timerKinds = { window: 0, gap: 1, silence: 2, episode: 3 } as const;

/** A match that was found when its event was no longer the one being judged. */
export interface LateMatch {
  /** Number of the rule that matched. */
  readonly rule: number;
  readonly row: number;
  /** Its group, for a correlation. */
  readonly group: number;
  /** The event's fields, where they were kept apart. */
  readonly fields?: Fields;
}

/** What the parts of one engine share. */
export class Runtime {
  readonly interner = new Interner();
  readonly pairs = new Pairs(this.interner);
  readonly rows = new Rows(this.interner);
  readonly event = new EventView(this.interner, this.rows);
  readonly timers = new Timers();
  readonly notes: Notes;
  readonly lateness: number;
  readonly budget: number;
  readonly locate: Locate | undefined;
  watermark = -Infinity;
  /** Counts events, for the order in which groups were touched. */
  now = 0;
  /** Alerts to raise, and matches to hand on, once the event has been judged. */
  readonly alerts: Alert[] = [];
  readonly later: LateMatch[] = [];
  /** For each rule: the epoch of the event that it last matched, and its group there where it is a correlation. */
  readonly hitEpoch: Float64Array;
  readonly hitGroup: Int32Array;
  /** Alerts opened, by the number of the rule. */
  readonly opened: Float64Array;

  constructor(facts: { rules: number; lateness: number; budget: number; locate: Locate | undefined; notes: Notes }) {
    this.lateness = facts.lateness;
    this.budget = facts.budget;
    this.locate = facts.locate;
    this.notes = facts.notes;
    this.hitEpoch = new Float64Array(facts.rules).fill(-1);
    this.hitGroup = new Int32Array(facts.rules);
    this.opened = new Float64Array(facts.rules);
  }

  /** Gives back what nobody holds any more. */
  sweep(): void {
    this.rows.sweep();
    this.pairs.sweep();
    this.interner.sweep();
  }

  /** Says that a rule matched the event being judged. A second group of one event is handed on by itself. */
  hit(rule: number, group: number): void {
    if (this.hitEpoch[rule] === this.event.epoch) {
      if (this.hitGroup[rule] !== group) this.later.push({ rule, row: this.event.row(), group });
      return;
    }
    this.hitEpoch[rule] = this.event.epoch;
    this.hitGroup[rule] = group;
  }
}
