import { expect, test } from "vitest";
import { loggers } from "./index.ts";
import type { Logger, Proposal } from "./logger.ts";

/** The idiom of each library, as its own documentation writes it. */
const IDIOMS: readonly (readonly [id: string, logger: string, line: string])[] = [
  ["pino", "logger", 'logger.warn({ event: "authn_login_fail", userId, ip: req.ip }, "authn_login_fail")'],
  ["fastify-log", "req.log", 'req.log.warn({ event: "authn_login_fail", userId, ip: req.ip }, "authn_login_fail")'],
  ["winston", "logger", 'logger.warn("authn_login_fail", { event: "authn_login_fail", userId, ip: req.ip })'],
  ["nestjs-logger", "this.logger", 'this.logger.warn({ event: "authn_login_fail", userId, ip: req.ip })'],
  ["console", "console", 'console.warn(JSON.stringify({ event: "authn_login_fail", userId, ip: req.ip }))'],
  ["npmlog", "log", 'log.warn("security", "authn_login_fail", { event: "authn_login_fail", userId, ip: req.ip })'],
  ["telltale-log", "security", 'security.record("authn_login_fail", { userId })'],
  [
    "sentry",
    "Sentry",
    'Sentry.captureMessage("authn_login_fail", { level: "warning", extra: { event: "authn_login_fail", userId, ip: req.ip } })',
  ],
  ["error-trackers", "newrelic", 'newrelic.noticeError(new Error("authn_login_fail"), { userId, ip: req.ip })'],
  ["error-trackers", "apm", 'apm.captureError(new Error("authn_login_fail"), { custom: { userId, ip: req.ip } })'],
];

test.each(IDIOMS)("%s as %s", (id, logger, line) => {
  const proposal: Proposal = {
    logger,
    level: "warn",
    event: "authn_login_fail",
    details: [
      { name: "userId", value: "userId" },
      { name: "ip", value: "req.ip" },
    ],
  };
  const unit = loggers.find((one: Logger) => one.id === id);
  expect(unit?.write(proposal)).toBe(line);
});

test("names of details that are no identifiers are quoted, also where they equal their value", () => {
  const console = loggers.find((one: Logger) => one.id === "console");
  const details = [
    { name: "source.ip", value: "req.ip" },
    { name: "req.ip", value: "req.ip" },
  ];
  expect(console?.write({ logger: "console", level: "info", event: "x", details })).toBe(
    'console.info(JSON.stringify({ event: "x", "source.ip": req.ip, "req.ip": req.ip }))',
  );
});

test("@telltale/log is given what the event calls its details, and nothing that the request's context knows", () => {
  const details = [
    { name: "actor", value: "req.user.id" },
    { name: "target", value: "req.params.id" },
    { name: "outcome", value: '"success"' },
    { name: "ip", value: "req.ip" },
  ];
  const unit = loggers.find((one: Logger) => one.id === "telltale-log");
  const line = (event: string) => unit?.write({ logger: "security", level: "info", event, details });
  expect(line("user_deleted")).toBe('security.record("user_deleted", { userid: req.user.id, onuserid: req.params.id })');
  expect(line("authn_login_success")).toBe('security.record("authn_login_success", { userid: req.user.id, target: req.params.id })');
});

/** Words of a project, as each library takes them. */
const WORDED: readonly (readonly [id: string, logger: string, words: Partial<Proposal>, line: string])[] = [
  ["pino", "log", { eventKey: "action" }, 'log.warn({ action: "login-failed", userId }, "login-failed")'],
  ["pino", "log", { eventKey: "action", message: null }, 'log.warn({ action: "login-failed", userId })'],
  ["pino", "log", { eventKey: null, message: "Login failed" }, 'log.warn({ userId }, "Login failed")'],
  ["winston", "log", { eventKey: null }, 'log.warn("login-failed", { userId })'],
  ["winston", "log", { eventCode: "Audit.LOGIN" }, "log.warn(Audit.LOGIN, { event: Audit.LOGIN, userId })"],
  ["nestjs-logger", "log", { eventKey: null, message: "Login failed" }, 'log.warn({ message: "Login failed", userId })'],
  ["python-logging", "log", { eventKey: "event" }, 'log.warning("login-failed", extra={"event": "login-failed", "userId": userId})'],
  ["structlog", "log", { eventKey: "event", message: "Login failed" }, 'log.warning("login-failed", userId=userId)'],
  [
    "structlog",
    "log",
    { eventKey: "action", message: "Login failed" },
    'log.warning("Login failed", action="login-failed", userId=userId)',
  ],
  ["ruby-logger", "log", { eventKey: "action" }, 'log.warn({ action: "login-failed", userId: userId }.to_json)'],
  ["elixir-logger", "Logger", { eventKey: "action" }, 'Logger.warning(action: "login-failed", userId: userId)'],
  [
    "laravel-log",
    "Log",
    { eventKey: "action", message: "Login failed" },
    "Log::warning('Login failed', ['action' => 'login-failed', 'userId' => userId])",
  ],
  ["slog", "slog", { eventKey: "action" }, 'slog.Warn("login-failed", "action", "login-failed", "userId", userId)'],
  ["zap", "log", { message: "Login failed" }, 'log.Warn("Login failed", zap.Any("userId", userId))'],
  ["klog", "klog", { eventKey: null, message: "Login failed" }, 'klog.Warningf("event=login-failed userId=%v", userId)'],
  ["slf4j", "log", { eventKey: "action" }, 'log.warn("action={} userId={}", "login-failed", userId)'],
  ["microsoft-logging", "_log", { eventKey: "action" }, '_log.LogWarning("action={Action} userId={UserId}", "login-failed", userId)'],
];

test.each(WORDED)("%s of %s with %o", (id, logger, words, line) => {
  const details = [{ name: "userId", value: "userId" }];
  const unit = loggers.find((one: Logger) => one.id === id);
  expect(unit?.write({ logger, level: "warn", event: "login-failed", details, ...words })).toBe(line);
});
