/** The words that a value holds. */
import { TELLING_KEYS } from "./telling-keys.ts";
import type { Value } from "./values.ts";

/** Known words of a value: its text, the names it goes by, what it was built from; at most three levels deep. */
export function textsOf(value: Value, depth = 3): string[] {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string"
        ? [value.value]
        : typeof value.value === "number" && value.value >= 400
          ? [String(value.value)]
          : [];
    case "text":
      return [value.text];
    case "list":
      return depth === 0 ? [] : value.items.flatMap((item) => textsOf(item, depth - 1));
    case "record":
      return depth === 0 ? [] : [...value.entries].flatMap(([key, item]) => (TELLING_KEYS.has(key) ? textsOf(item, depth - 1) : []));
    case "instance":
      return depth === 0 ? [] : [value.name, ...value.args.flatMap((arg) => textsOf(arg, depth - 1))];
    case "unknown":
      return [
        ...(value.path === undefined ? [] : [value.path]),
        ...(value.instead === undefined ? [] : [value.instead]),
        ...(depth === 0 ? [] : (value.args ?? []).flatMap((arg) => textsOf(arg, depth - 1))),
      ];
    default:
      return [];
  }
}

/** Words that a record is sure to hold: literal text and constants by name, not what unknown calls were given. */
export function writtenIn(value: Value, depth = 3): string[] {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" ? [value.value] : [];
    case "text":
      return [value.text];
    case "list":
      return depth === 0 ? [] : value.items.flatMap((item) => writtenIn(item, depth - 1));
    case "record":
      return depth === 0 ? [] : [...value.entries].flatMap(([key, item]) => (TELLING_KEYS.has(key) ? writtenIn(item, depth - 1) : []));
    case "instance":
      return depth === 0 ? [] : [value.name, ...value.args.flatMap((arg) => writtenIn(arg, depth - 1))];
    case "unknown":
      return [
        ...(value.path !== undefined && value.args === undefined && /(?:^|\.)[A-Z][A-Za-z0-9_]+$/.test(value.path) ? [value.path] : []),
        ...(value.instead === undefined ? [] : [value.instead]),
      ];
    default:
      return [];
  }
}
