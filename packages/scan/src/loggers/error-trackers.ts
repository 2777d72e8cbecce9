import type { CallView, Level, Logger } from "./logger.ts";
import { comesFrom } from "./leveled.ts";
import { factOf, levelInArgs } from "./message.ts";
import { objectText, quoted } from "./write.ts";

/** One service that keeps the errors that the application hands to it. */
interface Tracker {
  readonly title: string;
  readonly docs: string;
  readonly npm: readonly (string | RegExp)[];
  /** What its client is called, in lower case without separators; the last words of the receiver. */
  readonly receivers: readonly string[];
  readonly methods: Readonly<Record<string, Level>>;
  /** The arguments of a call that reports `error` with the details of an object, both as source text. */
  readonly args: (error: string, details: string) => string;
}

const TRACKERS: readonly Tracker[] = [
  {
    title: "Bugsnag",
    docs: "https://docs.bugsnag.com/platforms/javascript/reporting-handled-errors/",
    npm: [/^@bugsnag\//, "bugsnag"],
    receivers: ["bugsnag", "bugsnagclient"],
    methods: { notify: "error" },
    args: (error, details) => `${error}, (event) => event.addMetadata("security", ${details})`,
  },
  {
    title: "Rollbar",
    docs: "https://docs.rollbar.com/docs/rollbarjs-configuration-reference",
    npm: ["rollbar"],
    receivers: ["rollbar"],
    methods: {
      debug: "debug",
      info: "info",
      log: "info",
      warn: "warn",
      warning: "warn",
      error: "error",
      critical: "fatal",
    },
    args: (error, details) => `${error}, ${details}`,
  },
  {
    title: "Honeybadger",
    docs: "https://docs.honeybadger.io/lib/javascript/guides/reporting-errors/",
    npm: [/^@honeybadger-io\//, "honeybadger"],
    receivers: ["honeybadger"],
    methods: { notify: "error", notifyAsync: "error" },
    args: (error, details) => `${error}, { context: ${details} }`,
  },
  {
    title: "Airbrake",
    docs: "https://github.com/airbrake/airbrake-js/tree/master/packages/node",
    npm: [/^@airbrake\//],
    receivers: ["airbrake"],
    methods: { notify: "error" },
    args: (error, details) => `{ error: ${error}, params: ${details} }`,
  },
  {
    title: "New Relic",
    docs: "https://docs.newrelic.com/docs/apm/agents/nodejs-agent/api-guides/nodejs-agent-api/",
    npm: ["newrelic"],
    receivers: ["newrelic"],
    methods: { noticeError: "error", recordLogEvent: "info" },
    args: (error, details) => `${error}, ${details}`,
  },
  {
    title: "Elastic APM",
    docs: "https://www.elastic.co/docs/reference/apm/agents/nodejs/agent-api",
    npm: ["elastic-apm-node", "@elastic/apm-rum"],
    receivers: ["apm", "elasticapm", "apmagent"],
    methods: { captureError: "error" },
    args: (error, details) => `${error}, { custom: ${details} }`,
  },
  {
    title: "Application Insights",
    docs: "https://learn.microsoft.com/azure/azure-monitor/app/api-custom-events-metrics",
    npm: ["applicationinsights", /^@microsoft\/applicationinsights-/],
    receivers: ["appinsights", "applicationinsights", "telemetryclient", "defaultclient"],
    methods: { trackException: "error", trackTrace: "info" },
    args: (error, details) => `{ exception: ${error}, properties: ${details} }`,
  },
  {
    title: "Google Cloud Error Reporting",
    docs: "https://cloud.google.com/error-reporting/docs/setup/nodejs",
    npm: ["@google-cloud/error-reporting"],
    receivers: ["errorreporting", "errorreporter"],
    methods: { report: "error" },
    args: (error, details) => `${error}, undefined, JSON.stringify(${details})`,
  },
  {
    title: "Raygun",
    docs: "https://raygun.com/documentation/language-guides/javascript/crash-reporting/node/",
    npm: ["raygun"],
    receivers: ["raygun", "raygunclient"],
    methods: { send: "error" },
    args: (error, details) => `${error}, ${details}`,
  },
];

export const errorTrackers: Logger = {
  id: "error-trackers",
  title: "Error trackers (Bugsnag, Rollbar, Honeybadger, Airbrake, New Relic, Elastic APM, …)",
  docs: TRACKERS[0]!.docs,
  languages: ["javascript"],
  enabledBy: { npm: TRACKERS.flatMap((tracker) => tracker.npm) },
  preference: 96,
  record: (view) => {
    const level = levelIn(view);
    return level === undefined ? undefined : factOf(levelInArgs(view.call.args) ?? level, view.call.args);
  },
  write: ({ logger, level, event, details }) => {
    const { methods, args } = trackerOf(logger);
    const method = Object.hasOwn(methods, level) ? level : Object.keys(methods)[0];
    return `${logger}.${method}(${args(`new Error(${quoted(event)})`, objectText(details))})`;
  },
};

function levelIn({ method, origin, receiver }: CallView): Level | undefined {
  if (receiver.length === 0) return undefined;
  const name = plain(receiver.at(-1)!);
  const fits = (one: Tracker) => one.receivers.includes(name) || comesFrom(origin, one.npm);
  return TRACKERS.find((one) => Object.hasOwn(one.methods, method) && fits(one))?.methods[method];
}

/** The tracker that a client of this name belongs to; the first of the table where the name tells nothing. */
function trackerOf(client: string): Tracker {
  const name = plain(client.slice(client.lastIndexOf(".") + 1));
  return TRACKERS.find((one) => one.receivers.includes(name)) ?? TRACKERS[0]!;
}

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
