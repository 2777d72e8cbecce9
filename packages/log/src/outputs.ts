import type { Format, FormatId, LineSink, RecordSink, Redactor, SinkStats } from "./contract.ts";
import { SetupError } from "./errors.ts";
import { createSealer } from "./evidence/sealer.ts";
import type { Beginning, ChainOptions, Sealer } from "./evidence/sealer.ts";
import { createFormats, formats, levels } from "./formats/index.ts";
import type { FormatOptions } from "./formats/index.ts";
import { loggerSink } from "./interop/logger-sink.ts";
import { otelSink } from "./interop/otel/otel.ts";
import type { OtelLogger, OtelLoggerProvider } from "./interop/otel/otel.ts";
import type { SafeRecord } from "./record.ts";
import type { BufferOptions, Loss, SinkParts } from "./sinks/delivery.ts";
import { createDescriptorSink } from "./sinks/descriptor.ts";
import type { FileOptions } from "./sinks/file-options.ts";
import { createFileSink } from "./sinks/file.ts";
import { createStreamSink } from "./sinks/stream.ts";
import type { PinoStream } from "./sinks/stream.ts";

/** One place that records go to: at most one of `file`, `stream`, `logger` and `otel`. Without any, standard output. */
export interface OutputOptions extends FormatOptions, BufferOptions {
  /** Default: `json`. Not with `logger` and `otel`, which have forms of their own. */
  readonly format?: FormatId;
  /** A durable file: its path, or more about it. */
  readonly file?: string | FileOptions;
  /** A pino destination or transport, any `Writable`, or a standard stream by its name. */
  readonly stream?: PinoStream | "stdout" | "stderr";
  /** The application's own logger: pino, winston or a console. */
  readonly logger?: object;
  /** A logger or logger provider of `@opentelemetry/api-logs`. */
  readonly otel?: OtelLogger | OtelLoggerProvider;
  /** Seals each line into a hash chain that `telltale verify` checks. Default: false. */
  readonly chain?: boolean | ChainOptions;
}

/** An output at work. Nothing in it throws, but `flush`, which rejects where something could not be written. */
export interface Output extends Omit<RecordSink, "write"> {
  /** For people: `file logs/security.log`. */
  readonly name: string;
  readonly write: (record: SafeRecord) => void;
  /** How its chain began, where it has one. */
  readonly beginning: () => Beginning | undefined;
  /** Makes the next line a checkpoint of the chain: the last one of a run. */
  readonly signNext: () => void;
}

/** What the log tells its outputs. */
export interface OutputParts {
  readonly redactor: Redactor;
  /** Lines were lost, and the destination works again. */
  readonly onRecovered: (output: string, loss: Loss) => void;
  /** A chain wants a line to sign, since none came for a while. */
  readonly onIdle: () => void;
}

/** Opens every output. Throws a SetupError for the first that cannot be; those opened before it are closed. */
export function openOutputs(given: OutputOptions | readonly OutputOptions[] | undefined, parts: OutputParts): readonly Output[] {
  const several = Array.isArray(given);
  const list: readonly OutputOptions[] = given === undefined ? [{}] : several ? given : [given as OutputOptions];
  const opened: Output[] = [];
  try {
    for (const [index, options] of list.entries()) opened.push(open(options, several ? `outputs[${index}]` : "outputs", parts));
  } catch (error) {
    for (const output of opened) void output.close();
    throw error;
  }
  return opened;
}

/** Options that lead somewhere; a second one would be a place that gets nothing. */
const PLACES = ["file", "stream", "logger", "otel"] as const;

/** Options about lines; loggers and OpenTelemetry are given records. */
const OF_LINES = ["format", "chain", "bufferSize", "whenFull", "ocsfVersion", "vendor", "facility", "enterpriseNumber", "appName"] as const;

function open(options: OutputOptions, field: string, parts: OutputParts): Output {
  const places = PLACES.filter((place) => options[place] !== undefined);
  if (places.length > 1) {
    throw new SetupError("BAD_OPTION", {
      field,
      problem: `has ${places.join(" and ")}; each output is one place, and \`outputs\` may be a list`,
    });
  }
  const { logger, otel } = options;
  if (logger === undefined && otel === undefined) return lines(options, field, parts);
  const wrong = OF_LINES.find((name) => options[name] !== undefined);
  if (wrong !== undefined)
    throw new SetupError("BAD_OPTION", { field: `${field}.${wrong}`, problem: `is for lines, and ${places[0]} takes records` });
  const sink = otel === undefined ? loggerSink(logger, { redactor: parts.redactor, field: `${field}.logger` }) : otelSink(otel);
  return { ...sink, name: places[0]!, beginning: () => undefined, signNext: () => undefined };
}

function lines(options: OutputOptions, field: string, parts: OutputParts): Output {
  const format = createFormats(options)[options.format ?? "json"];
  const sealer = sealerFor(options.chain, format, field, parts);
  const name = nameOf(options);
  const sink = openSink(options, {
    field: `${field}.${options.file === undefined ? "stream" : "file"}`,
    sealer,
    onRecovered: (loss) => parts.onRecovered(name, loss),
  });
  return {
    name,
    write: (record) => sink.write(format.line(record), levels[record.level].pino),
    flush: sink.flush,
    flushSync: sink.flushSync,
    close: sink.close,
    stats: (): SinkStats => sink.stats(),
    beginning: () => sealer?.beginning(),
    signNext: () => sealer?.signNext(),
  };
}

function sealerFor(chain: OutputOptions["chain"], format: Format, field: string, parts: OutputParts): Sealer | undefined {
  if (chain === undefined || chain === false) return undefined;
  return createSealer(chain === true ? {} : chain, {
    field: `${field}.chain`,
    format,
    readers: Object.values(formats),
    heartbeat: parts.onIdle,
  });
}

function openSink(options: OutputOptions, parts: SinkParts): LineSink {
  const { file, stream = "stdout", bufferSize, whenFull } = options;
  if (file !== undefined)
    return createFileSink({ ...given({ bufferSize, whenFull }), ...(typeof file === "string" ? { path: file } : file) }, parts);
  if (stream === "stdout" || stream === "stderr") return createDescriptorSink(stream === "stdout" ? 1 : 2, options, parts);
  return createStreamSink(stream, options, parts);
}

/** Without what was left out, which would hide a default. */
function given(buffer: BufferOptions): BufferOptions {
  return Object.fromEntries(Object.entries(buffer).filter(([, value]) => value !== undefined));
}

function nameOf({ file, stream = "stdout" }: OutputOptions): string {
  if (file !== undefined) return `file ${typeof file === "string" ? file : file.path}`;
  return typeof stream === "string" ? stream : "stream";
}
