import type { Level, Logger } from "./logger.ts";
import { levelNamed } from "./by-name.ts";
import { joinedText } from "./php-write.ts";

/** What reports to a tracker → its level. https://docs.sentry.io/platforms/php/usage/, https://docs.bugsnag.com/platforms/php/laravel/#reporting-handled-errors */
const REPORTS: Readonly<Record<string, Level>> = {
  captureException: "error",
  captureMessage: "info",
  captureEvent: "error",
  captureLastError: "error",
  notifyException: "error",
  notifyError: "error",
  noticeError: "error",
};
/** Methods that are called so only here. */
const BARE = /^capture(?:Exception|Message|Event|LastError)$/;

export const phpTrackers: Logger = {
  id: "php-trackers",
  title: "Sentry, Bugsnag and others for PHP",
  docs: "https://docs.sentry.io/platforms/php/",
  languages: ["php"],
  enabledBy: {
    packagist: [/^sentry\//, /^bugsnag\//, /^rollbar\//, /^honeybadger-io\//],
    imports: [/\bSentry\\/, /\bBugsnag\\/, /\bRollbar\\/],
  },
  preference: 95,
  record: ({ call, method, receiver, origin }) => {
    const level = Object.hasOwn(REPORTS, method) ? REPORTS[method] : undefined;
    const isKnown = BARE.test(method) || /bugsnag|honeybadger|newrelic/i.test(`${origin} ${receiver.join(".")}`);
    const isRollbar = receiver[0] === "Rollbar" && levelNamed(method) !== undefined;
    if ((level === undefined || !isKnown) && !isRollbar) return undefined;
    if (call.args.length === 0 && method !== "captureLastError") return undefined;
    const severity = call.args[1];
    const named = severity?.kind === "call" && severity.callee.kind === "member" ? levelNamed(severity.callee.property ?? "") : undefined;
    return { level: named ?? level ?? levelNamed(method)!, says: call.args };
  },
  write: (line) => `\\Sentry\\captureMessage(${joinedText(line)})`,
};
