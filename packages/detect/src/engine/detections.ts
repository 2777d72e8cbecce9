import { compileMatch, eventNames } from "../match/index.ts";
import type { EventTest } from "../match/index.ts";
import type { DetectionRule } from "../rule-ir.ts";
import { Episodes } from "./episodes/episodes.ts";
import type { Contributors } from "./episodes/episodes.ts";
import { GroupKey } from "./group-key.ts";
import type { Keeper } from "./keeper.ts";
import type { Runtime } from "./runtime.ts";
import { Groups, groupWords } from "./state/groups.ts";

/** What a detection needs to know of earlier events. */
export interface DetectionMemory {
  /** Whether the event shown, for which the rule's match holds, is a match by what is remembered; learns from it. */
  matches(): boolean;
}

/** One detection rule at work. */
export interface Detection {
  readonly rule: DetectionRule;
  readonly index: number;
  readonly test: EventTest;
  /** Values of `event` without one of which it cannot match, lower case; undefined for any. */
  readonly names: ReadonlySet<string> | undefined;
  readonly memory: DetectionMemory | undefined;
  readonly alerts: DetectionAlerts | undefined;
}

export function compileDetection(rule: DetectionRule, index: number, runtime: Runtime, memory: DetectionMemory | undefined): Detection {
  const alerts = rule.alerts ? new DetectionAlerts(rule, index, runtime) : undefined;
  return { rule, index, test: compileMatch(rule.match), names: eventNames(rule.match), memory, alerts };
}

/** Alerts of a detection by itself: each match is a hold, there is no window. A group lasts as long as its episode. */
export class DetectionAlerts implements Contributors, Keeper {
  readonly rule: string;
  readonly groups = new Groups();
  readonly key: GroupKey;
  readonly episodes: Episodes;
  readonly #runtime: Runtime;
  #row = 0;

  constructor(rule: DetectionRule, index: number, runtime: Runtime) {
    const { groupBy, quiet } = rule.episode;
    const columns = groupBy.map((field) => runtime.event.column(field));
    this.rule = rule.key;
    this.#runtime = runtime;
    this.groups.shape(groupWords);
    this.key = new GroupKey(runtime, groupBy, [columns.map((column) => () => runtime.event.number(column))]);
    this.episodes = new Episodes(runtime, rule, index, this.groups, {
      quiet,
      // A gap is noticed a millisecond of watermark after its event.
      delay: rule.memory?.kind === "gap" ? 1 : 0,
      measures: [],
      values: (group) => this.key.values(this.groups, group),
      idle: (group) => {
        this.key.release(this.groups, group);
        this.groups.remove(group);
      },
    });
  }

  get bytes(): number {
    return this.groups.bytes + this.episodes.bytes;
  }

  needed(): number {
    return Infinity;
  }

  forget(group: number): void {
    this.episodes.closeGroup(group);
  }

  /** The event shown is a match. */
  raise(): void {
    const { group, hold } = this.#find();
    this.episodes.joined(group, hold.time, hold.seq, hold.row);
    this.episodes.hold(group, hold, this);
  }

  /** It is a match, and late beyond lateness. */
  raiseLate(): void {
    const { group, hold } = this.#find();
    this.episodes.holdLate(group, hold);
  }

  opening(): readonly number[] {
    return [this.#row];
  }

  since(): readonly number[] {
    return [this.#row];
  }

  #find() {
    const { event, now } = this.#runtime;
    this.key.read(0);
    let group = this.groups.find(this.key.a, this.key.b);
    if (group === 0) {
      group = this.groups.add(this.key.a, this.key.b, now);
      this.key.hold(this.groups, group);
    }
    this.#row = event.row();
    return { group, hold: { time: event.time, seq: event.seq, row: this.#row } };
  }
}
