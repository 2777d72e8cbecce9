import type { FieldValue, Fields } from "../event.ts";
import { containers, plainName, usualNames } from "./usual-names.ts";
import type { Slot } from "./usual-names.ts";

/** Values of an object by what they mean; several names of one meaning stand in the order of the table. */
export type UsualFacts = { readonly [S in Slot]?: readonly FieldValue[] };

interface Meaning {
  readonly slot: Slot;
  readonly rank: number;
}

/** What a plain path means. One name may mean two things (`username` is an identifier and a name). */
const meanings: ReadonlyMap<string, readonly Meaning[]> = meaningsOf();

function meaningsOf(): Map<string, Meaning[]> {
  const all = new Map<string, Meaning[]>();
  for (const [slot, names] of Object.entries(usualNames) as [Slot, string][]) {
    for (const [rank, name] of names.split(/\s+/).entries()) {
      const found = all.get(name);
      if (found) found.push({ slot, rank });
      else all.set(name, [{ slot, rank }]);
    }
  }
  return all;
}

/** Longest name of the table: a path beyond it means nothing. */
const LONGEST = Math.max(...[...meanings.keys()].map((name) => name.length));
/** Names as they are written are longer by their separators. */
const LONGEST_WRITTEN = 2 * LONGEST;

/** Where a path has led: what its end means, and what stands below it. */
interface Step {
  readonly path: string;
  readonly means: readonly Meaning[];
  /** Below a container, a name means what it means at the top. */
  readonly contains: boolean;
  readonly next: Map<string, Step>;
}

/** Names remembered below one path. An application has tens; whoever writes more makes them up. */
const REMEMBERED = 1000;
/** Deepest that facts stand: `req.headers.x-forwarded-for` below one container. */
const DEEPEST = 4;
/** Most names of one line that are looked at. */
const MOST_NAMES = 500;

const top: Step = { path: "", means: [], contains: false, next: new Map() };

function stepFrom(step: Step, name: string): Step | undefined {
  const known = step.next.get(name);
  if (known) return known;
  if (name.length > LONGEST_WRITTEN) return undefined;
  const plain = plainName(name);
  const path = step.contains ? plain : step.path + plain;
  const made: Step = { path, means: meanings.get(path) ?? [], contains: containers.has(path), next: new Map() };
  if (step.next.size < REMEMBERED) step.next.set(name, made);
  return made;
}

/** A value in a container stands behind all that stand outside. */
const CONTAINED = 100;

interface Found {
  readonly rank: number;
  readonly value: FieldValue;
}

/** Finds the facts of an object by the usual names, at the top, in containers and in objects such as `req` and `user`. */
export function usualFacts(object: Fields): UsualFacts {
  const found: { [S in Slot]?: Found[] } = {};
  let left = MOST_NAMES;
  const walk = (inner: Fields, step: Step, behind: number, depth: number) => {
    for (const name in inner) {
      if (--left < 0) return;
      const value = inner[name];
      if (value === null || value === undefined || value === "") continue;
      const next = stepFrom(step, name);
      if (next === undefined) continue;
      if (typeof value !== "object" || Array.isArray(value)) {
        for (const { slot, rank } of next.means) add((found[slot] ??= []), rank + behind, value);
      } else if (depth > 0 && (next.contains || next.path.length < LONGEST)) {
        walk(value as Fields, next, next.contains ? behind + CONTAINED : behind, depth - 1);
      }
    }
  };
  walk(object, top, 0, DEEPEST);
  const facts: { [S in Slot]?: FieldValue[] } = {};
  for (const slot in found) facts[slot as Slot] = found[slot as Slot]?.map(({ value }) => value);
  return facts;
}

/** Keeps a list in order; it has one or two entries. */
function add(list: Found[], rank: number, value: FieldValue): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as Found).rank > rank) at--;
  list.splice(at, 0, { rank, value });
}
