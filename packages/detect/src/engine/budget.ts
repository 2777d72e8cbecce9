import type { Keeper } from "./keeper.ts";
import type { Runtime } from "./runtime.ts";

/** Groups that one sweep of one rule forgets at most: a long silence must not end in a long pause. */
const forgottenAtOnce = 2000;

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
  let bytes = runtime.interner.bytes + runtime.rows.bytes;
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
    const keeper = oldestOf(keepers, runtime.now, false) ?? oldestOf(keepers, runtime.now, true);
    if (keeper === undefined) break;
    keeper.forget(keeper.groups.oldest() || keeper.groups.oldest(true));
    // What the group alone held counts until it is swept.
    runtime.rows.sweep();
    runtime.interner.sweep();
    evicted += 1;
  }
  return evicted;
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
