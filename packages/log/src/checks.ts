import { distance } from "fastest-levenshtein";
import { SetupError } from "./errors.ts";

/**
 * Checks of options, as tables. A schema library would do; but this package is loaded by every process that records an event,
 * and zod alone takes longer to load than all the rest of it.
 *
 * A check throws a SetupError that names the place; what is left out passes, unless it is `needed`.
 */
export type Check = (value: unknown, at: string) => void;

/** A value for which `fits` says yes; `must` finishes the sentence: `outputs[0].format must be …`. */
export function must(fits: (value: unknown) => boolean, text: string): Check {
  return (value, at) => {
    if (value !== undefined && !fits(value)) throw new SetupError("BAD_OPTION", { field: at, problem: `must be ${text}` });
  };
}

export const text = must((value) => typeof value === "string" && value !== "" && !value.includes("\0"), "a text that is not empty");
export const flag = must((value) => typeof value === "boolean", "true or false");
export const callback = must((value) => typeof value === "function", "a function");
export const anything: Check = () => undefined;

export function oneOf(...values: readonly unknown[]): Check {
  return must((value) => values.includes(value), prose(values.map(String)));
}

export function whole(from: number, to: number): Check {
  return must(
    (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
    `a whole number from ${from} to ${to}`,
  );
}

export function between(from: number, to: number): Check {
  return must((value) => typeof value === "number" && value >= from && value <= to, `a number from ${from} to ${to}`);
}

export function needed(check: Check): Check {
  return (value, at) => {
    if (value === undefined) throw new SetupError("BAD_OPTION", { field: at, problem: "is missing" });
    check(value, at);
  };
}

/** `a, b or c` */
function prose(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** The first check whose kind of value it is decides. */
export function either(...kinds: readonly (readonly [is: (value: unknown) => boolean, check: Check])[]): Check {
  return (value, at) => {
    if (value === undefined) return;
    const kind = kinds.find(([is]) => is(value)) ?? kinds.at(-1)!;
    kind[1](value, at);
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with these options and no others. */
export function options(table: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    if (value === undefined) return;
    if (!isObject(value)) throw new SetupError("BAD_OPTION", { field: at === "" ? "the options" : at, problem: "must be an object" });
    const names = Object.keys(table);
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(table, name)) throw new SetupError("UNKNOWN_OPTION", { field: below(at, name), hint: hint(name, names) });
    }
    for (const name of names) table[name]!(value[name], below(at, name));
  };
}

/** An object with names of the caller's own. */
export function mapOf(key: RegExp, keys: string, check: Check): Check {
  return (value, at) => {
    if (value === undefined) return;
    if (!isObject(value)) throw new SetupError("BAD_OPTION", { field: at, problem: "must be an object" });
    for (const [name, one] of Object.entries(value)) {
      if (!key.test(name)) throw new SetupError("BAD_OPTION", { field: below(at, name), problem: `the name must be ${keys}` });
      check(one, below(at, name));
    }
  };
}

/** A list with at least so many entries. */
export function listOf(check: Check, least = 1): Check {
  return (value, at) => {
    if (value === undefined) return;
    if (!Array.isArray(value) || value.length < least) {
      throw new SetupError("BAD_OPTION", { field: at, problem: least === 0 ? "must be a list" : "must be a list that is not empty" });
    }
    for (const [index, one] of value.entries()) needed(check)(one, `${at}[${index}]`);
  };
}

/** `; did you mean outputs?`, where one of the names is near, else what there is. */
function hint(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? `; there are ${names.join(", ")}` : `; did you mean ${near}?`;
}

/** The name that a misspelt one most likely stands for. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.min(3, Math.floor(name.length / 3)));
  let best: { readonly name: string; readonly far: number } | undefined;
  for (const one of names) {
    const far = distance(name.toLowerCase(), one.toLowerCase());
    if (far <= most && far < (best?.far ?? Infinity)) best = { name: one, far };
  }
  return best?.name;
}

function below(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
