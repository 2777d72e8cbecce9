import type { EventLevel } from "@telltale/vocabulary";
import type { RecordSink } from "../../contract.ts";
import { json } from "../../formats/json.ts";
import { SinkCounter, sentence } from "../sink-counter.ts";
import { methodBehind } from "./console.ts";
import type { ConsoleLike } from "./console.ts";

const METHOD: Readonly<Record<EventLevel, "log" | "error">> = { INFO: "log", WARN: "error", CRITICAL: "error" };

/**
 * Writes security records as JSON lines (format `json`) through a console: INFO by `log`, the others by `error`. For platforms that
 * collect what a function prints. A console under `redactConsole` is written to behind its redaction: records are redacted already.
 */
export function consoleSink(target: ConsoleLike = console as ConsoleLike): RecordSink {
  const counter = new SinkCounter();
  return {
    write: (record) => {
      try {
        const method = methodBehind(target, METHOD[record.level]) ?? methodBehind(target, "log");
        if (!method) return counter.drop("the console has no such method");
        method.call(target, json.line(record));
        counter.done();
      } catch (error) {
        counter.drop(sentence(error));
      }
    },
    flush: () => Promise.resolve(),
    flushSync: () => {},
    close: () => Promise.resolve(),
    stats: () => counter.stats(),
  };
}
