import type { RecordSink, Redactor } from "../../contract.ts";
import { SetupError } from "../../errors.ts";
import type { SafeRecord } from "../../record.ts";
import { createRedactor } from "../../redact/index.ts";
import type { EventLevel } from "@telltale/vocabulary";
import { jsonText } from "../../formats/characters.ts";
import { SinkCounter, sentence } from "../sink-counter.ts";
import { isWinston, LEVEL, MESSAGE } from "./internals.ts";
import type { WinstonFormat, WinstonInfo, WinstonLogger, WinstonTransport } from "./internals.ts";

/** Names of levels that stand for ours, the best first: npm's, syslog's, the CLI's and what applications call their own. */
const NAMES: Readonly<Record<EventLevel, readonly string[]>> = {
  INFO: ["info", "notice", "information"],
  WARN: ["warn", "warning"],
  CRITICAL: ["crit", "critical", "fatal", "error"],
};

/** How long `flush` waits for transports that do not say they are done, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Writes security records through the transports of the application's winston logger. The logger's formats are used, for their
 * shape and not for their opinion: neither the level of the logger or of a transport, nor `silent`, nor a format that filters can
 * drop a record. For that, each transport is taught once to take such a line as it is (its `_write` is wrapped), in its turn
 * among the application's lines. `level` is the nearest level that the logger has. A line carries the record's own names, and the
 * logger's `defaultMeta`, redacted, where the record has no field of that name; what a child logger adds stands in a closure and
 * is not reachable: pass the root.
 *
 * A logger that was closed or ended, or has no transport, cannot be written to: `stats` counts that. Throws a SetupError where
 * `logger` is no winston logger.
 */
export function winstonSink(logger: unknown, options: { readonly redactor?: Redactor } = {}): RecordSink {
  if (!isWinston(logger)) throw new SetupError("BAD_OPTION", { field: "logger", problem: "is not a winston logger" });
  const redactor = options.redactor ?? createRedactor();
  const counter = new SinkCounter();
  const flush = () => counter.settled(PATIENCE);
  return {
    write: (record) => write(logger, record, redactor, counter),
    flush,
    // winston has no way to wait for a transport without the event loop.
    flushSync: () => {},
    close: flush,
    stats: () => counter.stats(),
  };
}

function write(logger: WinstonLogger, record: SafeRecord, redactor: Redactor, counter: SinkCounter): void {
  try {
    const open = logger.transports.filter(isOpen);
    if (open.length === 0) return counter.drop("the winston logger has no open transport");
    const info = shaped(logger.format, infoOf(logger, record, redactor));
    const done = counter.begin();
    const fate: Fate = { left: open.length, reached: 0, done };
    for (const transport of open) send(transport, info, fate);
  } catch (error) {
    counter.drop(sentence(error));
  }
}

/** What became of one record at several transports: it is written where one of them took it. */
interface Fate {
  left: number;
  reached: number;
  readonly done: (trouble?: string) => void;
}

function send(transport: WinstonTransport, info: WinstonInfo, fate: Fate): void {
  const settle = (trouble?: string) => {
    fate.left--;
    if (trouble === undefined) fate.reached++;
    if (fate.left === 0) fate.done(fate.reached > 0 ? undefined : trouble);
  };
  let trouble: string | undefined;
  try {
    teach(transport);
    const sealed: Sealed = { line: transport.format ? shaped(transport.format, info) : info, failed: (why) => (trouble = why) };
    transport.write({ ...info, [SEALED]: sealed }, (error) => settle(error ? sentence(error) : trouble));
  } catch (error) {
    settle(sentence(error));
  }
}

function isOpen(transport: WinstonTransport): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- where readable-stream says that a stream is ending
  const state = transport._writableState;
  return !transport.destroyed && !transport.writableEnded && !state?.ending && !state?.destroyed;
}

function infoOf(logger: WinstonLogger, record: SafeRecord, redactor: Redactor): WinstonInfo {
  const { level, msg, time, ...fields } = record;
  const name = levelName(logger.levels, level);
  const defaults = redactor.value(logger.defaultMeta ?? {});
  const info: WinstonInfo = {
    ...(typeof defaults === "object" && defaults !== null && !Array.isArray(defaults) ? defaults : {}),
    ...fields,
    level: name,
    message: msg,
    event_level: level,
    timestamp: new Date(time).toISOString(),
  };
  info[LEVEL] = name;
  return info;
}

/** The level of the logger that comes nearest; the most severe one where it has none of these. */
function levelName(levels: Readonly<Record<string, number>>, level: EventLevel): string {
  const known = NAMES[level].find((name) => levels[name] !== undefined);
  if (known !== undefined) return known;
  return Object.keys(levels).reduce((best, name) => (levels[name]! < (levels[best] ?? Infinity) ? name : best), "error");
}

/** The line as a format makes it; where the format drops it, fails or leaves no text, the record's own JSON. */
function shaped(format: WinstonFormat | undefined, info: WinstonInfo): WinstonInfo {
  let made: WinstonInfo | boolean | undefined;
  try {
    made = format?.transform({ ...info }, format.options as never);
  } catch {
    // Counted as a format with an opinion: the line below stands in.
  }
  if (typeof made === "object" && made !== null && typeof made[MESSAGE] === "string") return made;
  return { ...info, [MESSAGE]: jsonText(info) };
}

/** A finished line among the objects that a transport is handed. */
interface Sealed {
  readonly line: WinstonInfo;
  readonly failed: (why: string) => void;
}
const SEALED = Symbol("telltale.sealed");
const taught = new WeakSet<WinstonTransport>();

/** Wraps the method that every line goes through, so that a sealed one passes by the level, `silent` and the format. */
function teach(transport: WinstonTransport): void {
  if (taught.has(transport)) return;
  taught.add(transport);
  /* oxlint-disable no-underscore-dangle -- the methods that a Writable is made of */
  const ordinary = transport._write;
  transport._write = function (this: WinstonTransport, info, encoding, done) {
    const sealed = info[SEALED as unknown as string] as Sealed | undefined;
    if (!sealed) return ordinary.call(this, info, encoding, done);
    try {
      unsilenced(this, () => hand(this, sealed.line, done));
    } catch (error) {
      sealed.failed(sentence(error));
      done();
    }
  };
  // Lines that waited come one by one then, through the method above.
  transport._writev = undefined;
  /* oxlint-enable no-underscore-dangle */
}

/** Some transports look at `silent` once more where they write. */
function unsilenced(transport: WinstonTransport, write: () => void): void {
  const { silent } = transport;
  if (!silent) return write();
  transport.silent = false;
  try {
    write();
  } finally {
    transport.silent = silent;
  }
}

function hand(transport: WinstonTransport, line: WinstonInfo, done: () => void): void {
  if (transport.log) transport.log(line, done);
  else if (transport.logv) transport.logv([{ chunk: line, callback: () => {} }], done);
  else if (transport.transport?.log) {
    transport.transport.log(line.level, line.message, line, () => {});
    done();
  } else throw new Error("a transport of the winston logger has no log method");
}
