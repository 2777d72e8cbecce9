import { debugOnlySecurityLog } from "./debug-only-security-log.ts";
import { incompleteSecurityLog } from "./incomplete-security-log.ts";
import { inconsistentEventName } from "./inconsistent-event-name.ts";
import { logAfterCommit } from "./log-after-commit.ts";
import { logBeforeOutcome } from "./log-before-outcome.ts";
import { logInjection } from "./log-injection.ts";
import type { ContentRule } from "./scene.ts";
import { sensitiveDataInLog } from "./sensitive-data-in-log.ts";
import { stackTraceLeak } from "./stack-trace-leak.ts";
import { swallowedSecurityError } from "./swallowed-security-error.ts";
import { unprotectedLogger } from "./unprotected-logger.ts";

/** The rules about what is written, in the order of the catalogue. */
export const contentRules: readonly ContentRule[] = [
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
