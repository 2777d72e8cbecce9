import { applicationEvent } from "./application.ts";
import type { JsonFormat } from "./json-line.ts";
import { jsonFormat } from "./json-line.ts";
import { isFields } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";

/** What a JSON logger writes on every line, by which its lines are known. They differ in this alone; the facts are read the same way. */
interface Logger {
  readonly id: string;
  readonly description: string;
  readonly fits: (object: OpenFields) => boolean;
}

/** More special shapes first. */
const loggers: readonly Logger[] = [
  {
    id: "bunyan",
    description: "JSON lines of bunyan",
    fits: ({ v, level, name, hostname }) =>
      typeof v === "number" && typeof level === "number" && typeof name === "string" && typeof hostname === "string",
  },
  {
    id: "pino",
    description: "JSON lines of pino",
    fits: ({ level, time, msg, pid }) => typeof level === "number" && time !== undefined && (msg !== undefined || pid !== undefined),
  },
  {
    id: "elixir-json",
    description: "JSON lines of Elixir's LoggerJSON (basic, Google Cloud, Datadog)",
    fits: ({ severity, metadata, time, timestamp, message, syslog }) =>
      message !== undefined &&
      ((typeof severity === "string" && (isFields(metadata) || time !== undefined || timestamp !== undefined)) || isFields(syslog)),
  },
  {
    id: "winston",
    description: "JSON lines of winston and of others that write level and message",
    fits: ({ level, message }) => typeof level === "string" && message !== undefined,
  },
  { id: "json", description: "any other JSON lines, by the usual names of fields", fits: () => true },
];

/** The formats of lines that are one JSON object, written by a common logger. */
export function createApplicationFormats({ names }: ReadingFacts): readonly JsonFormat[] {
  return loggers.map(({ id, description, fits }) =>
    jsonFormat(id, description, fits, (object, facts) => applicationEvent(object, facts, names)),
  );
}
