import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { pairsText } from "./ruby-write.ts";
import { messageText, withEvent } from "./write.ts";

/** Loggers are made by `SemanticLogger["Name"]`, or come with `include SemanticLogger::Loggable`. */
export const semanticLogger: Logger = {
  id: "semantic-logger",
  title: "Semantic Logger",
  docs: "https://logger.rocketjob.io/api.html",
  languages: ["ruby"],
  enabledBy: { rubygems: ["semantic_logger", "rails_semantic_logger"] },
  lineBreaks: "kept",
  preference: 12,
  record: leveled({
    origins: [/^SemanticLogger(?:\.|$)/],
    names: ["SemanticLogger", "logger"],
    levels: {
      measure_info: "info",
      measure_warn: "warn",
      measure_error: "error",
      measure_debug: "debug",
      measure_trace: "trace",
      measure_fatal: "fatal",
    },
  }),
  write: (line) =>
    `${line.logger}.${line.level}(${[messageText(line), pairsText(withEvent(line))].filter((part) => part !== "").join(", ")})`,
};
