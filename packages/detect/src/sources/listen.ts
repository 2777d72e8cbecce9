import { isIP } from "node:net";
import type { AddressInfo } from "node:net";
import { DetectError } from "../errors.ts";

/** Addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** An address as part of a URL. */
export function inUrl(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: "another process listens there; end it, or take another port",
  EACCES: "permission denied; ports below 1024 are for root, take a higher one",
  EADDRNOTAVAIL: "this machine has no such address; take one of its own, or 0.0.0.0 for all",
  ENOTFOUND: "this name has no address",
};

interface Listener {
  once(event: "error", heard: (error: NodeJS.ErrnoException) => void): unknown;
  off(event: "error", heard: (error: NodeJS.ErrnoException) => void): unknown;
  address(): AddressInfo | string | null;
}

/** Waits until a server listens, and gives the real port. Throws DetectError LISTEN. */
export function listening(server: Listener, place: string, listen: (done: () => void) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(new DetectError("LISTEN", { place, problem: problems[error.code ?? ""] ?? error.message }));
    server.once("error", failed);
    listen(() => {
      server.off("error", failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
