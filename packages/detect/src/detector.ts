import type { Alert } from "./alert.ts";
import type { EngineStats, Locate } from "./contract.ts";
import { createEngine } from "./engine/index.ts";
import { telltaleSource } from "./event.ts";
import type { Fields } from "./event.ts";
import { defaultPack } from "./pack.ts";
import { IdleClock } from "./pipeline/idle-clock.ts";
import type { RuleSet } from "./rule-ir.ts";

export type { Alert, AlertRule, Evidence } from "./alert.ts";
export type { EngineStats, Locate } from "./contract.ts";
export type { RuleSet } from "./rule-ir.ts";

/** A detector inside an application. */
export interface DetectorOptions {
  /** Rules as `loadRules` gives them. Default: the rule pack that comes with this package. */
  readonly rules?: RuleSet;
  /**
   * Called in the same turn in which the completing event is observed: throttle the address, lock the account, page
   * somebody. One episode speaks when it opens, when its count has doubled, and when it is over: see `phase`. What it
   * throws or rejects with is caught and handed to `onError`.
   */
  readonly onAlert: (alert: Alert) => void | Promise<void>;
  /** Default: what goes wrong is ignored. */
  readonly onError?: (error: unknown) => void;
  /** What is late, evicted, without a group: said once per kind and rule. */
  readonly onNote?: (note: { readonly kind: string; readonly message: string }) => void;
  /** How late an event may be, milliseconds. Default: 1,000: events of one process come in order. */
  readonly lateness?: number;
  /** Bytes of state. Default: 64 MB. */
  readonly budget?: number;
  readonly locate?: Locate;
}

/** What `@telltale/log` hands to its subscribers, as far as a detector needs it. Rules see every field that the record has. */
export interface ObservedRecord {
  /** Milliseconds since 1970. What is no number counts as now. */
  readonly time: number;
  readonly event: string;
}

export interface Detector {
  /** Judges one record: `log.subscribe(detector.observe)`. Never throws. */
  readonly observe: (record: ObservedRecord) => void;
  stats(): EngineStats;
  /** Ends open episodes (their alerts come as `closed`) and the clock. */
  close(): void;
}

/** Milliseconds between two moves of the watermark while nothing is observed: closes episodes, notices silence. */
const tick = 1000;

/** A detector that runs beside `@telltale/log` in the same process. It keeps its state in memory only. */
export function createDetector(options: DetectorOptions): Detector {
  const lateness = options.lateness ?? 1000;
  const engine = createEngine({
    rules: options.rules ?? defaultPack(),
    lateness,
    budget: options.budget ?? 64_000_000,
    locate: options.locate,
    onAlert: (alert) => guarded(() => tellOf(alert)),
    onNote: (note) => guarded(() => options.onNote?.(note)),
  });
  const origin = { source: "process", stream: "process" };
  const clock = new IdleClock();
  let seq = 0;
  let closed = false;
  const timer = setInterval(() => guarded(moveOn), tick);
  // An application ends when it has nothing else to do, detector or not.
  timer.unref();

  function moveOn(): void {
    const now = clock.now();
    if (now !== undefined) engine.advance(now - lateness);
  }

  function tellOf(alert: Alert): void {
    const told = options.onAlert(alert);
    if (told instanceof Promise) told.catch(fail);
  }

  function fail(error: unknown): void {
    try {
      options.onError?.(error);
    } catch {
      // Whoever is told of errors and has one has nobody left to tell.
    }
  }

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  }

  return {
    observe(record) {
      if (closed) return;
      seq += 1;
      const time = Number.isFinite(record.time) ? record.time : Date.now();
      clock.event(time);
      clock.heardNow();
      guarded(() => engine.ingest({ time, seq, fields: fieldsOf(record), logsource: telltaleSource, origin, position: seq }));
    },
    stats: () => engine.stats(),
    close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      guarded(() => engine.finish());
    },
  };
}

/** A record is already in the shape of an event's fields: nothing is copied. */
function fieldsOf(record: ObservedRecord): Fields {
  return record as unknown as Fields;
}
