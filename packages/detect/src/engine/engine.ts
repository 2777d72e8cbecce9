import type { Alert } from "../alert.ts";
import type { Engine, EngineStats, Locate } from "../contract.ts";
import type { SecurityEvent } from "../event.ts";
import type { RuleSet } from "../rule-ir.ts";
import { assemble } from "./assemble.ts";
import type { Assembly } from "./assemble.ts";
import { bytesOf, evict, sweepIdle } from "./budget.ts";
import { Dispatch } from "./dispatch.ts";
import type { EngineNote } from "./notes.ts";
import { Notes } from "./notes.ts";
import { loadState, saveState } from "./snapshot/snapshot.ts";
import type { LateMatch } from "./runtime.ts";
import { Runtime, timerKinds } from "./runtime.ts";

export interface EngineOptions {
  readonly rules: RuleSet;
  /** How late an event may be, milliseconds. Default: 60,000. */
  readonly lateness?: number;
  /** Bytes of live state. Default: 256 MB. */
  readonly budget?: number;
  /** Where addresses lie, for `travel`. Without it that condition never holds. */
  readonly locate?: Locate;
  /** Called at the end of the call that completed an alert. It may call the engine again. */
  readonly onAlert: (alert: Alert) => void;
  /** Called once for each kind and rule. */
  readonly onNote?: (note: EngineNote) => void;
}

/** Events between two looks at idle groups and the budget. */
const housekeeping = 256;

const usualLateness = 60_000;
const usualBudget = 256_000_000;

/** Makes an engine that judges events by rules as docs/semantics.md says. Throws a DetectError for a rule that it cannot run. */
export function createEngine(options: EngineOptions): Engine {
  return new StreamEngine(options);
}

class StreamEngine implements Engine {
  readonly #runtime: Runtime;
  readonly #rules: Assembly;
  readonly #dispatch: Dispatch;
  readonly #onAlert: (alert: Alert) => void;
  readonly #reached = new Map<number, ReturnType<Assembly["reach"]>>();
  #events = 0;
  #matched = 0;
  #late = 0;
  #evicted = 0;
  #latest = -Infinity;
  #raising = false;

  constructor(options: EngineOptions) {
    const { rules } = options.rules;
    const { lateness = usualLateness, budget = usualBudget, locate } = options;
    const notes = new Notes(options.onNote);
    this.#runtime = new Runtime({ rules: rules.length, lateness, budget, locate, notes });
    this.#rules = assemble(rules, this.#runtime);
    this.#dispatch = new Dispatch(this.#rules.detections, this.#rules.reach);
    this.#onAlert = options.onAlert;
  }

  /** The path of every event: time, rules that it can concern, detections, correlations, alerts. */
  ingest(event: SecurityEvent): void {
    const runtime = this.#runtime;
    if (!Number.isFinite(event.time)) return runtime.notes.add("time", "", () => "an event without a time was left out");
    this.#events += 1;
    runtime.now = (runtime.now + 1) | 0;
    if (event.time < runtime.watermark) {
      this.#judgeLate(event);
    } else {
      if (event.time > this.#latest) this.#moveTo(event.time);
      runtime.event.show(event);
      const { detections, correlations } = this.#dispatch.bucketOf(event);
      const epoch = runtime.event.epoch;
      let matched = false;
      for (const detection of detections) {
        if (!detection.test(event.fields)) continue;
        if (detection.memory !== undefined && !detection.memory.matches()) continue;
        matched = true;
        runtime.hitEpoch[detection.index] = epoch;
        if (detection.alerts !== undefined) detection.alerts.raise();
      }
      if (matched) {
        this.#matched += 1;
        for (const correlation of correlations) correlation.judge();
      }
    }
    this.#settle();
  }

  advance(time: number): void {
    if (!(time > this.#runtime.watermark) || !Number.isFinite(time)) return;
    this.#passTo(time);
    this.#sweep();
    this.#settle();
  }

  finish(): void {
    if (this.#latest > this.#runtime.watermark) this.#passTo(this.#latest);
    this.#runtime.event.hide();
    for (const memory of this.#rules.memories.values()) if ("finish" in memory) memory.finish();
    this.#handOn();
    const open = [...this.#rules.episodes].flatMap(([rule, episodes]) =>
      [...episodes.all()].map((episode) => ({ rule, episodes, ...episode })),
    );
    open.sort((a, b) => a.due - b.due || a.rule - b.rule || a.number - b.number);
    for (const { episodes, number } of open) episodes.closeNow(number);
    this.#settle();
  }

  stats(): EngineStats {
    const alerts = new Map<string, number>();
    for (const [index, rule] of this.#rules.rules.entries()) {
      const count = this.#runtime.opened[index]!;
      if (count > 0) alerts.set(rule.key, count);
    }
    return {
      events: this.#events,
      matched: this.#matched,
      late: this.#late,
      groups: this.#rules.keepers.reduce((sum, { groups }) => sum + groups.live, 0),
      evicted: this.#evicted,
      bytes: bytesOf(this.#runtime, this.#rules.keepers),
      watermark: this.#runtime.watermark,
      alerts,
    };
  }

  snapshot(): readonly Uint8Array[] {
    const latest = Number.isFinite(this.#latest) ? this.#latest : null;
    const figures = { events: this.#events, matched: this.#matched, late: this.#late, evicted: this.#evicted, latest };
    return saveState(this.#rules, this.#runtime, figures);
  }

  /** For an engine that has seen no event yet. Throws a DetectError for what is no snapshot of this version. */
  restore(chunks: readonly Uint8Array[]): { readonly dropped: readonly string[] } {
    const { dropped, figures } = loadState(this.#rules, this.#runtime, chunks);
    this.#events = figures.events;
    this.#matched = figures.matched;
    this.#late = figures.late;
    this.#evicted = figures.evicted;
    this.#latest = figures.latest ?? -Infinity;
    return { dropped };
  }

  /** The newest event so far moves the watermark. */
  #moveTo(time: number): void {
    const runtime = this.#runtime;
    if (this.#latest === -Infinity) this.#begin(time);
    this.#latest = time;
    const watermark = time - runtime.lateness;
    if (watermark <= runtime.watermark) return;
    if (runtime.timers.next <= watermark) this.#passTo(watermark);
    else runtime.watermark = watermark;
  }

  #begin(time: number): void {
    for (const correlation of this.#rules.correlations.values()) correlation.begin(time);
  }

  /** Moves the watermark from one thing that waits for it to the next, so that each finds the state of its moment. */
  #passTo(watermark: number): void {
    const runtime = this.#runtime;
    while (runtime.timers.next <= watermark) {
      const { due, tag, key } = runtime.timers.take();
      if (due > runtime.watermark) runtime.watermark = due;
      runtime.event.hide();
      this.#due(tag >> 2, tag & 3, key, due);
      this.#handOn();
    }
    runtime.watermark = watermark;
  }

  #due(rule: number, kind: number, key: number, due: number): void {
    const correlation = this.#rules.correlations.get(rule);
    if (kind === timerKinds.episode) this.#rules.episodes.get(rule)?.due(key);
    else if (kind === timerKinds.window) correlation?.window.due(key, due);
    else if (kind === timerKinds.silence) correlation?.silence?.due(key, due);
    else (this.#rules.memories.get(rule) as { due?(group: number): void } | undefined)?.due?.(key);
  }

  /** An event beyond lateness: detections by themselves still match it; windows and memory do not see it. */
  #judgeLate(event: SecurityEvent): void {
    const { event: view, notes, lateness } = this.#runtime;
    this.#late += 1;
    notes.add("late", "", () => {
      return `${event.origin.source}: an event is older than the allowed lateness of ${lateness / 1000} s: it enters no window. Raise --lateness`;
    });
    view.show(event);
    let matched = false;
    for (const { test, memory, alerts } of this.#dispatch.bucketOf(event).detections) {
      if (memory !== undefined || !test(event.fields)) continue;
      matched = true;
      alerts?.raiseLate();
    }
    if (matched) this.#matched += 1;
  }

  /** Hands on matches whose event is no longer the one being judged. */
  #handOn(): void {
    const { later } = this.#runtime;
    for (let index = 0; index < later.length; index++) this.#judgeLater(later[index]!);
    later.length = 0;
  }

  #judgeLater({ rule, row, group, fields }: LateMatch): void {
    const runtime = this.#runtime;
    if (!runtime.event.showRow(row, fields)) {
      const { key } = this.#rules.rules[rule]!;
      return runtime.notes.add(
        "unread",
        key,
        () => `rule ${key}: a match was found when its event was no longer in memory; rules that refer to it miss it`,
      );
    }
    runtime.hit(rule, group);
    this.#rules.byIndex.get(rule)?.alerts?.raise();
    let reached = this.#reached.get(rule);
    if (reached === undefined) this.#reached.set(rule, (reached = this.#rules.reach([rule])));
    for (const correlation of reached) correlation.judge();
  }

  /** What is done at the end of every call: matches handed on, what nobody holds given back, alerts raised. */
  #settle(): void {
    const runtime = this.#runtime;
    if (runtime.later.length > 0) this.#handOn();
    if (this.#events % housekeeping === 0) this.#sweep();
    runtime.sweep();
    if (runtime.alerts.length > 0) this.#raise();
  }

  #sweep(): void {
    const { keepers } = this.#rules;
    const runtime = this.#runtime;
    sweepIdle(keepers, runtime.watermark);
    if (bytesOf(runtime, keepers) <= runtime.budget) return;
    const evicted = evict(runtime, keepers);
    this.#evicted += evicted;
    runtime.notes.add("evicted", "", () => {
      return `the memory budget of ${Math.round(runtime.budget / 1e6)} MB is spent: groups that were touched longest ago are given up. Raise --budget`;
    });
  }

  /** The state is whole again: whoever is told may come back with another event, whose alerts wait for their turn. */
  #raise(): void {
    if (this.#raising) return;
    this.#raising = true;
    try {
      for (let alert = this.#runtime.alerts.shift(); alert !== undefined; alert = this.#runtime.alerts.shift()) this.#onAlert(alert);
    } finally {
      this.#raising = false;
    }
  }
}
