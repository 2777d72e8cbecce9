/**
 * Moves the watermark while nothing arrives: event time goes on at the pace of this machine's clock from the last event
 * (docs/semantics.md, 4). The difference between the clocks of writer and reader does not matter that way, and neither
 * does a clock of this machine that jumps: the monotonic clock is read.
 */
export class IdleClock {
  private latest = -Infinity;
  private heard = performance.now();

  /** An event with this time (ms) was taken. Called for each: reads no clock. */
  event(time: number): void {
    if (time > this.latest) this.latest = time;
  }

  /** A batch was taken. */
  heardNow(): void {
    this.heard = performance.now();
  }

  /** Begins again after a restart, from the largest event time that the checkpoint knew. */
  restored(latest: number): void {
    this.latest = latest;
    this.heard = performance.now();
  }

  /** What event time is now, by the last event and the time since; undefined before the first. */
  now(): number | undefined {
    return this.latest === -Infinity ? undefined : this.latest + Math.floor(performance.now() - this.heard);
  }
}
