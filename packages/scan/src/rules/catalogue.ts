import type { RuleId } from "../report/result.ts";
import type { RuleFacts } from "./pages/facts.ts";
import { debugOnlySecurityLog } from "./pages/debug-only-security-log.ts";
import { incompleteSecurityLog } from "./pages/incomplete-security-log.ts";
import { inconsistentEventName } from "./pages/inconsistent-event-name.ts";
import { logAfterCommit } from "./pages/log-after-commit.ts";
import { logBeforeOutcome } from "./pages/log-before-outcome.ts";
import { logInjection } from "./pages/log-injection.ts";
import { missingFailureLog } from "./pages/missing-failure-log.ts";
import { missingSecurityLog } from "./pages/missing-security-log.ts";
import { missingSuccessLog } from "./pages/missing-success-log.ts";
import { sensitiveDataInLog } from "./pages/sensitive-data-in-log.ts";
import { stackTraceLeak } from "./pages/stack-trace-leak.ts";
import { swallowedSecurityError } from "./pages/swallowed-security-error.ts";
import { unprotectedLogger } from "./pages/unprotected-logger.ts";

export type { RuleExample, RuleFacts } from "./pages/facts.ts";
export { traits } from "./traits.ts";
export type { RuleKind, RuleTraits } from "./traits.ts";

/** The rules in the order in which they are listed: what is missing, what a record says, what no line may say. */
export const catalogue: readonly RuleFacts[] = [
  missingSecurityLog,
  missingFailureLog,
  missingSuccessLog,
  incompleteSecurityLog,
  debugOnlySecurityLog,
  inconsistentEventName,
  logBeforeOutcome,
  logAfterCommit,
  swallowedSecurityError,
  sensitiveDataInLog,
  logInjection,
  unprotectedLogger,
  stackTraceLeak,
];

export const ruleIds: readonly RuleId[] = catalogue.map((rule) => rule.id);

export function ruleFacts(id: string): RuleFacts | undefined {
  return catalogue.find((rule) => rule.id === id);
}
