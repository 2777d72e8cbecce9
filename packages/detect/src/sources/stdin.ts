import type { Readable } from "node:stream";
import type { Source } from "../contract.ts";
import { defaultMaxLine, LineFeed } from "./feed.ts";

export interface StreamOptions {
  /** Longest line, bytes. Default: 1 MiB. A longer one is skipped and said. */
  readonly maxLine?: number;
}

/**
 * Lines from standard input, or from any stream of bytes. Reads until the stream ends or the signal aborts. It cannot be read again:
 * wrap it with `journaled` where lines must survive a crash of the detector. The stream's name is `stdin`; offsets count from 0 with
 * each run.
 */
export function stdinSource(stream: Readable = process.stdin, options: StreamOptions = {}): Source {
  const { maxLine = defaultMaxLine } = options;
  return {
    name: "stdin",
    replayable: false,
    run: (to, _from, signal) =>
      readStream(stream, new LineFeed({ to, source: "stdin", stream: "stdin", place: "stdin", from: 0, maxLine }), signal),
  };
}

/** Reads a stream to its end; a failure in the middle becomes a note. The stream is destroyed afterwards. */
export async function readStream(stream: Readable, feed: LineFeed, signal: AbortSignal): Promise<void> {
  let failure: unknown;
  stream.once("error", (error) => (failure = error));
  const stop = () => stream.destroy();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of stream) await feed.push(asBytes(chunk), Date.now());
  } catch (error) {
    if (signal.aborted) return;
    // What the receiver throws is not the stream's failure.
    if (error !== failure) throw error;
    feed.note("disconnected", `${feed.place}: reading stopped: ${String(failure)}`);
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (!signal.aborted) await feed.finish(Date.now());
}

function asBytes(chunk: Buffer | string): Buffer {
  return typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}
