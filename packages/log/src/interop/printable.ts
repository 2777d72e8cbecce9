import type { Redactor } from "../contract.ts";
import type { Json } from "../record.ts";

/** What a formatter (`%s`, `%d`, `%o`, `%j`) may be handed in the place of an argument. */
export type Printable = Json | bigint | undefined;

/**
 * An argument of a message, without secrets. It is judged alone, before it is put between other text: a token that touches a letter
 * of the template looks like a word. What prints itself (an error, a class with a `toString`) still does so under `%s`.
 */
export function printable(redactor: Redactor, value: unknown): Printable {
  switch (typeof value) {
    case "string":
      return redactor.text(value);
    case "number":
    case "boolean":
    case "bigint":
    case "undefined":
      return value;
    case "symbol":
      return redactor.text(String(value));
    case "function":
      return "[Function]";
    default:
      return value === null ? null : printableObject(redactor, value as object);
  }
}

function printableObject(redactor: Redactor, value: object): Json {
  const json = redactor.value(value);
  if (typeof json !== "object" || json === null || Array.isArray(json) || !printsItself(value)) return json;
  return Object.defineProperty({ ...json }, "toString", { value: () => ownText(redactor, value), enumerable: false });
}

function printsItself(value: object): boolean {
  try {
    // oxlint-disable-next-line typescript/unbound-method -- compared, never called
    const { toString } = value;
    return typeof toString === "function" && toString !== Object.prototype.toString;
  } catch {
    return false;
  }
}

function ownText(redactor: Redactor, value: object): string {
  try {
    return redactor.text(String(value));
  } catch {
    return "[object]";
  }
}

/** Most names of fields that are remembered; the names of an application are few, those that a caller makes up are not. */
const NAMES = 1_000;

/** Takes secrets out of names of fields: `{ [token]: 1 }`. */
export function nameRedactor(redactor: Redactor): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const text = redactor.text(name);
    if (known.size < NAMES) known.set(name, text);
    return text;
  };
}

/** The object itself where every name is harmless, else a copy. May throw where the object does. */
export function withSafeNames<T extends object>(object: T, safeName: (name: string) => string): T {
  for (const name in object) {
    if (safeName(name) !== name) {
      return Object.fromEntries(Object.entries(object).map(([one, value]): [string, unknown] => [safeName(one), value])) as T;
    }
  }
  return object;
}
