import type { EventLevel } from "@telltale/vocabulary";
import type { RecordSink, Redactor } from "../../contract.ts";
import type { SafeRecord } from "../../record.ts";
import { createRedactor } from "../../redact/index.ts";
import { jsonText } from "../../formats/characters.ts";
import { SinkCounter, sentence } from "../sink-counter.ts";
import { METADATA, MULTI_TARGET, openPino } from "./internals.ts";
import type { OpenPino, PinoStream, PinoSymbols } from "./internals.ts";

/** Levels as pino counts. */
const LEVELS: Readonly<Record<EventLevel, number>> = { INFO: 30, WARN: 40, CRITICAL: 60 };
/** Passes every target of a transport but a silent one. */
const HIGHEST = 60;

/**
 * Writes security records to where the application's own pino logger writes, as lines of its shape: its level and time format, its
 * message key and nested key, its bindings (redacted; the record's own fields win).
 *
 * The line goes to the logger's destination directly. So nothing that decides over the application's lines decides over these: not
 * the logger's level (`silent` included), not `hooks` or `formatters.log` or a mixin, not the levels of a multistream: it is
 * told a level that every one of its streams takes (with `dedupe`: its highest). A transport with several targets filters in its
 * worker, by the level in the line: there lines carry level 60, and `event_level` says which level the event has. A target set to
 * `silent` in such a worker is the one thing that stays silent.
 *
 * Never throws. Lines that a destination refuses (closed, broken pipe, buffer full) are counted by `stats`. `close` flushes; the
 * destination stays the application's. Throws a SetupError where `logger` is no pino logger.
 */
export function pinoSink(logger: unknown, options: { readonly redactor?: Redactor } = {}): RecordSink {
  const sink = new PinoSink(logger, options.redactor ?? createRedactor());
  return {
    write: (record) => sink.write(record),
    flush: () => sink.flush(),
    flushSync: () => sink.flushSync(),
    close: () => sink.flush(),
    stats: () => sink.counter.stats(),
  };
}

class PinoSink {
  readonly counter = new SinkCounter();
  private readonly pino: OpenPino;
  private readonly symbols: PinoSymbols;
  private readonly redactor: Redactor;
  private readonly stream: PinoStream;
  private readonly timeOf: (milliseconds: number) => string;
  /** Bindings that were redacted last, by the text that they had: they change seldom. */
  private bindings: { readonly text: string; readonly safe: Readonly<Record<string, unknown>> } = { text: "", safe: {} };

  constructor(logger: unknown, redactor: Redactor) {
    const { pino, symbols } = openPino(logger, "logger");
    this.pino = pino;
    this.symbols = symbols;
    this.redactor = redactor;
    this.stream = pino[symbols.stream] as PinoStream;
    this.timeOf = timeFormat((pino[symbols.time] as () => string)());
    // SonicBoom says so when its buffer is full and a line is given up.
    this.stream.on?.("drop", () => this.counter.drop("the destination's buffer is full"));
  }

  write(record: SafeRecord): void {
    try {
      const { stream } = this;
      const closed = troubleOf(stream);
      if (closed !== undefined) return this.counter.drop(closed);
      const level = LEVELS[record.level];
      const line = this.line(record, isMultiTarget(stream) ? Math.max(level, HIGHEST) : level);
      if (stream[METADATA] === true) this.tell(stream, record, level);
      stream.write(line);
      this.counter.done();
    } catch (error) {
      this.counter.drop(sentence(error));
    }
  }

  private line(record: SafeRecord, level: number): string {
    const { pino, symbols } = this;
    const { time, level: eventLevel, msg, ...fields } = record;
    const messageKey = pino[symbols.messageKey] as string;
    const nestedKey = pino[symbols.nestedKey] as string | null | undefined;
    const own = { event_level: eventLevel, ...fields };
    const line = { ...this.safeBindings(), ...(nestedKey ? { [nestedKey]: own } : own), [messageKey]: msg };
    const head = (pino[symbols.lsCache] as Readonly<Record<number, string>>)[level] ?? `{"level":${level}`;
    return `${head}${this.timeOf(time)},${jsonText(line).slice(1, -1)}${pino[symbols.end] as string}`;
  }

  /** Members of the logger's bindings; those that are no JSON are left out. */
  private safeBindings(): Readonly<Record<string, unknown>> {
    const text = this.pino[this.symbols.chindings] as string;
    if (text !== this.bindings.text) {
      let safe = {};
      try {
        safe = this.redactor.value(JSON.parse(`{${text.slice(1)}}`)) as object;
      } catch {
        // A serializer of the application wrote something else.
      }
      this.bindings = { text, safe: safe as Readonly<Record<string, unknown>> };
    }
    return this.bindings.safe;
  }

  private tell(stream: PinoStream, record: SafeRecord, level: number): void {
    stream.lastLevel = Math.max(level, highestOf(stream));
    stream.lastTime = String(record.time);
    stream.lastObj = record;
    stream.lastMsg = record.msg;
    stream.lastLogger = this.pino;
  }

  flush(): Promise<void> {
    const { stream } = this;
    return new Promise((resolve, reject) => {
      const trouble = troubleOf(stream);
      if (trouble !== undefined) return reject(new Error(trouble));
      if (typeof stream.flush === "function") return stream.flush((error) => (error ? reject(error) : resolve()));
      this.flushSync();
      resolve();
    });
  }

  flushSync(): void {
    try {
      this.stream.flushSync?.();
    } catch {
      // A destination that is not open yet; what it was handed it writes when it is.
    }
  }
}

/** Why a destination takes no more lines. pino silences one whose reader is gone by replacing its `write`. */
function troubleOf(stream: PinoStream): string | undefined {
  if (stream.destroyed === true || stream.writable === false) return "the logger's destination is closed";
  return stream.write.name === "noop" ? "the reader of the logger's destination is gone" : undefined;
}

/** The highest level that a stream of a multistream, or of one in it, asks for. */
function highestOf(stream: PinoStream): number {
  return (stream.streams ?? []).reduce((highest, one) => Math.max(highest, one.level, highestOf(one.stream)), 0);
}

function isMultiTarget(stream: PinoStream): boolean {
  return (stream as unknown as Readonly<Record<symbol, unknown>>)[Symbol.for(MULTI_TARGET)] === true;
}

/** `sample`: what the logger's own function of time gives (`,"time":1700000000000`), which has a name and a form but no argument. */
function timeFormat(sample: string): (milliseconds: number) => string {
  const [, name, value] = /^,"([^"]+)":(.+)$/s.exec(sample) ?? [];
  if (name === undefined || value === undefined) return sample === "" ? () => "" : (ms) => `,"time":${ms}`;
  if (/^\d{10}$/.test(value)) return (ms) => `,"${name}":${Math.round(ms / 1000)}`;
  if (value.startsWith('"')) return (ms) => `,"${name}":"${new Date(ms).toISOString()}"`;
  return (ms) => `,"${name}":${ms}`;
}
