import { entryOf, numberOf } from "../frameworks/reading.ts";
import type { Expr } from "../ir/nodes.ts";
import { isLoggerReceiver } from "./by-name.ts";
import { comesFrom } from "./leveled.ts";
import type { CallView, Level, Logger, Proposal, RecordFact } from "./logger.ts";
import { levelOf } from "./message.ts";
import { eventText, fieldsText, quoted } from "./write.ts";

/** Keys of a LogRecord, one of which must stand there. */
const KEYS = ["body", "attributes", "severityNumber", "severityText", "eventName"] as const;

/** First SeverityNumber of each level: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const SEVERITIES: readonly (readonly [from: number, level: Level])[] = [
  [21, "fatal"],
  [17, "error"],
  [13, "warn"],
  [9, "info"],
  [5, "debug"],
  [1, "trace"],
];

const NUMBERS: Readonly<Record<Proposal["level"], number>> = { info: 9, warn: 13, error: 17 };

export const opentelemetryLogs: Logger = {
  id: "opentelemetry-logs",
  title: "OpenTelemetry logs",
  docs: "https://opentelemetry.io/docs/specs/otel/logs/api/#emit-a-logrecord",
  languages: ["javascript"],
  enabledBy: { npm: ["@opentelemetry/api-logs", "@opentelemetry/sdk-logs"] },
  lineBreaks: "escaped",
  preference: 50,
  record,
  write: (line) => {
    const severity = `severityNumber: ${NUMBERS[line.level]}, severityText: ${quoted(line.level.toUpperCase())}`;
    return `${line.logger}.emit({ eventName: ${eventText(line)}, ${severity}, attributes: ${fieldsText(line)} })`;
  },
};

function record({ call, method, origin, receiver }: CallView): RecordFact | undefined {
  if (method !== "emit" || !(comesFrom(origin, [/^@opentelemetry\//]) || isLoggerReceiver(receiver))) return undefined;
  const [line] = call.args;
  if (line === undefined || KEYS.every((key) => entryOf(line, key) === undefined)) return undefined;
  const attributes = entryOf(line, "attributes");
  return {
    level: severityOf(line),
    says: [line],
    fields: attributes?.kind === "record" ? attributes : line,
  };
}

/** `SeverityNumber.WARN2` and `13` say the same; a record without severity is taken for info. */
function severityOf(line: Expr): Level {
  const severity = entryOf(line, "severityNumber");
  const number = numberOf(severity);
  if (number !== undefined) return SEVERITIES.find(([from]) => number >= from)?.[1] ?? "info";
  if (severity?.kind === "member" && severity.property !== null) {
    const level = levelOf({ ...severity, property: severity.property.replace(/[234]$/, "") });
    if (level !== undefined) return level;
  }
  const text = entryOf(line, "severityText");
  return (text === undefined ? undefined : levelOf(text)) ?? "info";
}
