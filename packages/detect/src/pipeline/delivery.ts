import { setTimeout as sleep } from "node:timers/promises";
import type { Alert } from "../alert.ts";
import type { Outbox } from "../outputs/outbox.ts";

/** Where alerts go. */
export interface Delivery {
  /** Takes an alert; returns at once. A known one (same id and phase, from before a restart) goes nowhere. */
  raise(alert: Alert): void;
  /** Resolves when every alert raised so far will survive this process; rejects when that takes too long (a full disk). */
  stored(): Promise<void>;
  /** Resolves when outputs have caught up: finished input is read no faster than its alerts go out. At once where an output fails. */
  ready(): Promise<void>;
}

/** Alerts that may be on their way before reading waits. */
const mostPending = 500;

/** Milliseconds between two looks at what is pending. */
const look = 5;

/** How long a checkpoint waits for the store before it is left for later, milliseconds. */
const patience = 10_000;

/** Hands alerts to an outbox, and remembers which of them the store does not have yet. */
export function createDelivery(outbox: Pick<Outbox, "take" | "states">): Delivery {
  const waiting = new Set<Promise<unknown>>();
  const isBusy = () => outbox.states().some(({ pending, failing }) => pending > mostPending && failing === undefined);
  return {
    raise(alert) {
      const taken = outbox.take(alert).catch(() => undefined);
      waiting.add(taken);
      void taken.finally(() => waiting.delete(taken));
    },
    async stored() {
      if (waiting.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${waiting.size} alerts cannot be stored`)), patience);
      });
      try {
        await Promise.race([Promise.all(waiting), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    async ready() {
      while (isBusy()) await sleep(look);
    },
  };
}
