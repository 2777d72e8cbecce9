import type { Finding } from "@telltale/scan";
import type { Fixer } from "./context.ts";
import { incompleteLog } from "./incomplete-log.ts";
import { missingLog } from "./missing-log.ts";
import { sensitiveData } from "./sensitive-data.ts";

/** Every fixer, by file name. */
const fixers = [incompleteLog, missingLog, sensitiveData] satisfies readonly Fixer[];

const byRule: ReadonlyMap<Finding["rule"], Fixer> = new Map(
  fixers.flatMap((fixer: Fixer) => fixer.rules.map((rule) => [rule, fixer] as const)),
);

export function fixerOf(rule: Finding["rule"]): Fixer | undefined {
  return byRule.get(rule);
}

/** Whether findings of a rule have a fix at all. */
export function isFixable(rule: Finding["rule"]): boolean {
  return byRule.has(rule);
}
