import type { GroupValues } from "./episodes/alerts.ts";
import type { Runtime } from "./runtime.ts";
import type { Groups } from "./state/groups.ts";

/** Gives the number of a value of the event being judged; 0 for none. */
export type NumberSource = () => number;

/** One number for the values of several fields together; 0 where one is missing and `whole` is asked for. */
export function tupleSource(runtime: Runtime, sources: readonly NumberSource[], whole: boolean): NumberSource {
  const [first, ...others] = sources;
  if (first === undefined) return () => 0;
  const { pairs } = runtime;
  return others.reduce<NumberSource>((left, right) => {
    return () => {
      const a = left();
      const b = right();
      return whole && (a === 0 || b === 0) ? 0 : pairs.number(a, b);
    };
  }, first);
}

/**
 * The key of a group: one or two fields by the numbers of their values, more of them by the number of their tuple.
 */
export class GroupKey {
  a = 0;
  b = 0;
  readonly #runtime: Runtime;
  readonly #names: readonly string[];
  /** For each referred rule: where the two halves of the key come from. */
  readonly #halves: readonly (readonly [NumberSource, NumberSource])[];

  /** `sources`: for each referred rule, where each of the named fields comes from. */
  constructor(runtime: Runtime, names: readonly string[], sources: readonly (readonly NumberSource[])[]) {
    this.#runtime = runtime;
    this.#names = names;
    const nothing: NumberSource = () => 0;
    this.#halves = sources.map((fields) => {
      const [first, second] = fields;
      return fields.length > 2 ? [tupleSource(runtime, fields, false), nothing] : [first ?? nothing, second ?? nothing];
    });
  }

  /** Reads the key by the fields of one referred rule. */
  read(rule: number): void {
    const [first, second] = this.#halves[rule]!;
    this.a = first();
    this.b = second();
  }

  /** The number of one named field's value in the key of a group. */
  part(groups: Groups, group: number, index: number): number {
    if (this.#names.length <= 2) return groups.key(group, index === 0 ? 0 : 1);
    const text = this.#texts(groups, group)[index] ?? null;
    return text === null ? 0 : this.#runtime.interner.number(text);
  }

  /** Whether a field of the key is missing. Of a tuple this is not asked: it is a note, not a judgement. */
  hasNull(): boolean {
    return (this.#names.length > 0 && this.a === 0) || (this.#names.length === 2 && this.b === 0);
  }

  values(groups: Groups, group: number): GroupValues {
    const texts = this.#texts(groups, group);
    return Object.fromEntries(this.#names.map((name, index) => [name, texts[index] ?? null]));
  }

  hold(groups: Groups, group: number): void {
    this.#runtime.pairs.hold(groups.key(group, 0));
    this.#runtime.pairs.hold(groups.key(group, 1));
  }

  release(groups: Groups, group: number): void {
    this.#runtime.pairs.release(groups.key(group, 0));
    this.#runtime.pairs.release(groups.key(group, 1));
  }

  #texts(groups: Groups, group: number): readonly (string | null)[] {
    const { pairs } = this.#runtime;
    if (this.#names.length > 2) return pairs.texts(groups.key(group, 0));
    return [...pairs.texts(groups.key(group, 0)), ...pairs.texts(groups.key(group, 1))].slice(0, this.#names.length);
  }
}
