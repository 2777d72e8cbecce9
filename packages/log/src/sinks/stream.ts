import { Writable } from "node:stream";
import type { LineSink, SinkStats } from "../contract.ts";
import { SetupError } from "../errors.ts";
import { Delivery } from "./delivery.ts";
import type { BufferOptions, SinkParts } from "./delivery.ts";

type Heard = (...args: readonly unknown[]) => void;

/** What pino writes to: a destination (SonicBoom), a transport (ThreadStream), a multistream, a Writable, or anything with `write`. */
export interface PinoStream {
  readonly write: (text: string) => unknown;
  readonly on?: (event: string, heard: Heard) => unknown;
  readonly off?: (event: string, heard: Heard) => unknown;
  readonly flush?: (done?: (error?: Error | null) => void) => unknown;
  readonly flushSync?: () => unknown;
  readonly destroyed?: boolean;
  lastLevel?: number;
}

/** Throws SetupError where nothing can be written to it, or where it is a transport that throws lines away by their level. */
export function createStreamSink(stream: PinoStream, options: BufferOptions, parts: SinkParts): LineSink {
  check(stream, parts.field);
  return new StreamSink(stream, options, parts);
}

function check(stream: PinoStream, field: string): void {
  if (typeof (stream as Partial<PinoStream> | undefined)?.write !== "function") {
    throw new SetupError("BAD_OPTION", { field, problem: "has no write(): pass a Writable, a pino destination or a pino transport" });
  }
  // pino reads each line in the worker, takes its level, and loses what is below a target's or what it cannot read (CEF, syslog, ECS).
  if ((stream as { [filtering]?: boolean })[filtering]) {
    const problem =
      "is a transport with several targets or a level, which loses lines by their level; give each target an output of its own";
    throw new SetupError("BAD_OPTION", { field, problem });
  }
}

/** https://github.com/pinojs/pino/blob/main/lib/symbols.js */
const filtering = Symbol.for("pino.transport.usesMultistream");
const metadata = Symbol.for("pino.metadata");

/** Above every level, below `silent`: a stream that chooses by level passes it on. */
const highestLevel = Number.MAX_SAFE_INTEGER;

class StreamSink implements LineSink {
  private readonly stream: PinoStream;
  private readonly parts: SinkParts;
  private readonly delivery: Delivery;
  /** Streams that tell by a callback when a line has left. */
  private readonly telling: Writable | undefined;
  private readonly choosesByLevel: boolean;
  /** Lines that left us and not yet the stream. */
  private pending = 0;
  private idle: (() => void)[] = [];
  private isWaiting = false;
  /** SonicBoom keeps what it could not write and tries again with the next line. */
  private isFailing = false;
  private isClosed = false;
  /** Why nothing can be written to it any more. */
  private end: Error | undefined;
  private readonly heard: readonly (readonly [string, Heard])[];

  constructor(stream: PinoStream, options: BufferOptions, parts: SinkParts) {
    this.stream = stream;
    this.parts = parts;
    this.telling = stream instanceof Writable ? stream : undefined;
    this.choosesByLevel = (stream as { [metadata]?: boolean })[metadata] === true;
    this.delivery = new Delivery({ put: (text) => this.put(text), ready: () => !this.isWaiting }, options, parts);
    this.heard = [
      ["drain", () => this.drained()],
      ["write", () => (this.isFailing = false)],
      ["error", (error) => this.failed(error)],
      ["close", () => this.failed(new Error("the stream is closed"))],
    ];
    for (const [event, heard] of this.heard) stream.on?.(event, heard);
    // An error that nobody listens for ends the process.
    for (const part of partsOf(stream)) part.on?.("error", (error) => this.delivery.note(error));
  }

  readonly write = (line: string, level: number): void => {
    if (this.isClosed) this.delivery.drop(1);
    else this.delivery.write(line, level);
  };

  private put(text: string): void {
    const { stream, telling } = this;
    if (this.end !== undefined || stream.destroyed === true) throw this.end ?? new Error("the stream is closed");
    if (this.choosesByLevel) stream.lastLevel = highestLevel;
    if (telling) {
      this.pending += 1;
      this.isWaiting = !telling.write(`${text}\n`, (error) => this.left(error));
    } else this.isWaiting = stream.write(`${text}\n`) === false && stream.on !== undefined;
    // A destination that writes at once fails at once, through its error event. Only one that is gone has lost the line.
    if (this.end !== undefined && !telling) throw this.end;
  }

  private left(error: Error | null | undefined): void {
    this.pending -= 1;
    if (error) this.delivery.lost(1);
    if (this.pending > 0) return;
    for (const done of this.idle.splice(0)) done();
  }

  private drained(): void {
    this.isWaiting = false;
    this.isFailing = false;
    this.delivery.drain(256);
  }

  private failed(error: unknown): void {
    this.isWaiting = false;
    const isGone = this.stream.destroyed === true || isClosedPipe(error);
    this.isFailing = true;
    if (isGone) this.end ??= error instanceof Error ? error : new Error(String(error));
    this.delivery.fail(this.end ?? error);
  }

  readonly flush = async (): Promise<void> => {
    while (this.delivery.stats().buffered > 0 && this.isWaiting && this.end === undefined) await this.settled();
    this.delivery.drainAll();
    const { buffered, trouble } = this.delivery.stats();
    if (buffered > 0 || this.end !== undefined) throw this.end ?? new Error(trouble);
    if (this.pending > 0) await new Promise<void>((done) => this.idle.push(done));
    else await flushed(this.stream);
  };

  /** The stream asked to wait: until it says that it takes more, or that it failed. */
  private settled(): Promise<void> {
    const { stream } = this;
    return new Promise((done) => {
      const events = ["drain", "error", "close"];
      const heard = () => {
        for (const event of events) stream.off?.(event, heard);
        done();
      };
      for (const event of events) stream.on?.(event, heard);
    });
  }

  readonly flushSync = (): void => {
    // Nobody can wait any more: what the stream does not take now is lost either way.
    for (let left = Infinity; left > this.delivery.stats().buffered && this.end === undefined;) {
      left = this.delivery.stats().buffered;
      this.isWaiting = false;
      this.delivery.drain(1);
    }
    this.flushStream();
  };

  private flushStream(): void {
    // SonicBoom's flushSync tries for ever while its file cannot be written.
    if (this.isFailing || this.end !== undefined) return;
    try {
      this.stream.flushSync?.();
    } catch (error) {
      // SonicBoom throws where it has nothing open yet, ThreadStream where its worker is gone.
      this.delivery.note(error);
    }
  }

  /** The stream stays open: it is the application's. */
  readonly close = async (): Promise<void> => {
    if (this.isClosed) return;
    try {
      await this.flush();
    } catch {
      this.flushSync();
    }
    this.isClosed = true;
    this.delivery.giveUp();
    this.parts.sealer?.close();
    // The listener for errors stays, for what the stream still holds.
    for (const [event, heard] of this.heard) if (event !== "error") this.stream.off?.(event, heard);
  };

  readonly stats = (): SinkStats => this.delivery.stats();
}

/** What has been handed to the stream has left it. */
function flushed(stream: PinoStream): Promise<void> {
  return new Promise((done, failed) => {
    const finish = (error?: unknown) => (error instanceof Error ? failed(error) : done());
    if (isSonicBoom(stream)) drainedOnce(stream, finish);
    else if (stream.flush) stream.flush(finish);
    else done(stream.flushSync?.() as undefined);
  });
}

function isSonicBoom(stream: PinoStream): boolean {
  return "fd" in stream && "reopen" in stream && stream.on !== undefined;
}

/** SonicBoom's flush calls back at once where it has no minLength, whatever is under way; its drain event does not lie. */
function drainedOnce(stream: PinoStream, finish: (error?: unknown) => void): void {
  const heard = (error?: unknown) => {
    for (const event of ["drain", "error"]) stream.off?.(event, heard);
    finish(error);
  };
  for (const event of ["drain", "error"]) stream.on?.(event, heard);
  if ((stream as { readonly minLength?: number }).minLength) stream.flush?.(() => undefined);
  else stream.write("");
}

function partsOf(stream: PinoStream): readonly Pick<PinoStream, "on">[] {
  const { streams } = stream as { readonly streams?: unknown };
  if (!Array.isArray(streams)) return [];
  return streams.map((one: { readonly stream?: Pick<PinoStream, "on"> }) => one.stream ?? {});
}

function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" || error.code === "ERR_STREAM_WRITE_AFTER_END")
  );
}
