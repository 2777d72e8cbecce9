import { DOTNET_LEVELS, interpolated } from "./dotnet-write.ts";
import type { Level, Logger } from "./logger.ts";

/** What reports → its level where none is named. https://docs.sentry.io/platforms/dotnet/usage/ */
const REPORTS: Readonly<Record<string, Level>> = { CaptureException: "error", CaptureMessage: "info", CaptureEvent: "error" };
const LEVELS: Readonly<Record<string, string>> = { info: "Info", warn: "Warning", error: "Error" };

export const dotnetSentry: Logger = {
  id: "dotnet-sentry",
  title: "Sentry for .NET",
  docs: "https://docs.sentry.io/platforms/dotnet/usage/",
  languages: ["csharp"],
  enabledBy: { nuget: [/^Sentry\b/], imports: ["Sentry"] },
  preference: 95,
  record: ({ call, method, receiver }) => {
    const level = Object.hasOwn(REPORTS, method) ? REPORTS[method] : undefined;
    if (level === undefined || call.args.length === 0 || !/sentry|hub/i.test(receiver.at(-1) ?? "")) return undefined;
    const named = call.args[1]?.kind === "member" ? call.args[1].property : undefined;
    return { level: (typeof named === "string" ? DOTNET_LEVELS[named.toLowerCase()] : undefined) ?? level, says: call.args };
  },
  write: (line) => `SentrySdk.CaptureMessage(${interpolated(line)}, SentryLevel.${LEVELS[line.level]})`,
};
