/**
 * Which names of models, tables, functions and services denote an audit trail. The core decides what a call does with it;
 * these tables only say what the name means.
 *
 * A phrase is a run of words; `a|b` takes either. Each entry carries names that it meets and names close by that
 * `isAuditName` refuses; a test runs them all.
 */
export interface AuditPhrase {
  readonly phrase: string;
  readonly hits: readonly string[];
  readonly misses: readonly string[];
}

/** Things whose trails are about people and what they may do. */
const WHO = "user|users|admin|admins|account|accounts|member|staff|operator|moderator";
/** What a trail is kept in. */
const TRAIL = "log|logs|logger|trail|record|records|entry|entries|history|journal";

export const AUDIT_PHRASES: readonly AuditPhrase[] = [
  {
    phrase: "audit|audits|auditing|auditable",
    hits: [
      "audit",
      "AuditLog",
      "audit_logs",
      "auditTrail",
      "recordAuditEvent",
      "AuditService",
      "withAuditTrail",
      "webhookAuditLog",
      "auditEventBus",
    ],
    misses: ["auditor", "auditorId", "auditorium", "auditedBy"],
  },
  {
    phrase: "auditlog|auditlogs|auditlogger|auditlogging|audittrail|auditevent|auditevents|auditentry|papertrail",
    hits: ["auditlog", "auditlogs", "audittrail", "createAuditlog", "papertrail"],
    misses: ["auditorlog"],
  },
  {
    phrase: "actionlog|actionlogs|activitylog|activitylogs",
    hits: ["actionlog", "Actionlog", "activitylogs"],
    misses: ["actionlogo", "activity"],
  },
  {
    phrase: "trail|trails",
    hits: ["trail", "writeTrail", "eventTrail", "has_paper_trail"],
    misses: ["trailer", "trailing", "hikingTrail", "bike_trails"],
  },
  {
    phrase: `activity|activities ${TRAIL}|logging`,
    hits: ["activity_log", "ActivityLogger", "activityLogs", "ActivityHistory", "activityRecords"],
    misses: ["activity", "activities", "activityFeed", "stravaActivityLog", "workoutActivityRecord"],
  },
  {
    phrase: "log activity|activities",
    hits: ["logActivity", "log_activities"],
    misses: ["trackActivity", "recordActivity", "logLastActivity", "refreshActivity", "analyticsService.logActivity"],
  },
  {
    phrase: `${WHO}|login|auth|security activity|activities`,
    hits: ["userActivity", "admin_activities", "AccountActivity", "recordLoginActivity", "logUserActivity"],
    misses: ["lastUserActivity", "userActive", "activityUser", "userActivityFeed"],
  },
  {
    phrase: "event|events log|logs|journal|store",
    hits: ["event_log", "eventLogs", "EventStore", "eventJournal", "insertEventLog"],
    misses: ["logEvent", "eventEmitter", "eventBus", "calendarEvent", "webhookEventLog", "analyticsEventLog", "storeEvent", "onEvent"],
  },
  {
    phrase: `security event|events|incident|incidents|activity|${TRAIL}|logs`,
    hits: ["security_event", "securityLog", "logSecurityEvent", "SecurityIncident", "recordSecurityEvents"],
    misses: ["securityAlert", "securityConfig", "securityEventEmitter", "securityEmail", "eventSecurity"],
  },
  {
    phrase: `login|logins|signin attempt|attempts|event|events|${TRAIL}`,
    hits: ["login_history", "loginAttempt", "signin_attempts", "LoginRecord", "loginJournal"],
    misses: ["loginForm", "login", "loginEventHandler", "attemptLogin", "loginErrorLog"],
  },
  {
    phrase: "auth|authentication|authn|authz|authorization attempt|attempts|event|events|log|logs|logger|trail|history|journal",
    hits: ["auth_events", "AuthLog", "recordAuthEvent", "authenticationHistory"],
    misses: ["authToken", "authEventEmitter", "authErrorLog", "authRecord"],
  },
  {
    phrase: "sign|log in|on attempt|attempts|event|events|log|logs|history|record|records",
    hits: ["signInLog", "sign_in_attempts", "logInHistory"],
    misses: ["signIn", "logIn", "signInForm", "signInHandler"],
  },
  {
    phrase: "failed login|logins|signin|signins|authentication|authentications",
    hits: ["FailedLogin", "failed_logins", "failedAuthentications"],
    misses: ["loginFailed", "failedJob", "failedLoginMessage", "failedLoginEmail"],
  },
  {
    phrase: `${WHO}|operation|action|actions|moderation|mod log|logs|logger|trail|journal`,
    hits: ["adminLog", "operation_log", "modLogs", "action_log", "user_actions_log", "staffActionLogger"],
    misses: ["userLogin", "userLogo", "userLogsOut", "logUserIn", "transactionLog"],
  },
  {
    phrase: "sys|oper|opt|operate log|logs|record",
    hits: ["SysLog", "sysOperLog", "OptLog", "operate_record"],
    misses: ["syslog", "systemLog", "sysLogin", "operatorLogo", "optLogin"],
  },
  {
    phrase: `log|record ${WHO}|moderation action|actions|operation|event|events`,
    hits: ["logUserAction", "recordAdminAction", "log_staff_action", "logAccountEvent"],
    misses: ["logUserOut", "createUserAction", "userAction", "logAction", "recordEvent"],
  },
  {
    // What a user did in the product (read, searched, requested) is called user history as well.
    phrase: "admin|admins|staff|operator|moderator|security|permission|permissions|role|roles history|histories",
    hits: ["admin_history", "roleHistory", "permission_histories"],
    misses: ["history", "userHistory", "orderHistory", "browserHistory", "useHistory", "passwordHistory", "chat_history"],
  },
];

/** Phrases that take a name back, unless it says `audit` itself. */
export const OTHER_TRAILS: readonly AuditPhrase[] = [
  {
    phrase: "event|events emitter|bus|handler|handlers|listener|listeners|dispatcher|queue|stream|source|target|broker|hub",
    hits: ["securityEventEmitter", "authEventBus", "loginEventHandler"],
    misses: ["securityEventLog"],
  },
  {
    phrase: "analytics|calendar|integration|integrations|metric|metrics|telemetry|tracking|webhook|webhooks|tracing|click|clicks",
    hits: [
      "analyticsEventLog",
      "calendar_event_log",
      "metricsEventStore",
      "webhookEventLogs",
      "integrationEventStore",
      "analyticsService.logActivity",
    ],
    misses: ["loginEventLog"],
  },
  {
    phrase:
      "access|build|chat|console|crash|cron|debug|delivery|deploy|deployment|email|error|errors|git|http|job|mail|query|request|sms|task|worker event|events|activity|activities|action|actions",
    hits: ["buildEventLog", "emailActivityLog", "jobActionLogs", "requestEventStore"],
    misses: ["adminEventLog", "userErrorAuditEvents"],
  },
  {
    phrase: "feed|feeds|strava|workout|fitness|sport|sports|heartbeat",
    hits: ["stravaActivityLog", "userActivityFeed", "workout_activity_log"],
    misses: ["memberActivityLog"],
  },
  {
    phrase: "hiking|bike|cycling|mountain|running trail|trails",
    hits: ["hikingTrail", "mountainTrails"],
    misses: ["runningAuditTrail"],
  },
  {
    phrase: `last|latest ${WHO} activity`,
    hits: ["lastUserActivity", "updateLastAccountActivity"],
    misses: ["lastUserActivityLog2Audit"],
  },
  {
    phrase: `${WHO} logs|log in|out|off`,
    hits: ["userLogsOut", "adminLogIn"],
    misses: ["adminLog"],
  },
  {
    phrase: "message|messages|email|emails|template|form|page|modal|dialog|screen",
    hits: ["failedLoginMessage", "FailedLoginEmail", "loginHistoryPage"],
    misses: ["loginHistory"],
  },
];

/** Audits of something else than what people did. These take the word `audit` back as well. */
export const OTHER_AUDITS: readonly AuditPhrase[] = [
  {
    phrase: "npm|yarn|pnpm|bundle|lighthouse|seo|accessibility|a11y|performance|dependency|dependencies|package|packages audit|audits",
    hits: ["npmAudit", "lighthouseAudits", "runSEOAudit", "accessibility_audit"],
    misses: ["packageDeletedAudit"],
  },
  {
    phrase: "audit dependencies|packages|seo|performance|accessibility",
    hits: ["auditDependencies", "auditSEO"],
    misses: ["auditPackageDelete"],
  },
];

/** First words of functions that read, shape, watch or thin out a trail instead of adding to it. */
const NO_WRITE: ReadonlySet<string> = new Set(
  (
    "as build can clear compare compute configure convert count delete destroy disable display download enable export " +
    "extract fetch filter find format from generate get group has init initialize is list load make map merge normalize " +
    "of off on paginate parse prune purge query read remove render row search select set setup should show sort " +
    "subscribe to transform truncate unsubscribe use validate view"
  ).split(" "),
);

/**
 * Whether the words of a name (see `splitWords`) denote an audit trail. For a call, the words of receiver and method
 * together say more: `logActivity` does, `analytics.logActivity` does not.
 */
export function isAuditName(words: readonly string[]): boolean {
  if (!AUDIT_PHRASES.some((one) => holds(words, one))) return false;
  if (OTHER_AUDITS.some((one) => holds(words, one))) return false;
  return words.some((word) => word.startsWith("audit") && word !== "auditor") || !OTHER_TRAILS.some((one) => holds(words, one));
}

/**
 * Whether a function of this name adds nothing to a trail: `getAuditLogs`, `purge_audit_log`, `buildAuditEvent`. Says
 * nothing of what it is called on: ask `isAuditName` as well. `buildAndLogAuditEvent` does add.
 */
export function addsNothing(words: readonly string[]): boolean {
  const and = words.indexOf("and");
  return NO_WRITE.has(words[0] ?? "") && (and === -1 || addsNothing(words.slice(and + 1)));
}

/**
 * Whether a function of this name logs an event of its own kind: `logUserEvent`, `createLogOrganizationUserEvents`. What it stores
 * is a row of a trail; where it stores nothing, the name alone says too little (`logScreenEvent` of analytics). `least`: words
 * that the name must have; two (`log_event`) are enough only where a row is seen to be saved.
 */
export function logsEvents(words: readonly string[], least = 3): boolean {
  const bare = words.filter((word, i) => !(i === words.length - 1 && INNER.has(word)));
  const from = ["create", "write", "add", "and"].includes(bare[0] ?? "") ? 1 : 0;
  return (
    bare.length - from >= least &&
    ["log", "record"].includes(bare[from]!) &&
    /^events?$/.test(bare.at(-1)!) &&
    !OTHER_TRAILS.some((one) => holds(words, one))
  );
}

/** What a name ends in that stands for how it is called: `log_event_impl`. */
const INNER: ReadonlySet<string> = new Set(["async", "impl", "inner", "internal"]);

/** Whether the phrase stands among the words. */
export function holds(words: readonly string[], { phrase }: AuditPhrase): boolean {
  const steps = stepsOf(phrase);
  return words.some((_, at) => steps.every((step, offset) => step.has(words[at + offset] ?? "")));
}

const compiled = new Map<string, readonly ReadonlySet<string>[]>();

function stepsOf(phrase: string): readonly ReadonlySet<string>[] {
  let steps = compiled.get(phrase);
  if (steps === undefined) compiled.set(phrase, (steps = phrase.split(" ").map((step) => new Set(step.split("|")))));
  return steps;
}
