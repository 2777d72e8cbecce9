import type { Finding } from "@telltale/scan";
import type { Fixer } from "./context.ts";
import { eventName } from "./event-name.ts";
import { incompleteLog } from "./incomplete-log.ts";
import { logInjection } from "./log-injection.ts";
import { missingLog } from "./missing-log.ts";
import { sensitiveData } from "./sensitive-data.ts";
import { stackTraceLeak } from "./stack-trace-leak.ts";
import { unprotectedLogger } from "./unprotected-logger.ts";

/** Every fixer, by file name. */
const fixers = [
  eventName,
  incompleteLog,
  logInjection,
  missingLog,
  sensitiveData,
  stackTraceLeak,
  unprotectedLogger,
] satisfies readonly Fixer[];

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
