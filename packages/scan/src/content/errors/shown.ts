import type { FileIR, Span } from "../../ir/nodes.ts";
import type { Step } from "../../outcomes/way.ts";

/** Where an error came into the hands of the code. */
export interface Caught extends Span {
  readonly file: FileIR;
  /**
   * `any`: a catch of everything, an error handler, an error callback. `typed`: a catch of types that say what they are.
   * `value`: an error that a call gave back. `parameter`: handed to a function that is called with errors.
   * `given`: a plain parameter: what the function does with it is its callers' affair.
   */
  readonly sort: "any" | "typed" | "value" | "parameter" | "given";
  /** The name that it goes by. */
  readonly name: string;
  /** With `value`: the second of `{:error, reason}`. What can stand in a text there is a text of the application's own. */
  readonly isReason?: true;
  /** With `given`: which parameter. */
  readonly place?: number;
}

/** What a value holds of an error. */
export interface Shown {
  readonly what: "error" | "message" | "stack";
  readonly of: Caught;
  /** The code has found out that it is one whose text is meant to be read. */
  readonly told: boolean;
  readonly steps: readonly Step[];
}

export type Env = Map<string, readonly Shown[]>;

export function distinctShown(all: readonly Shown[]): readonly Shown[] {
  return all.length < 2 ? all : all.filter((one, i) => all.findIndex((other) => same(one, other)) === i);
}

const same = (a: Shown, b: Shown): boolean => a.of === b.of && a.what === b.what && a.told === b.told;

/** What holds where two ways meet. */
export function meet(envs: readonly Env[]): Env {
  const [first, ...rest] = envs;
  if (first === undefined) return new Map();
  const env: Env = new Map(first);
  for (const other of rest) {
    for (const [name, shown] of other) {
      const before = env.get(name);
      if (before !== shown) env.set(name, before === undefined ? shown : distinctShown([...before, ...shown]));
    }
  }
  return env;
}
