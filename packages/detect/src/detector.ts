import type { Alert } from "./alert.ts";
import type { EngineStats, Locate } from "./contract.ts";
import { createEngine } from "./engine/index.ts";
import { telltaleSource } from "./event.ts";
import type { Fields } from "./event.ts";
import { defaultPack } from "./pack.ts";
import type { RuleSet } from "./rule-ir.ts";

/** A detector inside an application. */
export interface DetectorOptions {
  /** Rules as `loadRules` gives them. Default: the rule pack that comes with this package. */
  readonly rules?: RuleSet;
  /**
   * Called in the same turn in which the completing event is observed: throttle the address, lock the account, page
   * somebody. What it throws is caught and handed to `onError`.
   */
  readonly onAlert: (alert: Alert) => void;
  readonly onError?: (error: unknown) => void;
  /** What is late, evicted, without a group: said once per kind and rule. */
  readonly onNote?: (note: { readonly kind: string; readonly message: string }) => void;
  /** How late an event may be, milliseconds. Default: 1,000: events of one process come in order. */
  readonly lateness?: number;
  /** Bytes of state. Default: 64 MB. */
  readonly budget?: number;
  readonly locate?: Locate;
}

/** The shape of `@telltale/log`'s SecurityRecord, as far as a detector needs it. */
export interface ObservedRecord {
  /** Milliseconds since 1970. */
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
  const fail = options.onError ?? (() => undefined);
  const lateness = options.lateness ?? 1000;
  const engine = createEngine({
    rules: options.rules ?? defaultPack(),
    lateness,
    budget: options.budget ?? 64_000_000,
    locate: options.locate,
    onAlert: (alert) => guarded(() => options.onAlert(alert)),
    onNote: (note) => guarded(() => options.onNote?.(note)),
  });
  const origin = { source: "process", stream: "process" };
  let seq = 0;
  let closed = false;
  const timer = setInterval(() => guarded(() => engine.advance(Date.now() - lateness)), tick);
  // An application ends when it has nothing else to do, detector or not.
  timer.unref();

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
      guarded(() => engine.ingest({ time: record.time, seq, fields: fieldsOf(record), logsource: telltaleSource, origin, position: seq }));
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
