import { entryOf, stringOf } from "../frameworks/reading.ts";
import { levelNamed } from "./by-name.ts";
import { fieldsIn } from "./message.ts";
import type { Level, Logger } from "./logger.ts";
import { hashText } from "./ruby-write.ts";
import { messageText, withEvent } from "./write.ts";

interface Tracker {
  /** The constant that is called, dotted. */
  readonly name: string;
  readonly gem: string | RegExp;
  /** What reports, and its level where none is named. */
  readonly methods: Readonly<Record<string, Level>>;
}

/**
 * https://docs.sentry.io/platforms/ruby/usage/, https://docs.bugsnag.com/platforms/ruby/rails/reporting-handled-exceptions/,
 * https://docs.honeybadger.io/lib/ruby/getting-started/reporting-errors/, https://docs.rollbar.com/docs/ruby,
 * https://docs.airbrake.io/docs/platforms/ruby/, https://docs.appsignal.com/ruby/instrumentation/exception-handling.html,
 * https://docs.newrelic.com/docs/apm/agents/ruby-agent/api-guides/ruby-agent-api/, https://guides.rubyonrails.org/error_reporting.html
 */
const TRACKERS: readonly Tracker[] = [
  { name: "Sentry", gem: /^sentry-/, methods: { capture_exception: "error", capture_message: "info", capture_event: "error" } },
  { name: "Raven", gem: "sentry-raven", methods: { capture_exception: "error", capture_message: "info" } },
  { name: "Bugsnag", gem: "bugsnag", methods: { notify: "warn" } },
  { name: "Honeybadger", gem: "honeybadger", methods: { notify: "error", event: "info" } },
  {
    name: "Rollbar",
    gem: "rollbar",
    methods: { error: "error", warning: "warn", info: "info", critical: "fatal", debug: "debug", log: "error" },
  },
  { name: "Airbrake", gem: "airbrake", methods: { notify: "error", notify_sync: "error" } },
  { name: "Appsignal", gem: "appsignal", methods: { report_error: "error", send_error: "error", set_error: "error" } },
  { name: "NewRelic.Agent", gem: "newrelic_rpm", methods: { notice_error: "error", record_custom_event: "info" } },
  { name: "ExceptionNotifier", gem: "exception_notification", methods: { notify_exception: "error" } },
  { name: "Rails.error", gem: "rails", methods: { report: "error", unexpected: "error" } },
];

/** Error trackers of Ruby. */
export const rubyTrackers: Logger = {
  id: "ruby-trackers",
  title: "Error trackers for Ruby (Sentry, Bugsnag, Honeybadger, Rollbar, Airbrake, AppSignal, …)",
  docs: "https://docs.sentry.io/platforms/ruby/usage/",
  languages: ["ruby"],
  enabledBy: { rubygems: TRACKERS.map(({ gem }) => gem) },
  preference: 95,
  record: ({ call, method, receiver }) => {
    const name = receiver.join(".");
    const tracker = TRACKERS.find((one) => one.name === name && Object.hasOwn(one.methods, method));
    if (tracker === undefined || call.args.length === 0) return undefined;
    const options = call.args.findLast((arg) => arg.kind === "record");
    const written = stringOf(entryOf(options, "level", "severity"));
    const fields = entryOf(options, "extra", "context", "tags", "parameters") ?? fieldsIn(call.args);
    return {
      level: (written === undefined ? undefined : levelNamed(written)) ?? tracker.methods[method]!,
      says: call.args,
      ...(fields && { fields }),
    };
  },
  write: (line) => {
    const tracker = TRACKERS.find(({ name }) => name === line.logger.replaceAll("::", ".")) ?? TRACKERS[0]!;
    if (tracker.name !== "Sentry")
      return `${line.logger}.${Object.hasOwn(tracker.methods, line.level) ? line.level : Object.keys(tracker.methods)[0]}(${messageText(line)}, ${hashText(withEvent(line))})`;
    return `${line.logger}.capture_message(${messageText(line)}, level: :${line.level}, extra: ${hashText(withEvent(line))})`;
  },
};
