import { entryOf, stringOf } from "../frameworks/reading.ts";
import { levelNamed } from "./by-name.ts";
import type { Level, Logger } from "./logger.ts";
import { dictText, PYTHON_LEVELS } from "./python-write.ts";
import { messageText, quoted, withEvent } from "./write.ts";

/** What reports → its level where none is named. https://docs.sentry.io/platforms/python/usage/ */
const REPORTS: Readonly<Record<string, Level>> = { capture_exception: "error", capture_message: "info", capture_event: "error" };
/** The client before `sentry_sdk` had its own names. */
const RAVEN: Readonly<Record<string, Level>> = { captureException: "error", captureMessage: "error" };

export const pythonSentry: Logger = {
  id: "python-sentry",
  title: "Sentry for Python",
  docs: "https://docs.sentry.io/platforms/python/usage/",
  languages: ["python"],
  enabledBy: { pypi: ["sentry-sdk", "raven"], imports: ["sentry_sdk", "raven"] },
  preference: 95,
  record: ({ call, method, origin, receiver }) => {
    const isSentry = origin === "sentry_sdk" || origin.startsWith("sentry_sdk.") || receiver[0] === "sentry_sdk";
    const bare = Object.hasOwn(RAVEN, method) ? RAVEN[method] : undefined;
    const level = isSentry && Object.hasOwn(REPORTS, method) ? REPORTS[method] : bare;
    if (level === undefined || call.args.length === 0) return undefined;
    const options = call.args.at(-1);
    const written = stringOf(entryOf(options, "level") ?? call.args[1]);
    const fields = entryOf(options, "extras", "extra", "tags");
    return { level: (written === undefined ? undefined : levelNamed(written)) ?? level, says: call.args, ...(fields && { fields }) };
  },
  write: (line) =>
    `${line.logger}.capture_message(${messageText(line)}, level=${quoted(PYTHON_LEVELS[line.level])}, extras=${dictText(withEvent(line))})`,
};
