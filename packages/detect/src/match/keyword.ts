import type { Fields, FieldValue } from "../event.ts";
import type { Predicate } from "./value.ts";

/** Values of an event that a keyword looks at, and how deep: events come from strangers. */
const mostValues = 10_000;
const deepest = 32;

/** Whether some string of the event, at any depth, fulfils the predicate. The first 10,000 values are looked at, 32 levels deep. */
export function anyString(fields: Fields, holds: Predicate): boolean {
  return search(fields, holds, { left: mostValues }, 0);
}

function search(value: FieldValue, holds: Predicate, budget: { left: number }, depth: number): boolean {
  if (typeof value === "string") return holds(value);
  if (typeof value !== "object" || value === null || depth > deepest) return false;
  // Object.values reads own properties alone, and elements of lists.
  for (const inner of Object.values(value) as FieldValue[]) {
    if (--budget.left < 0) return false;
    if (search(inner, holds, budget, depth + 1)) return true;
  }
  return false;
}
