import { visible } from "@telltale/vocabulary";
import type { Alert } from "../alert.ts";
import type { Output } from "../contract.ts";
import { messageOf } from "../errors.ts";
import type { Store } from "../store/store.ts";
import { DeliveryError } from "./delivery-error.ts";
import { pause, waitBefore } from "./waiting.ts";
import type { WaitOptions } from "./waiting.ts";

export interface LaneOptions extends WaitOptions {
  /** Alerts that wait for one output in memory; of further ones only the key is kept, and the store is asked. Default: 1,000. */
  readonly held?: number;
  /** Tries of one alert before an output is given up on it. Default: without end. */
  readonly tries?: number;
  /** Takes a sentence for the operator: once when an output or the store fails, once when it works again. */
  readonly note?: (message: string) => void;
}

/** How an output is doing. */
export interface LaneState {
  readonly name: string;
  readonly pending: number;
  readonly delivered: number;
  /** Alerts that were given up: after `tries`, or without a store because too many waited. */
  readonly lost: number;
  /** Why it fails at the moment; absent where it works. */
  readonly failing?: string;
}

/** The queue of one output. */
export class Lane {
  private readonly output: Output;
  private readonly store: Store | undefined;
  private readonly options: LaneOptions;
  private readonly closing = new AbortController();
  /** In order. An alert that is absent stands in the store. */
  private readonly queue = new Map<string, Alert | undefined>();
  /** Delivered, and the store does not know it yet. */
  private readonly unmarked = new Set<string>();
  private running: Promise<void> | undefined;
  private waiting: (() => void)[] = [];
  private held = 0;
  private delivered = 0;
  private lost = 0;
  private failing: string | undefined;

  constructor(output: Output, store: Store | undefined, options: LaneOptions) {
    this.output = output;
    this.store = store;
    this.options = options;
  }

  /** Takes up what was left from before. */
  begin(): void {
    for (const key of this.store?.pending(this.output.name) ?? []) this.queue.set(key, undefined);
    this.start();
  }

  add(key: string, alert: Alert): void {
    if (this.queue.has(key) || this.unmarked.has(key)) return;
    const isFull = this.held >= (this.options.held ?? 1000);
    if (isFull && !this.store?.has(key)) this.loseOldest();
    const isHeld = !isFull || !this.store?.has(key);
    this.queue.set(key, isHeld ? alert : undefined);
    if (isHeld) this.held += 1;
    this.start();
  }

  /** Tells the store what was delivered. Where that fails it is told with the next one; at worst an alert goes out twice after a restart. */
  async mark(): Promise<void> {
    if (!this.store) return this.unmarked.clear();
    for (const key of this.unmarked) {
      // One that could not be stored yet is marked when it is.
      if (!this.store.has(key)) continue;
      try {
        await this.store.delivered(this.output.name, key);
        this.unmarked.delete(key);
      } catch {
        return;
      }
    }
  }

  idle(): Promise<void> {
    return this.queue.size === 0 && !this.running ? Promise.resolve() : new Promise((done) => this.waiting.push(done));
  }

  state(): LaneState {
    const { queue, delivered, lost, failing } = this;
    return { name: this.output.name, pending: queue.size, delivered, lost, ...(failing === undefined ? {} : { failing }) };
  }

  async close(grace: number): Promise<void> {
    const limit = new AbortController();
    const timeIsUp = pause(grace, limit.signal).then(() => this.closing.abort());
    if (this.failing !== undefined) this.closing.abort();
    await Promise.race([timeIsUp, this.running ?? Promise.resolve()]);
    this.closing.abort();
    limit.abort();
    await this.output.close().catch(() => undefined);
    if (!this.store && this.queue.size > 0) this.say(`${this.output.name}: ends with ${this.queue.size} alerts undelivered`);
  }

  private start(): void {
    if (this.running || this.queue.size === 0 || this.closing.signal.aborted) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      if (this.queue.size > 0 && !this.closing.signal.aborted) return this.start();
      for (const done of this.waiting.splice(0)) done();
    });
  }

  private async run(): Promise<void> {
    for (let failures = 0; this.queue.size > 0 && !this.closing.signal.aborted;) {
      const { key, problem } = await this.tryNext();
      if (problem === undefined) {
        failures = 0;
        continue;
      }
      failures += 1;
      if (failures >= (this.options.tries ?? Infinity)) {
        this.say(`${this.output.name}: an alert was given up after ${failures} tries: ${problem.message}`);
        this.lost += 1;
        await this.settle(key);
        failures = 0;
        continue;
      }
      await pause(Math.max(waitBefore(failures, this.options), problem.retryAfter ?? 0), this.closing.signal);
    }
  }

  /** Tries the next alerts, as many at once as the output bears. Gives the first that it refused. */
  private async tryNext(): Promise<{ readonly key: string; readonly problem: DeliveryError | undefined }> {
    const next: [string, Alert | undefined][] = [];
    for (const entry of this.queue) {
      next.push(entry);
      if (next.length >= (this.output.together ?? 1)) break;
    }
    const tries = await Promise.all(next.map(async ([key, held]) => ({ key, problem: await this.tryOnce(key, held) })));
    return tries.find(({ problem }) => problem !== undefined) ?? tries[0]!;
  }

  /** Undefined where it was delivered. */
  private async tryOnce(key: string, held: Alert | undefined): Promise<DeliveryError | undefined> {
    const alert = held ?? this.store?.message(key);
    if (alert === undefined) {
      this.say(`${this.output.name}: alert ${key} is no longer readable in the store; it was passed over`);
      this.lost += 1;
      await this.settle(key);
      return undefined;
    }
    try {
      await this.output.deliver(alert);
    } catch (error) {
      const problem = error instanceof DeliveryError ? error : new DeliveryError(visible(messageOf(error)));
      if (this.closing.signal.aborted) return problem;
      if (this.failing === undefined) this.say(`${problem.message}; alerts wait and are tried again`);
      this.failing = problem.message;
      return problem;
    }
    this.delivered += 1;
    const hasFailed = this.failing !== undefined;
    this.failing = undefined;
    if (hasFailed) this.say(`${this.output.name}: works again; ${this.queue.size - 1} alerts are on their way`);
    await this.settle(key);
    return undefined;
  }

  private async settle(key: string): Promise<void> {
    if (this.queue.get(key) !== undefined) this.held -= 1;
    // Before it leaves the queue, so that the same alert is not taken for a new one meanwhile.
    this.unmarked.add(key);
    this.queue.delete(key);
    await this.mark();
  }

  /** Without a store, or while it fails, memory is all there is. */
  private loseOldest(): void {
    for (const [key, alert] of this.queue) {
      if (alert === undefined || this.store?.has(key)) continue;
      this.queue.delete(key);
      this.held -= 1;
      this.lost += 1;
      if (this.lost === 1)
        this.say(`${this.output.name}: more than ${this.options.held ?? 1000} alerts wait and cannot be stored; the oldest are given up`);
      return;
    }
  }

  private say(message: string): void {
    this.options.note?.(message);
  }
}
