import type { Fields } from "./event.ts";
import type { ControlRef, Level } from "./rule-ir.ts";

/** What an alert says of its rule. */
export interface AlertRule {
  readonly key: string;
  readonly id?: string;
  readonly title: string;
  readonly level: Level;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly techniques: readonly string[];
  readonly controls: readonly ControlRef[];
  readonly falsePositives: readonly string[];
  readonly respond: readonly string[];
  readonly references: readonly string[];
}

/** One event that the alert rests on. */
export interface Evidence {
  readonly id: string;
  readonly time: number;
  /** Path or address, and the byte offset of the line there. */
  readonly source: string;
  readonly position: number;
  /** Absent where memory no longer holds it: look it up at its place. */
  readonly fields?: Fields;
}

/**
 * One episode of one rule for one group. The same `id` comes up to three times: `opened`, `grown` (declared escalations
 * only: the count has doubled, ten times at most), `closed`.
 */
export interface Alert {
  /** 32 hex digits from rule, group and opening event: the same on every replay. */
  readonly id: string;
  readonly phase: "opened" | "grown" | "closed";
  readonly rule: AlertRule;
  /** Group fields and their values; null where the event lacked the field. */
  readonly group: { readonly [name: string]: string | null };
  /** Times of the first and the last contributing event. */
  readonly since: number;
  readonly until: number;
  /** Time of the event that completed the pattern. */
  readonly completed: number;
  /** Contributing events of the episode so far. */
  readonly count: number;
  /** What the conditions measured when it was last true: `events`, `distinct source.ip`, `most per actor.id`, … */
  readonly measures: { readonly [name: string]: number };
  /** Distinct actors, addresses and targets of the contributing events, the first 20 of each. */
  readonly actors: readonly string[];
  readonly addresses: readonly string[];
  readonly targets: readonly string[];
  /** The first 10 and the last 10 contributing events at most. */
  readonly evidence: readonly Evidence[];
}
