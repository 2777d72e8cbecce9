/** What a method of the languages' own values does with the functions it is given. */
export type Native = "then" | "catch" | "finally" | "call" | "apply" | "bind" | "each";

/** Promises, function objects and collections: the same few shapes in every language. */
export const NATIVE: ReadonlyMap<string, Native> = new Map([
  ["then", "then"],
  ["catch", "catch"],
  ["finally", "finally"],
  ["call", "call"],
  ["apply", "apply"],
  ["bind", "bind"],
  ["forEach", "each"],
  ["each", "each"],
]);
