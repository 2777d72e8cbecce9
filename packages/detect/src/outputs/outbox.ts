import type { Alert } from "../alert.ts";
import type { Output } from "../contract.ts";
import { DetectError, messageOf } from "../errors.ts";
import { alertKey, boundedAlert } from "../store/bounded-alert.ts";
import type { Store } from "../store/store.ts";
import { Lane } from "./lane.ts";
import type { LaneOptions, LaneState } from "./lane.ts";
import { pause, waitBefore } from "./waiting.ts";

export interface OutboxOptions extends LaneOptions {
  /** Each with a name of its own. */
  readonly outputs: readonly Output[];
  /** Without it nothing survives a restart. The outbox does not close it. */
  readonly store?: Store;
}

export interface Outbox {
  /**
   * Keeps an alert and sends it to every output. Resolves when the store has it: true, or false where it is known already
   * and goes out no second time. While the store fails (a full disk) the alert is delivered from memory, the store is tried
   * again, and the promise waits: a checkpoint that includes the alert must wait for it. Rejects when the outbox is closed before.
   */
  take(alert: Alert): Promise<boolean>;
  /** Resolves when nothing is pending; with an output that is down that may be never. */
  idle(): Promise<void>;
  states(): readonly LaneState[];
  /**
   * Outputs that work get up to `grace` ms (default 5,000) for what is pending; those that fail are not tried again. What
   * remains stays in the store and goes out after the next start. Then closes the outputs.
   */
  close(grace?: number): Promise<void>;
}

/**
 * Brings alerts to outputs, each with a queue of its own: in order, again and again until it is taken, and without regard
 * to the others. Begins with what the store says is pending. Throws DetectError OUTPUT where two outputs have one name.
 */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { outputs, store } = options;
  const names = outputs.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new DetectError("OUTPUT", { place: twice, problem: "is given twice" });
  await Promise.all(names.map((name) => store?.attach(name)));
  const lanes = outputs.map((output) => new Lane(output, store, options));
  const closing = new AbortController();
  const keeping = store && new Keeper(store, lanes, options, closing.signal);
  for (const lane of lanes) lane.begin();
  return {
    take(raw) {
      const alert = boundedAlert(raw);
      if (keeping) return keeping.keep(alert);
      for (const lane of lanes) lane.add(alertKey(alert), alert);
      return Promise.resolve(true);
    },
    async idle() {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
    states: () => lanes.map((lane) => lane.state()),
    async close(grace = 5000) {
      closing.abort();
      await Promise.all(lanes.map((lane) => lane.close(grace)));
    },
  };
}

/** Puts alerts into the store, and bears that it fails. */
class Keeper {
  private readonly store: Store;
  private readonly lanes: readonly Lane[];
  private readonly options: LaneOptions;
  private readonly closing: AbortSignal;
  private isFailing = false;

  constructor(store: Store, lanes: readonly Lane[], options: LaneOptions, closing: AbortSignal) {
    this.store = store;
    this.lanes = lanes;
    this.options = options;
    this.closing = closing;
  }

  async keep(alert: Alert): Promise<boolean> {
    const key = alertKey(alert);
    for (let failures = 0; ; failures += 1) {
      try {
        const isNew = await this.store.put(alert);
        this.say(undefined);
        if (isNew && failures === 0) for (const lane of this.lanes) lane.add(key, alert);
        if (failures > 0) await Promise.all(this.lanes.map((lane) => lane.mark()));
        return isNew;
      } catch (error) {
        this.say(error);
        // An alarm does not wait for a disk.
        if (failures === 0) for (const lane of this.lanes) lane.add(key, alert);
        await pause(waitBefore(failures + 1, this.options), this.closing);
        if (this.closing.aborted) throw error;
      }
    }
  }

  private say(error: unknown): void {
    const isFailing = error !== undefined;
    if (isFailing === this.isFailing) return;
    this.isFailing = isFailing;
    const problem = messageOf(error);
    this.options.note?.(
      isFailing ? `${problem}; alerts go out and are kept in memory until it works` : `${this.store.folder}: alerts are stored again`,
    );
  }
}
