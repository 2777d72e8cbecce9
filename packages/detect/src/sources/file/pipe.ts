import { constants, createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Socket } from "node:net";
import type { Readable } from "node:stream";

/** Paths that stand for an open descriptor: their end is the end of the input, also when following. */
const openDescriptor = /^\/(?:dev|proc)\//;

/**
 * Bytes of a path that is no regular file. A named pipe ends when its last writer closes it; when following it never does. The wait for
 * a first writer ends with `signal`.
 */
export async function openPipe(path: string, isFifo: boolean, follow: boolean, signal: AbortSignal): Promise<Readable> {
  if (path === "/dev/stdin") return process.stdin;
  if (!isFifo) return createReadStream(path);
  // Opened for writing as well, it has a writer for ever.
  if (follow && !openDescriptor.test(path)) return socketOf((await open(path, constants.O_RDWR | constants.O_NONBLOCK)).fd);
  const release = () =>
    void open(path, constants.O_WRONLY | constants.O_NONBLOCK)
      .then((handle) => handle.close())
      .catch(() => undefined);
  signal.addEventListener("abort", release, { once: true });
  try {
    return socketOf((await open(path, constants.O_RDONLY)).fd);
  } finally {
    signal.removeEventListener("abort", release);
  }
}

/** Read by the event loop and not by a thread, so that it can be stopped while it waits. */
function socketOf(fd: number): Readable {
  return new Socket({ fd, readable: true, writable: false });
}
