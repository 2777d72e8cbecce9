import type { RecordSink, Redactor } from "../contract.ts";
import { SetupError } from "../errors.ts";
import { consoleSink } from "./console/sink.ts";
import type { ConsoleLike } from "./console/console.ts";
import { isPino } from "./pino/internals.ts";
import { pinoSink } from "./pino/sink.ts";
import { isWinston } from "./winston/internals.ts";
import { winstonSink } from "./winston/sink.ts";

/**
 * The sink for whatever logger an application has: pino, winston or a console. `redactor` is for what the logger adds of its own
 * (bindings, default metadata). Throws a SetupError for anything else.
 */
export function loggerSink(logger: unknown, options: { readonly redactor?: Redactor; readonly field?: string } = {}): RecordSink {
  if (isPino(logger)) return pinoSink(logger, options);
  if (isWinston(logger)) return winstonSink(logger, options);
  if (isConsole(logger)) return consoleSink(logger);
  throw new SetupError("BAD_OPTION", { field: options.field ?? "logger", problem: "is neither a pino nor a winston logger nor a console" });
}

function isConsole(logger: unknown): logger is ConsoleLike {
  return (
    typeof logger === "object" &&
    logger !== null &&
    ["log", "error", "dir"].every((name) => typeof (logger as ConsoleLike)[name as "log"] === "function")
  );
}
