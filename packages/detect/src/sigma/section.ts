import { didYouMean, quoted } from "./nearest.ts";
import { badValue, missing, Refusal, unknownKey } from "./report.ts";
import { type Entry, type MapTree, scalarText, type Tree } from "./yaml-tree.ts";

/** A map of a rule file, read key by key. What is not as expected is a Refusal that names the key. */
export class Section {
  readonly at: number;
  readonly entries: readonly Entry[];
  /** What stands before a key in messages: `correlation.`. */
  readonly #prefix: string;
  readonly #byKey: ReadonlyMap<string, Entry>;

  constructor(tree: MapTree, prefix = "") {
    this.at = tree.at;
    this.entries = tree.entries;
    this.#prefix = prefix;
    this.#byKey = new Map(tree.entries.map((entry) => [entry.key, entry]));
  }

  /** The key as messages call it. */
  path(key: string): string {
    return this.#prefix + key;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  entry(key: string): Entry | undefined {
    return this.#byKey.get(key);
  }

  /** Where the key stands; the section itself where it does not. */
  placeOf(key: string): number {
    return this.#byKey.get(key)?.at ?? this.at;
  }

  required(key: string, what: string): Entry {
    const entry = this.#byKey.get(key);
    if (entry === undefined) throw missing(this.at, this.path(key), what);
    return entry;
  }

  /** Keys that are none of `known`. */
  unknown(known: readonly string[]): Refusal[] {
    return this.entries
      .filter(({ key }) => !known.includes(key))
      .map(({ key, at }) =>
        unknownKey(
          at,
          this.path(key),
          known.map((name) => this.path(name)),
        ),
      );
  }

  /** Text, or a number or date as it is written. Null is as if the key were not there. */
  text(key: string): string | undefined {
    const entry = this.#byKey.get(key);
    return entry === undefined ? undefined : asText(entry.value, this.path(key));
  }

  /** A list of texts; one text is a list of one. */
  texts(key: string): string[] {
    const entry = this.#byKey.get(key);
    return entry === undefined ? [] : asTexts(entry.value, this.path(key)).map(({ text }) => text);
  }

  boolean(key: string): boolean {
    const entry = this.#byKey.get(key);
    if (entry === undefined) return false;
    if (entry.value.kind === "scalar" && typeof entry.value.value === "boolean") return entry.value.value;
    throw badValue(entry.value.at, this.path(key), "must be true or false");
  }

  choice<T extends string>(key: string, choices: readonly T[]): T | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text.toLowerCase());
    if (found !== undefined) return found;
    const problem = `must be one of ${choices.join(", ")}, not ${quoted(text)}${didYouMean(text, choices)}`;
    throw badValue(this.placeOf(key), this.path(key), problem);
  }

  /** The map under `key`; undefined where it is not there. */
  section(key: string): Section | undefined {
    const entry = this.#byKey.get(key);
    return entry === undefined ? undefined : asSection(entry.value, this.path(key));
  }
}

export interface LocatedText {
  readonly text: string;
  readonly at: number;
}

export function asSection(tree: Tree, key: string): Section {
  if (tree.kind !== "map") throw badValue(tree.at, key, `must be a map, not ${described(tree)}`);
  return new Section(tree, `${key}.`);
}

export function asText(tree: Tree, key: string): string | undefined {
  if (tree.kind !== "scalar") throw badValue(tree.at, key, `must be text, not ${described(tree)}`);
  return tree.value === null ? undefined : scalarText(tree);
}

export function asTexts(tree: Tree, key: string): LocatedText[] {
  const items = tree.kind === "list" ? tree.items : [tree];
  return items.flatMap((item) => {
    const text = asText(item, key);
    return text === undefined ? [] : [{ text, at: item.at }];
  });
}

/** At least one name, as `group-by` and `fields` have it. */
export function asNames(tree: Tree, key: string): string[] {
  const names = asTexts(tree, key).map(({ text }) => text);
  if (names.length === 0 || names.includes("")) throw badValue(tree.at, key, "must name at least one field");
  return names;
}

/** A kind of value in words, for messages. */
export function described(tree: Tree): string {
  if (tree.kind !== "scalar") return `a ${tree.kind}`;
  return tree.value === null ? "nothing" : quoted(scalarText(tree));
}
