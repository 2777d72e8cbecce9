import type { LineSink } from "../contract.ts";
import { writeAll } from "./append-file.ts";
import { Delivery, isFullPipe } from "./delivery.ts";
import type { BufferOptions, SinkParts } from "./delivery.ts";

/** How long a flush waits for the reader of a pipe that is full: milliseconds. At exit, nothing else can happen meanwhile. */
const patience = { flush: 5000, exit: 1000, step: 10 };

/**
 * Standard output or another open descriptor, written at once. A pipe that does not block (that of standard output does not, once
 * anything has used `process.stdout` or the console) and whose reader is slow is tried again later, without waiting; where it
 * blocks, the system makes the caller wait, as with every synchronous write.
 */
export function createDescriptorSink(descriptor: number, options: BufferOptions, parts: SinkParts): LineSink {
  const pipe = new Pipe(descriptor);
  const delivery = new Delivery({ put: (text) => pipe.put(text), settle: () => pipe.payOff() }, options, parts);
  let isClosed = false;

  /** True when all is out, false where waiting may help, or throws. */
  const attempt = (): boolean => {
    delivery.drainAll();
    const { buffered, trouble } = delivery.stats();
    if (buffered === 0 && trouble === undefined) return true;
    if (pipe.isFull) return false;
    throw new Error(`${buffered} lines wait for descriptor ${descriptor}: ${trouble}`);
  };

  const flushSync = (): void => {
    try {
      for (let waited = 0; !attempt() && waited < patience.exit; waited += patience.step) sleep(patience.step);
    } catch {
      // stats() tells.
    }
  };

  return {
    write: (line, level) => (isClosed ? delivery.drop(1) : delivery.write(line, level)),
    flush: async () => {
      const deadline = Date.now() + patience.flush;
      while (!attempt()) {
        if (Date.now() > deadline) throw new Error(`the reader of descriptor ${descriptor} does not read`);
        await new Promise((done) => setTimeout(done, patience.step));
      }
    },
    flushSync,
    close: async () => {
      flushSync();
      isClosed = true;
      delivery.giveUp();
      parts.sealer?.close();
    },
    stats: () => delivery.stats(),
  };
}

/** A pipe may take the first part of a line only: then its rest goes before all others. */
class Pipe {
  /** The last write failed because nobody had read. */
  isFull = false;
  private owed: Buffer | undefined;
  private readonly descriptor: number;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** Takes a line, if only in part, or throws. */
  put(text: string): void {
    this.payOff();
    const bytes = Buffer.from(`${text}\n`);
    const rest = this.write(bytes);
    if (rest.left?.length === bytes.length) throw rest.error;
    this.owed = rest.left;
  }

  /** Writes what is left of a line, or throws. */
  payOff(): void {
    if (!this.owed) return;
    const rest = this.write(this.owed);
    this.owed = rest.left;
    if (rest.left) throw rest.error;
  }

  private write(bytes: Buffer): { readonly left?: Buffer; readonly error?: unknown } {
    const { done, error } = writeAll(this.descriptor, bytes);
    this.isFull = isFullPipe(error);
    return done === bytes.length ? {} : { left: bytes.subarray(done), error };
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
