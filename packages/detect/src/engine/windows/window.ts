import type { Conditions, Judged } from "../aggregates/conditions.ts";
import type { Runtime } from "../runtime.ts";
import type { Groups } from "../state/groups.ts";
import type { Entries } from "./entries.ts";
import type { EntryList } from "./entry-list.ts";

/** What a window works on, and whom it tells. */
export interface WindowParts {
  readonly runtime: Runtime;
  readonly groups: Groups;
  readonly entries: Entries;
  readonly list: EntryList;
  readonly conditions: Conditions;
  readonly judged: Judged;
  /** Number of the rule, for timers. */
  readonly rule: number;
  /** Milliseconds. */
  readonly timespan: number;
  /** How far behind the watermark a match may come, milliseconds: those of referred rules that wait for it. */
  readonly delay: number;
  /** Entries that one group may have in its window. */
  readonly limit: number;
  /** Whether groups can be emptied. */
  readonly cancels: boolean;
  /** The condition holds at this entry; the window begins at `from`. */
  held(group: number, entry: number, from: number): void;
  /** The time of the event at which an open episode of the group last held; Infinity without one. */
  heldTime(group: number): number;
  /** The limit made a window shorter than it should be. */
  shortened(): void;
}

/** How events come into the windows of a group. */
export interface Window {
  /** Puts a new entry behind `behind` in the list and judges the windows that it changes. */
  insert(group: number, entry: number, behind: number): void;
  /** An event that stood there already has matched more of the rules. */
  merge(group: number, entry: number, mask: number): void;
  /** Puts a mark at which the group is emptied behind `behind`. */
  cancel(group: number, mark: number, behind: number): void;
  /** The watermark has passed what the group's timer was set for. */
  due(group: number, due: number): void;
  /** The watermark up to which a group must be kept. */
  needed(group: number): number;
  /** Takes everything out of the window of a group that is given up. */
  forget(group: number): void;
  /** Builds up again what a snapshot does not hold. */
  restored(group: number): void;
}
