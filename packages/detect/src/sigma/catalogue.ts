import { didYouMean, quoted } from "./nearest.ts";
import type { Names } from "./facts.ts";
import { Refusal } from "./report.ts";

/** Rules by id and by name. */
export class Catalogue {
  readonly #rules = new Map<string, { readonly key: string; readonly place: string }>();

  /** Enters a rule under its names; refused where another has one of them. */
  enter(names: Names, place: string, at: number): void {
    for (const called of new Set([names.id, names.name])) {
      if (called === undefined) continue;
      const other = this.#rules.get(called);
      if (other !== undefined)
        throw new Refusal("RULE_VALUE", at, { key: quoted(called), problem: `is already what the rule at ${other.place} is called` });
      this.#rules.set(called, { key: names.key, place });
    }
  }

  find(called: string): string | undefined {
    return this.#rules.get(called)?.key;
  }

  /** The key of the rule that is called so. */
  resolve(called: string, at: number): string {
    const key = this.find(called);
    if (key === undefined) throw new Refusal("RULE_REFERENCE", at, { given: quoted(called), hint: didYouMean(called, this.#rules.keys()) });
    return key;
  }
}
