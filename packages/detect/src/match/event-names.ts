import type { Match, ValueTest } from "../rule-ir.ts";

/**
 * The values of the field `event`, in lower case, without one of which this match is never true; undefined where an event
 * of any name, or without one, may match. An engine looks at a rule only for these events. An event whose `event` is a
 * list or a number must be shown to all rules.
 */
export function eventNames(match: Match): ReadonlySet<string> | undefined {
  switch (match.op) {
    case "all":
      return intersection(match.of.map(eventNames));
    case "any":
      return union(match.of.map(eventNames));
    case "field":
      return match.field === "event" ? namesOfTest(match.test) : undefined;
    default:
      return undefined;
  }
}

function namesOfTest(test: ValueTest): ReadonlySet<string> | undefined {
  return test.kind === "equals" && test.value !== null ? new Set([String(test.value).toLowerCase()]) : undefined;
}

function intersection(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  const known = sets.filter((set) => set !== undefined);
  const [first, ...others] = known;
  return first === undefined ? undefined : new Set([...first].filter((name) => others.every((other) => other.has(name))));
}

function union(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const name of set) names.add(name);
  }
  return names;
}
