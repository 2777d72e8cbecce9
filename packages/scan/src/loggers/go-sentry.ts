import { formatText, goFact } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { Level, Logger } from "./logger.ts";
import { quoted } from "./write.ts";

const SOURCES = [
  /^github\.com\/getsentry\/sentry-go/,
  /^github\.com\/(?:bugsnag\/bugsnag-go|rollbar\/rollbar-go|honeybadger-io\/honeybadger-go)/,
];
/** What reports → its level. https://docs.sentry.io/platforms/go/usage/ */
const REPORTS: Readonly<Record<string, Level>> = {
  CaptureException: "error",
  CaptureMessage: "info",
  CaptureEvent: "error",
  RecoverWithContext: "error",
  Notify: "error",
};

export const goSentry: Logger = {
  id: "go-sentry",
  title: "Sentry, Bugsnag, Rollbar for Go",
  docs: "https://docs.sentry.io/platforms/go/usage/",
  languages: ["go"],
  enabledBy: { go: SOURCES },
  preference: 95,
  record: ({ call, method, receiver, origin }) => {
    if (receiver.length === 0 || !Object.hasOwn(REPORTS, method)) return undefined;
    return comesFrom(origin, SOURCES) || receiver.includes("sentry") ? goFact(REPORTS[method], call.args) : undefined;
  },
  write: (line) => `${line.logger}.CaptureMessage(${line.details.length === 0 ? quoted(line.event) : `fmt.Sprintf(${formatText(line)})`})`,
};
