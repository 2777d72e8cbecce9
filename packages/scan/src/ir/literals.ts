/** What an expression says as it stands. */
import type { Expr } from "./nodes.ts";

/** A string, or a template without holes. Atoms and symbols count. */
export function stringOf(expr: Expr | undefined): string | undefined {
  if (expr?.kind === "literal" && typeof expr.value === "string") return expr.value;
  if (expr?.kind !== "template") return undefined;
  return expr.parts.every((part) => typeof part === "string") ? expr.parts.join("") : undefined;
}

export function numberOf(expr: Expr | undefined): number | undefined {
  return expr?.kind === "literal" && typeof expr.value === "number" ? expr.value : undefined;
}

/** The value under a key of a record; the last one wins, as it does at run time. */
export function entryOf(expr: Expr | undefined, ...keys: readonly string[]): Expr | undefined {
  if (expr?.kind !== "record") return undefined;
  return expr.entries.findLast((entry) => entry.key !== null && keys.includes(entry.key))?.value;
}
