import type { Groups } from "./state/groups.ts";

/** Something that keeps groups: a correlation, or what a detection remembers. */
export interface Keeper {
  /** Key of the rule. */
  readonly rule: string;
  readonly groups: Groups;
  /** Bytes of all its groups and what belongs to them. */
  readonly bytes: number;
  /** The watermark from which on a group is no longer needed; Infinity for one that is expected to speak. */
  needed(group: number): number;
  /** Gives a group up, with its episodes. */
  forget(group: number): void;
}
