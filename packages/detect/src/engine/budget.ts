import type { Keeper } from "./keeper.ts";
import type { Runtime } from "./runtime.ts";

/** Groups that one sweep of one rule forgets at most: a long silence must not end in a long pause. */
const forgottenAtOnce = 2000;

/** Groups that are given up between two looks at what the state weighs. */
const mostAtOnce = 256;

/** Forgets groups that no event to come can concern any more. */
export function sweepIdle(keepers: readonly Keeper[], watermark: number): void {
  for (const keeper of keepers) {
    for (let left = forgottenAtOnce; left > 0; left--) {
      const group = keeper.groups.oldest();
      if (group === 0 || keeper.needed(group) > watermark) break;
      keeper.forget(group);
    }
  }
}

/** Live state of an engine, bytes. */
export function bytesOf(runtime: Runtime, keepers: readonly Keeper[]): number {
  let bytes = runtime.interner.bytes + runtime.pairs.bytes + runtime.rows.bytes;
  for (const keeper of keepers) bytes += keeper.bytes;
  return bytes;
}

/**
 * Gives up groups until the state fits the budget: those that were touched longest ago, and one with an open episode only
 * when no other is left. How many it gave up.
 */
export function evict(runtime: Runtime, keepers: readonly Keeper[]): number {
  let evicted = 0;
  while (bytesOf(runtime, keepers) > runtime.budget) {
    const groups = keepers.reduce((sum, keeper) => sum + keeper.groups.live, 0);
    if (groups === 0) break;
    // Weighing everything takes longer than giving up a group: it is done once for a few of many.
    for (let left = Math.max(1, Math.min(mostAtOnce, groups >> 10)); left > 0; left--) {
      if (!evictOldest(runtime, keepers)) break;
      evicted += 1;
    }
    // What the groups alone held counts until it is swept.
    runtime.sweep();
  }
  return evicted;
}

function evictOldest(runtime: Runtime, keepers: readonly Keeper[]): boolean {
  const idle = oldestOf(keepers, runtime.now, false);
  const keeper = idle ?? oldestOf(keepers, runtime.now, true);
  if (keeper === undefined) return false;
  keeper.forget(keeper.groups.oldest(idle === undefined));
  return true;
}

function oldestOf(keepers: readonly Keeper[], now: number, pinned: boolean): Keeper | undefined {
  let found: Keeper | undefined;
  let age = -1;
  for (const keeper of keepers) {
    const group = keeper.groups.oldest(pinned);
    if (group === 0) continue;
    const own = (now - keeper.groups.stampOf(group)) | 0;
    if (own <= age) continue;
    age = own;
    found = keeper;
  }
  return found;
}
