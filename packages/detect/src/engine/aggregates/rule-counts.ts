import type { RuleExpression } from "../../rule-ir.ts";
import type { Groups } from "../state/groups.ts";
import type { Entries } from "../windows/entries.ts";
import type { GroupLayout } from "../windows/layout.ts";
import type { Aggregate } from "./aggregate.ts";

/** How many events of the window matched each referred rule. */
export class RuleCounts implements Aggregate {
  readonly #groups: Groups;
  readonly #entries: Entries;
  readonly #rules: number;
  readonly #first: number;
  /** Bits of the rules that matched at all. */
  readonly #present: number;

  constructor(groups: Groups, entries: Entries, layout: GroupLayout, rules: number) {
    this.#groups = groups;
    this.#entries = entries;
    this.#rules = rules;
    this.#first = layout.words(rules);
    this.#present = layout.words(1);
  }

  /** How many events matched one rule. */
  matches(rule: number): (group: number) => number {
    return (group) => this.#groups.table.words[group * this.#groups.table.stride + this.#first + rule]!;
  }

  /** How many of the rules matched. */
  rules(): (group: number) => number {
    return (group) => bitsIn(this.#bits(group));
  }

  /** Whether the expression over the rules holds. */
  expression(expression: RuleExpression): (group: number) => boolean {
    return (group) => evaluate(expression, this.#bits(group));
  }

  enter(group: number, entry: number): void {
    const { words, stride } = this.#groups.table;
    const at = group * stride;
    const mask = this.#entries.mask(entry);
    for (let rule = 0; rule < this.#rules; rule++) {
      if ((mask & (1 << rule)) !== 0 && words[at + this.#first + rule]!++ === 0) words[at + this.#present]! |= 1 << rule;
    }
  }

  leave(group: number, entry: number): void {
    const { words, stride } = this.#groups.table;
    const at = group * stride;
    const mask = this.#entries.mask(entry);
    for (let rule = 0; rule < this.#rules; rule++) {
      if ((mask & (1 << rule)) !== 0 && --words[at + this.#first + rule]! === 0) words[at + this.#present]! &= ~(1 << rule);
    }
  }

  clear(group: number): void {
    const { words, stride } = this.#groups.table;
    const first = group * stride + this.#first;
    words.fill(0, first, first + this.#rules);
    words[group * stride + this.#present] = 0;
  }

  #bits(group: number): number {
    return this.#groups.table.words[group * this.#groups.table.stride + this.#present]!;
  }
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

function evaluate(expression: RuleExpression, bits: number): boolean {
  switch (expression.op) {
    case "rule":
      return (bits & (1 << expression.index)) !== 0;
    case "not":
      return !evaluate(expression.of, bits);
    case "and":
      return expression.of.every((part) => evaluate(part, bits));
    case "or":
      return expression.of.some((part) => evaluate(part, bits));
  }
}
