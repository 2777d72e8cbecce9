export interface WaitOptions {
  /** Before the second try, milliseconds; doubles with each failure. Default: 1,000. */
  readonly firstWait?: number;
  /** Default: 300,000. */
  readonly longestWait?: number;
}

/** How long to wait after so many failures in a row: exponential, and between half and the whole of it, so that many do not come at once. */
export function waitBefore(failures: number, { firstWait = 1000, longestWait = 300_000 }: WaitOptions): number {
  const whole = Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 40));
  return whole * (0.5 + Math.random() / 2);
}

/** Resolves after so many milliseconds, or as soon as the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
