import { missingFailureLog } from "./missing-failure-log.ts";
import { missingSecurityLog } from "./missing-security-log.ts";
import { missingSuccessLog } from "./missing-success-log.ts";
import type { Rule } from "./rule.ts";

export const rules = [missingSecurityLog, missingFailureLog, missingSuccessLog] satisfies readonly Rule[];
