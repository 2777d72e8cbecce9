/** Which values need not be told apart, and by what code tells them apart. */
import { freeNames } from "../ir/scope.ts";
import { TELLING_KEYS } from "./telling-keys.ts";
import { isRefusal, lookUp, type ClosureValue, type LiteralValue, type TextValue, type UnknownValue, type Value } from "./values.ts";

const keys = new WeakMap<Value, (string | undefined)[]>();

/** What a record says happened: the keys of its telling entries. */
export function tellingKey(value: Value): string {
  if (value.kind !== "record") return keyOf(value, 1);
  let key = tagOf(value);
  for (const [name, item] of value.entries) if (TELLING_KEYS.has(name)) key += `${name}:${keyOf(item, 1)},`;
  return key;
}

/** Equal keys: values that need not be told apart. */
export function keyOf(value: Value, depth = 3): string {
  // Most values are plain, and their keys cost less than a look into the memo.
  switch (value.kind) {
    case "unknown":
      return (
        (value.truthy ? "t" : "u") +
        (value.instead === undefined ? "" : `?${value.instead.slice(0, 60)}`) +
        (value.fault ? "!" : "") +
        (value.of === undefined ? "" : `c${identity(value.of)}`)
      );
    case "literal":
      return (
        (value.symbol ? ":" : "=") +
        (typeof value.value === "string" && value.value.length > 60 ? value.value.slice(0, 60) : String(value.value))
      );
    case "text":
      return `~${value.text.slice(0, 40)}`;
  }
  let known = keys.get(value);
  if (known === undefined) keys.set(value, (known = []));
  return (known[depth] ??= deepKey(value, depth));
}

/** Values never change, and the same ones meet wherever ways do: the keys of what holds other values are kept. */
function deepKey(value: Exclude<Value, UnknownValue | LiteralValue | TextValue>, depth: number): string {
  switch (value.kind) {
    case "list":
      return depth === 0 || value.items.length > 8 ? "l" : `[${value.items.map((item) => keyOf(item, depth - 1)).join(",")}]`;
    case "record":
      return depth === 0 || value.entries.size > 24
        ? "r"
        : `{${value.type ?? ""}${value.named ? "*" : ""}${[...value.entries].map(([key, item]) => `${key}:${keyOf(item, depth - 1)}`).join(",")}${value.open ? "…" : ""}}`;
    case "closure":
      return closureKey(value, depth);
    case "instance":
      return `i${value.name}${depth === 0 ? "" : `(${value.args.map((arg) => keyOf(arg, depth - 1)).join(",")})`}`;
    case "container":
      return `c${identity(value.of)}`;
    case "file":
      return `m${identity(value.file)}`;
  }
}

/** Two closures of one function are equal where what they captured is equal. */
export function closureKey(value: ClosureValue, depth: number): string {
  const key = `f${value.fns.map(identity).join("+")}`;
  if (value.env === null || depth <= 0) return key;
  let captured = "";
  for (const fn of value.fns) {
    for (const name of freeNames(fn)) {
      const bound = lookUp(value.env, name);
      if (bound === undefined) continue;
      const part = keyOf(bound, depth - 1);
      if (part !== "u" && part !== "t") captured += `${name}${part};`;
    }
  }
  return captured === "" ? key : `${key}@${captured}`;
}

/** The part of a value by which code tells ways apart; empty for all that is not told apart. */
export function tagOf(value: Value): string {
  switch (value.kind) {
    case "literal":
      return value.narrowed !== undefined
        ? ""
        : value.symbol || value.value === null || typeof value.value === "boolean"
          ? `${value.symbol ? ":" : "="}${String(value.value)}`
          : "";
    case "list":
      return value.tuple && value.items[0] !== undefined ? `[${tagOf(value.items[0])}${value.items.length}${lastTag(value.items)}` : "";
    case "record":
      return value.type === "good" || value.type === "bad" ? value.type : isRefusal(value) ? "!" : "";
    case "instance":
      if (value.answers !== undefined) return `@${value.answers.end.status ?? ""}${value.answers.end.kind ?? ""}`;
      return isRefusal(value) ? `!${value.name}` : "";
    default:
      return "";
  }
}

/** A tuple that does not begin with a symbol says by its last item whether there is an error. */
function lastTag([first, ...rest]: readonly Value[]): string {
  const last = rest.at(-1);
  return last === undefined || (first?.kind === "literal" && first.symbol) ? "" : tagOf(last);
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** A number that stands for the object within this process; never part of a result. */
export function identity(object: object): number {
  let id = identities.get(object);
  if (id === undefined) identities.set(object, (id = nextIdentity++));
  return id;
}
