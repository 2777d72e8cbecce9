import type { LineSink } from "../contract.ts";
import { writeAll } from "./append-file.ts";
import { Delivery } from "./delivery.ts";
import type { BufferOptions, SinkParts } from "./delivery.ts";

/**
 * Standard output or another open descriptor, written at once. A pipe whose reader is slow and that does not block (EAGAIN) is tried
 * again later, without waiting; where it blocks, the system makes the caller wait, as with every synchronous write.
 */
export function createDescriptorSink(descriptor: number, options: BufferOptions, parts: SinkParts): LineSink {
  /** The rest of a line, where a pipe took the first part of it only. */
  let owed: Buffer | undefined;

  const put = (text: string): void => {
    if (owed) payOff(owed);
    const bytes = Buffer.from(`${text}\n`);
    const { done, error } = writeAll(descriptor, bytes);
    if (done === bytes.length) return;
    if (done === 0) throw error;
    // Its first part is out: the line is written, and its rest goes before all others.
    owed = bytes.subarray(done);
    delivery.fail(error);
  };

  const payOff = (rest: Buffer): void => {
    const { done, error } = writeAll(descriptor, rest);
    owed = done === rest.length ? undefined : rest.subarray(done);
    if (owed) throw error;
  };

  const delivery = new Delivery({ put, settle: () => owed && payOff(owed) }, options, parts);
  let isClosed = false;

  return {
    write: (line, level) => (isClosed ? delivery.drop(1) : delivery.write(line, level)),
    flush: async () => {
      delivery.drainAll();
      const { buffered, trouble } = delivery.stats();
      if (buffered > 0 || owed) throw new Error(`${buffered} lines wait for descriptor ${descriptor}: ${trouble}`);
    },
    flushSync: () => delivery.drainAll(),
    close: async () => {
      delivery.drainAll();
      isClosed = true;
      delivery.giveUp();
      parts.sealer?.close();
    },
    stats: () => delivery.stats(),
  };
}
