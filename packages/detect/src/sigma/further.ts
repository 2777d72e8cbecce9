import type { FurtherCondition } from "../rule-ir.ts";
import { anyNumber, compareOps, readComparisons, share, time } from "./comparisons.ts";
import { badValue, missing, type Report, unknownKey } from "./report.ts";
import { asNames, asSection, asText, described, type Section } from "./section.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

/** Index of a referred rule in `rules`. */
type IndexOf = (name: string, at: number, key: string) => number;

interface Kind {
  /** Keys beside the one that names the kind. */
  readonly beside: readonly string[];
  readonly read: (entry: Entry, section: Section, indexOf: IndexOf, report: Report) => FurtherCondition;
}

const kinds = {
  events: { beside: [], read: (entry, section) => ({ kind: "events", is: readComparisons(nested(entry, section), anyNumber) }) },
  distinct: {
    beside: compareOps,
    read: (entry, section) => ({
      kind: "distinct",
      fields: asNames(entry.value, section.path(entry.key)),
      is: readComparisons(section, anyNumber),
    }),
  },
  "most-per": {
    beside: compareOps,
    read: (entry, section) => ({ kind: "most-per", field: field(entry, section), is: readComparisons(section, anyNumber) }),
  },
  "share-of": {
    beside: ["with", ...compareOps],
    read: (entry, section) => {
      const tries = asSection(
        section.required("with", "say how many events a value must have, as in { lte: 2 }").value,
        section.path("with"),
      );
      return { kind: "share-of", field: field(entry, section), tries: strict(tries, anyNumber), is: readComparisons(section, share) };
    },
  },
  "share-matching": {
    beside: compareOps,
    read: (entry, section, indexOf) => ({
      kind: "share-matching",
      index: indexOf(field(entry, section), entry.value.at, section.path(entry.key)),
      is: readComparisons(section, share),
    }),
  },
  span: { beside: [], read: (entry, section) => ({ kind: "span", is: readComparisons(nested(entry, section), time) }) },
  travel: {
    beside: ["kmh", "km"],
    read: (entry, section) => ({
      kind: "travel",
      field: field(entry, section),
      speed: positive(section, "kmh"),
      distance: positive(section, "km"),
    }),
  },
  any: {
    beside: [],
    read: (entry, section, indexOf, report) => ({ kind: "any", of: readFurther(entry.value, section.path("any"), indexOf, report) }),
  },
} as const satisfies Record<string, Kind>;

const names = Object.keys(kinds);

/** A list of further conditions (telltale.and, and `any` in it). */
export function readFurther(tree: Tree, key: string, indexOf: IndexOf, report: Report): FurtherCondition[] {
  if (tree.kind !== "list" || tree.items.length === 0) throw badValue(tree.at, key, "must be a list of conditions");
  return tree.items.map((item) => readOne(asSection(item, key), key, indexOf, report));
}

function readOne(section: Section, key: string, indexOf: IndexOf, report: Report): FurtherCondition {
  const entry = section.entries.find((each) => names.includes(each.key));
  if (entry === undefined) {
    const stranger = section.entries.find((each) => !(compareOps as readonly string[]).includes(each.key));
    if (stranger !== undefined)
      throw unknownKey(
        stranger.at,
        section.path(stranger.key),
        names.map((name) => section.path(name)),
      );
    throw missing(section.at, key, `each condition needs one of ${names.join(", ")}`);
  }
  const kind: Kind = kinds[entry.key as keyof typeof kinds];
  for (const refusal of section.unknown([entry.key, ...kind.beside])) throw refusal;
  return kind.read(entry, section, indexOf, report);
}

function nested(entry: Entry, section: Section): Section {
  const inner = asSection(entry.value, section.path(entry.key));
  for (const refusal of inner.unknown(compareOps)) throw refusal;
  return inner;
}

function strict(section: Section, number: Parameters<typeof readComparisons>[1]) {
  for (const refusal of section.unknown(compareOps)) throw refusal;
  return readComparisons(section, number);
}

function field(entry: Entry, section: Section): string {
  const name = asText(entry.value, section.path(entry.key));
  if (name === undefined || name === "")
    throw badValue(entry.value.at, section.path(entry.key), `must be a name, not ${described(entry.value)}`);
  return name;
}

function positive(section: Section, key: string): number {
  const number = anyNumber(section.required(key, "say it as a number"), section.path(key));
  if (number <= 0) throw badValue(section.placeOf(key), section.path(key), "must be more than nothing");
  return number;
}
