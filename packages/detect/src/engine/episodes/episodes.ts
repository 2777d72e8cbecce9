import type { Alert } from "../../alert.ts";
import type { FieldReader } from "../../fields.ts";
import { fieldReader } from "../../fields.ts";
import type { RuleFacts } from "../../rule-ir.ts";
import type { NamedMeasure } from "../aggregates/conditions.ts";
import type { Runtime } from "../runtime.ts";
import { timerKinds } from "../runtime.ts";
import { episodeWord } from "../state/groups.ts";
import type { Groups } from "../state/groups.ts";
import { textOf } from "../state/interner.ts";
import { alertId, alertOf, alertRule } from "./alerts.ts";
import type { GroupValues } from "./alerts.ts";
import type { Episode } from "./episode.ts";
import { mostGrowths, named, shown } from "./episode.ts";

const actor = fieldReader("actor.id");
const address = fieldReader("source.ip");
const target = fieldReader("target.id");

/** Estimate of an open episode with its evidence, bytes. */
const episodeWeight = 1200;

/** An event at which the condition of a rule held. */
export interface Hold {
  readonly time: number;
  readonly seq: number;
  /** The row of the event; 0 for a group that never had one. */
  readonly row: number;
  /** Only where silence is what was noticed: since when. `time` is then when it had lasted long enough. */
  readonly silentSince?: number;
}

/** The contributing events that a hold adds: rows, oldest first. */
export interface Contributors {
  /** Those of the window, for an episode that opens. */
  opening(): readonly number[];
  /** Those after the event at which the episode last held. */
  since(time: number, seq: number): readonly number[];
}

/** The open episodes of one rule. */
export class Episodes {
  readonly #runtime: Runtime;
  readonly #rule: RuleFacts;
  readonly #index: number;
  readonly #groups: Groups;
  readonly #facts: EpisodeFacts;
  readonly #alertRule: Alert["rule"];
  readonly #open = new Map<number, Episode>();
  #numbers = 0;

  constructor(runtime: Runtime, rule: RuleFacts, index: number, groups: Groups, facts: EpisodeFacts) {
    this.#runtime = runtime;
    this.#rule = rule;
    this.#index = index;
    this.#groups = groups;
    this.#facts = facts;
    this.#alertRule = alertRule(rule);
  }

  get bytes(): number {
    return this.#open.size * episodeWeight;
  }

  /** The condition holds at an event: an episode opens or goes on. */
  hold(group: number, hold: Hold, contributors: Contributors): void {
    const episode = hold.silentSince === undefined ? this.#reaching(group, hold.time) : undefined;
    if (episode === undefined) return this.#begin(group, hold, contributors.opening());
    if (hold.time > episode.heldTime || (hold.time === episode.heldTime && hold.seq > episode.heldSeq)) {
      const rows = contributors.since(episode.heldTime, episode.heldSeq);
      episode.heldTime = hold.time;
      episode.heldSeq = hold.seq;
      this.#measure(episode, hold);
      this.#goOn(episode, rows);
    } else if (hold.time < episode.start) {
      this.#startEarlier(episode, hold, contributors);
    }
  }

  /** A match that is late beyond lateness: joins whatever episode its group has, or opens one that lives from now on. */
  holdLate(group: number, hold: Hold): void {
    const number = this.#first(group);
    const notBefore = this.#runtime.watermark + this.#facts.quiet;
    if (number === 0) {
      this.#begin(group, hold, [hold.row], notBefore);
      return;
    }
    const episode = this.#open.get(number)!;
    episode.notBefore = Math.max(episode.notBefore, notBefore);
    episode.since = Math.min(episode.since, hold.time);
    this.#measure(episode, hold);
    this.#goOn(episode, [hold.row]);
  }

  /** An event came out of order into a group: it contributes where an episode has already passed it. */
  joined(group: number, time: number, seq: number, row: number): void {
    for (let number = this.#first(group); number !== 0;) {
      const episode = this.#open.get(number)!;
      const passed = time < episode.heldTime || (time === episode.heldTime && seq < episode.heldSeq);
      if (passed && time >= episode.since && !episode.silent) return this.#goOn(episode, [row]);
      number = episode.next;
    }
  }

  /** When the open episodes of a group last held: events after that are still asked for. Infinity without one. */
  heldTime(group: number): number {
    let time = Infinity;
    for (let number = this.#first(group); number !== 0;) {
      const episode = this.#open.get(number)!;
      time = Math.min(time, episode.heldTime);
      number = episode.next;
    }
    return time;
  }

  /** A timer for an episode has come. */
  due(number: number): void {
    const episode = this.#open.get(number);
    if (episode === undefined) return;
    const due = this.#dueOf(episode);
    if (due > this.#runtime.watermark) this.#runtime.timers.add(due, this.#tag(), number);
    else this.#close(episode);
  }

  /** Closes the episodes of a group that is given up. */
  closeGroup(group: number): void {
    for (let number = this.#first(group); number !== 0; number = this.#first(group)) this.#close(this.#open.get(number)!);
  }

  /** Open episodes with the time at which each closes by itself. */
  *all(): Iterable<{ readonly number: number; readonly due: number }> {
    for (const episode of this.#open.values()) yield { number: episode.number, due: this.#dueOf(episode) };
  }

  closeNow(number: number): void {
    const episode = this.#open.get(number);
    if (episode !== undefined) this.#close(episode);
  }

  save(): EpisodesState {
    return { numbers: this.#numbers, open: [...this.#open.values()] };
  }

  load(state: EpisodesState): void {
    this.#numbers = state.numbers;
    this.#open.clear();
    for (const saved of state.open) {
      // JSON has no Infinity.
      const episode = { ...saved, notBefore: saved.notBefore ?? -Infinity };
      this.#open.set(episode.number, episode);
      for (const row of [...episode.first, ...episode.last]) this.#runtime.rows.hold(row);
      this.#runtime.timers.add(this.#dueOf(episode), this.#tag(), episode.number);
    }
  }

  /** The open episode that an event of this time belongs to: within `quiet` of its beginning or of its last hold. */
  #reaching(group: number, time: number): Episode | undefined {
    for (let number = this.#first(group); number !== 0;) {
      const episode = this.#open.get(number)!;
      const distance = time >= episode.start ? time - episode.heldTime : episode.start - time;
      if (distance < this.#facts.quiet && !episode.silent) return episode;
      number = episode.next;
    }
    return undefined;
  }

  /** What now lies before the beginning has not been counted yet. */
  #startEarlier(episode: Episode, hold: Hold, contributors: Contributors): void {
    const rows = contributors.opening();
    const earlier = rows.filter((row) => this.#runtime.rows.time(row) < episode.since);
    episode.start = hold.time;
    for (const row of earlier) episode.since = Math.min(episode.since, this.#runtime.rows.time(row));
    this.#goOn(episode, earlier);
  }

  #begin(group: number, hold: Hold, rows: readonly number[], notBefore = -Infinity): void {
    const values = this.#facts.values(group);
    const event = hold.row === 0 ? `${hold.time}` : this.#runtime.rows.id(hold.row);
    const since = rows.length === 0 ? (hold.silentSince ?? hold.time) : this.#runtime.rows.time(rows[0]!);
    const episode: Episode = {
      number: (this.#numbers += 1),
      group,
      id: alertId(this.#rule.key, values, hold.silentSince === undefined ? event : `silence after ${event}`),
      completed: hold.time,
      silent: hold.silentSince !== undefined,
      start: hold.time,
      heldTime: hold.time,
      heldSeq: hold.seq,
      since: Math.min(since, hold.time),
      until: hold.time,
      count: 0,
      spoken: 0,
      growths: 0,
      notBefore,
      first: [],
      last: [],
      actors: [],
      addresses: [],
      targets: [],
      measures: {},
      next: this.#first(group),
    };
    this.#open.set(episode.number, episode);
    this.#groups.pin(group, episode.number);
    this.#runtime.timers.add(this.#dueOf(episode), this.#tag(), episode.number);
    this.#runtime.opened[this.#index]! += 1;
    this.#add(episode, rows);
    this.#measure(episode, hold);
    this.#speak("opened", episode);
  }

  #goOn(episode: Episode, rows: readonly number[]): void {
    this.#add(episode, rows);
    if (episode.growths < mostGrowths && episode.spoken > 0 && episode.count >= episode.spoken * 2) {
      episode.growths += 1;
      this.#speak("grown", episode);
    }
  }

  #add(episode: Episode, rows: readonly number[]): void {
    const held = this.#runtime.rows;
    episode.count += rows.length;
    for (const row of rows) {
      const fields = held.fields(row);
      if (fields !== undefined) {
        note(episode.actors, actor, fields);
        note(episode.addresses, address, fields);
        note(episode.targets, target, fields);
      }
      episode.until = Math.max(episode.until, held.time(row));
      held.hold(row);
      if (episode.first.length < shown) episode.first.push(row);
      else if (episode.last.push(row) > shown) held.release(episode.last.shift()!);
    }
  }

  #measure(episode: Episode, hold: Hold): void {
    if (hold.silentSince !== undefined) {
      episode.measures = { events: 0 };
      return;
    }
    const measures: { [name: string]: number } = {};
    for (const { name, of } of this.#facts.measures) {
      const value = of(episode.group);
      // A share of nothing is no number, and no figure of an alert.
      if (!Number.isNaN(value)) measures[name] = value;
    }
    episode.measures = measures;
  }

  #speak(phase: Alert["phase"], episode: Episode): void {
    episode.spoken = episode.count;
    this.#runtime.alerts.push(alertOf(phase, this.#alertRule, this.#facts.values(episode.group), episode, this.#runtime.rows));
  }

  #close(episode: Episode): void {
    this.#speak("closed", episode);
    for (const row of [...episode.first, ...episode.last]) this.#runtime.rows.release(row);
    this.#open.delete(episode.number);
    this.#unlink(episode);
    if (this.#first(episode.group) === 0) this.#facts.idle?.(episode.group);
  }

  #unlink(episode: Episode): void {
    const { group, next } = episode;
    const first = this.#first(group);
    if (first !== episode.number) {
      let before = this.#open.get(first)!;
      while (before.next !== episode.number) before = this.#open.get(before.next)!;
      before.next = next;
    } else if (next === 0) this.#groups.unpin(group);
    else this.#groups.table.words[group * this.#groups.table.stride + episodeWord] = next;
  }

  #dueOf(episode: Episode): number {
    return Math.max(episode.heldTime + this.#facts.quiet + this.#facts.delay, episode.notBefore);
  }

  #first(group: number): number {
    return this.#groups.table.words[group * this.#groups.table.stride + episodeWord]!;
  }

  #tag(): number {
    return this.#index * 4 + timerKinds.episode;
  }
}

/** Adds a value to the names that an alert gives, as long as there is room. */
function note(names: string[], read: FieldReader, fields: Parameters<FieldReader>[0]): void {
  if (names.length >= named) return;
  const text = textOf(read(fields));
  if (text !== null && !names.includes(text)) names.push(text);
}

export interface EpisodeFacts {
  /** Milliseconds without a hold after which an episode is over. */
  readonly quiet: number;
  /** How long after its time a hold may be found, milliseconds of watermark. */
  readonly delay: number;
  readonly measures: readonly NamedMeasure[];
  values(group: number): GroupValues;
  /** The group's last episode has closed. */
  idle?(group: number): void;
}

export interface EpisodesState {
  readonly numbers: number;
  readonly open: readonly Episode[];
}
