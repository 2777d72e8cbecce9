import pino from "pino";

export const logger = pino({
  level: process.env["LOG_LEVEL"] ?? "info",
  redact: ["req.headers.authorization", "req.headers.cookie", "*.password"],
});

/** Lines about who did what; they go to the same stream under a name of their own. */
export const securityLog = logger.child({ channel: "security" });
