import type { FileIR, FunctionIR, Span } from "../../ir/nodes.ts";
import { definitionsIn, type Definition, type Region } from "./definitions.ts";

/** The definitions that a name may have its value from, and the function that they stand in. */
export interface Reaching {
  readonly fn: FunctionIR | null;
  /** The latest first. */
  readonly found: readonly Definition[];
}

/** Names that are given values at more places than this are told nothing of beyond the latest. */
const MOST = 12;

/** The definitions that reach the use of a name: the nearest certain one before it, and what may come in between. */
export function reaching(file: FileIR, fn: FunctionIR | null, name: string, use: Span): Reaching | undefined {
  let at = use.start;
  for (let scope = fn; ; scope = scope.parent ?? null) {
    const all = definitionsIn(file, scope).get(name);
    if (all?.some((one) => one.under.length === 0) === true) return { fn: scope, found: select(all, at, scope !== fn).slice(0, MOST) };
    if (scope === null) return undefined;
    at = scope.start;
  }
}

/** @param captured the name is read in a function inside: what is given later may be what it reads. */
function select(all: readonly Definition[], at: number, captured: boolean): Definition[] {
  const found: Definition[] = [];
  let certain = false;
  for (const one of all.toReversed()) {
    if (one.end > at || (one.start <= at && at < one.end) || !reaches(one, at)) continue;
    if (certain && !sameStart(one, found.at(-1))) break;
    if (one.under.length === 0 && !one.adds && isSure(one.region, at)) certain = true;
    found.push(one);
  }
  if (certain && !captured) return found;
  const later = all.filter((one) => one.start > at && (captured || inOneLoop(one.region, at)));
  return certain ? [...found, ...later.slice(0, 2)] : [...found, ...later];
}

/** A pattern with a default gives two: what was handed over, and the default. */
const sameStart = (one: Definition, other: Definition | undefined): boolean => one.start === other?.start && one.name === other.name;

const holds = (region: Region, at: number): boolean => region.parent === null || (region.start <= at && at <= region.end);

/** Whether what is given there is given before the place is reached: also in a `try` that is left where it is not. */
function isSure(region: Region, at: number): boolean {
  if (holds(region, at)) return true;
  const { owner, parent } = region;
  if (owner?.kind !== "try" || parent === null || region.start !== owner.body[0]?.start || owner.catches.length === 0) return false;
  const isLeft = owner.catches.every(({ body }) => body.at(-1)?.kind === "return" || body.at(-1)?.kind === "throw");
  return isLeft && owner.end <= at && isSure(parent, at);
}

/** Whether control can come from the definition to the place: not from the other arm of the same choice, nor out of one that leaves. */
function reaches(one: Definition, at: number): boolean {
  let region = one.region;
  while (!holds(region, at)) {
    const { owner, parent } = region;
    if (owner === null || parent === null) return true;
    const isInside = owner.start <= at && at < owner.end;
    if (isInside && region.excludes && !region.repeats) return false;
    if (!isInside && region.leaves) return false;
    region = parent;
  }
  return true;
}

function inOneLoop(region: Region, at: number): boolean {
  for (let one: Region | null = region; one !== null; one = one.parent) if (one.repeats && holds(one, at)) return true;
  return false;
}
