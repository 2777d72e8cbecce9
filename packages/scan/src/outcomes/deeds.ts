import { deedWords, writesFields } from "../actions/deeds.ts";
import type { Value } from "./values.ts";

/** Keys under which ORMs take the fields to write. */
const NESTED = new Set(["data", "$set", "set", "values", "update", "changes", "attrs", "params"]);

/** The words of a call that by its name and the fields it writes performs something sensitive. */
export function deedOf(path: string, args: readonly Value[]): readonly string[] | undefined {
  return deedWords(path, writesFields(path) ? args.flatMap((arg) => fieldsOf(arg, 1)) : []);
}

function fieldsOf(value: Value, depth: number): string[] {
  if (value.kind !== "record") return [];
  return [...value.entries].flatMap(([key, item]) => (key === "where" ? [] : depth > 0 && NESTED.has(key) ? [key, ...fieldsOf(item, depth - 1)] : [key]));
}
