import type { EventLevel } from "@telltale/vocabulary";
import type { RecordSink } from "../../contract.ts";
import { SetupError } from "../../errors.ts";
import type { SafeRecord } from "../../record.ts";
import { SinkCounter, sentence } from "../sink-counter.ts";
import { attributesOf } from "./attributes.ts";
import type { Attributes } from "./attributes.ts";
import { contextFor } from "./context.ts";
import type { OtelContext } from "./context.ts";

/** A log record as `Logger.emit` of @opentelemetry/api-logs takes it. Times are `[seconds, nanoseconds]` since 1970. */
export interface OtelLogRecord {
  eventName?: string;
  timestamp?: [number, number];
  observedTimestamp?: [number, number];
  severityNumber?: number;
  severityText?: string;
  body?: string;
  attributes?: Attributes;
  context?: OtelContext;
}

/** What of a logger of @opentelemetry/api-logs is used. `enabled` came in 0.2xx. */
export interface OtelLogger {
  readonly emit: (record: OtelLogRecord) => void;
  readonly enabled?: (options?: { context?: OtelContext; severityNumber?: number; eventName?: string }) => boolean;
}

/** What of a logger provider is used. `forceFlush` is the SDK's. */
export interface OtelLoggerProvider {
  readonly getLogger: (name: string, version?: string) => OtelLogger;
  readonly forceFlush?: () => Promise<unknown>;
}

export interface OtelSinkOptions {
  /** Attributes of one record at most. Default: 120; the SDK's own limit is 128 unless it is configured otherwise. */
  readonly attributeLimit?: number;
}

/**
 * Severity numbers of OpenTelemetry's log data model. CRITICAL is an event that asks for attention at once, not the end of a
 * process: 18 (ERROR2), where the model's appendix B puts syslog's Critical.
 */
const SEVERITY: Readonly<Record<EventLevel, number>> = { INFO: 9, WARN: 13, CRITICAL: 18 };

const SCOPE = "@telltale/log";

/**
 * Hands security records to OpenTelemetry: to a logger, or to a logger provider, which `flush` then flushes. The application keeps
 * the provider; `close` does not shut it down. What processors and exporters do later is theirs: `written` counts what was emitted.
 *
 * A minimum severity or sampling by trace cannot drop a record: where the logger says that it would, the record goes without
 * severity number (its text stays) and within a trace that is sampled. A logger that takes nothing at all, because no SDK is registered or it was
 * shut down, is counted as a loss. Throws a SetupError where `target` is neither a logger nor a provider.
 */
export function otelSink(target: OtelLogger | OtelLoggerProvider, options: OtelSinkOptions = {}): RecordSink {
  const provider = isProvider(target) ? target : undefined;
  const logger = isProvider(target) ? target.getLogger(SCOPE) : target;
  if (typeof logger?.emit !== "function") {
    throw new SetupError("BAD_OPTION", { field: "otel", problem: "is neither a logger nor a logger provider of @opentelemetry/api-logs" });
  }
  const limit = attributeLimit(options.attributeLimit);
  const counter = new SinkCounter();
  const flush = async () => void (await provider?.forceFlush?.());
  return {
    write: (record) => emit(logger, record, limit, counter),
    flush,
    // Exporters send over the network: nothing can be waited for without the event loop.
    flushSync: () => {},
    close: flush,
    stats: () => counter.stats(),
  };
}

function isProvider(target: OtelLogger | OtelLoggerProvider): target is OtelLoggerProvider {
  return typeof (target as Partial<OtelLoggerProvider> | undefined)?.getLogger === "function";
}

function attributeLimit(given: number | undefined): number {
  if (given === undefined) return 120;
  if (Number.isInteger(given) && given >= 40) return given;
  throw new SetupError("BAD_OPTION", { field: "otel.attributeLimit", problem: "is not a whole number of 40 or more" });
}

function emit(logger: OtelLogger, record: SafeRecord, limit: number, counter: SinkCounter): void {
  try {
    const made = otelRecord(record, limit);
    if (!takes(logger, made)) {
      delete made.severityNumber;
      if (!takes(logger, made)) return counter.drop("the OpenTelemetry logger takes no records: no SDK is registered, or it was shut down");
    }
    logger.emit(made);
    counter.done();
  } catch (error) {
    counter.drop(sentence(error));
  }
}

function takes(logger: OtelLogger, { context, severityNumber, eventName }: OtelLogRecord): boolean {
  return logger.enabled?.({ context, severityNumber, eventName }) ?? true;
}

function otelRecord(record: SafeRecord, limit: number): OtelLogRecord {
  const context = contextFor(record.request);
  return {
    eventName: record.event,
    timestamp: highResolution(record.time),
    observedTimestamp: highResolution(Date.now()),
    severityNumber: SEVERITY[record.level],
    severityText: record.level,
    body: record.msg,
    attributes: attributesOf(record, limit),
    ...(context && { context }),
  };
}

/** A plain number would be read as an offset from the start of the process where it is small. */
function highResolution(milliseconds: number): [number, number] {
  return [Math.floor(milliseconds / 1000), Math.round((milliseconds % 1000) * 1e6)];
}
