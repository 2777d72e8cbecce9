import type { Level, Logger } from "./logger.ts";
import { bracesText, levelGiven } from "./rust-levels.ts";

/** https://docs.sentry.io/platforms/rust/usage/ */
const REPORTS: Readonly<Record<string, Level>> = {
  capture_error: "error",
  capture_message: "info",
  capture_event: "error",
  capture_anyhow: "error",
};

export const rustSentry: Logger = {
  id: "rust-sentry",
  title: "Sentry for Rust",
  docs: "https://docs.sentry.io/platforms/rust/usage/",
  languages: ["rust"],
  enabledBy: { cargo: ["sentry", "sentry-core"] },
  preference: 95,
  record: ({ call, method }) =>
    Object.hasOwn(REPORTS, method) && call.args.length > 0
      ? { level: levelGiven(call.args) ?? REPORTS[method]!, says: call.args }
      : undefined,
  write: (line) =>
    `sentry::capture_message(&format!(${bracesText(line)}), sentry::Level::${line.level === "warn" ? "Warning" : line.level === "info" ? "Info" : "Error"})`,
};
