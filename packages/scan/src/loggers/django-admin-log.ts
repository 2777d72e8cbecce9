import type { Logger } from "./logger.ts";
import { keywordsText } from "./python-write.ts";
import { quoted } from "./write.ts";

/** Managers and methods that put a row into an admin's or an audit library's log. */
const ROWS: ReadonlySet<string> = new Set(["create", "log_action", "log_actions", "log_create", "bulk_create"]);
const METHODS: ReadonlySet<string> = new Set(["log_addition", "log_change", "log_deletion", "log_deletions"]);

/** The log of Django's admin, and of django-auditlog where a row is written by hand. */
export const djangoAdminLog: Logger = {
  id: "django-admin-log",
  title: "Django admin LogEntry",
  docs: "https://docs.djangoproject.com/en/stable/ref/contrib/admin/#logentry-objects",
  languages: ["python"],
  enabledBy: { pypi: ["django", "django-auditlog"], imports: [/^django(?:\.|$)/, /^auditlog(?:\.|$)/] },
  preference: 60,
  record: ({ call, method, receiver }) => {
    const isRow = ROWS.has(method) && receiver.includes("LogEntry");
    if (!isRow && !(METHODS.has(method) && receiver.length === 0)) return undefined;
    return call.args.length === 0
      ? undefined
      : { level: "audit", says: call.args, ...(call.args.at(-1)?.kind === "record" ? { fields: call.args.at(-1)! } : {}) };
  },
  write: (line) => `${line.logger}.create(change_message=${quoted(line.event)}${keywordsText(line.details)})`,
};
