import type { Alert, AlertRule } from "../../alert.ts";
import type { AttackClass } from "../attacks/intensities.ts";
import { DAY } from "../options.ts";
import type { AttackTruth, Nuisance, Truth } from "../truth.ts";
import { episodesOf } from "./episodes.ts";
import type { Episode } from "./episodes.ts";
import { classesOf, groupless, neighbours } from "./neighbours.ts";

/** How well one class of attacks was found. Shares are from 0 to 1; absent where there is nothing to divide by. */
export interface ClassScore {
  readonly class: AttackClass;
  /** Attacks at documented intensities, and how many of them have an alert of this class. */
  readonly attacks: number;
  readonly detected: number;
  readonly recall?: number;
  /** Alerts of rules that find this class; those about a declared nuisance are left out. */
  readonly alerts: number;
  readonly trueAlerts: number;
  readonly precision?: number;
  /** Milliseconds from the attack's first event to the event that completed the pattern: median and 95th percentile (nearest rank). */
  readonly medianTime?: number;
  readonly p95Time?: number;
  /** Attacks beyond the documented spans, which recall leaves out. */
  readonly beyond: { readonly attacks: number; readonly detected: number };
}

export interface RuleScore {
  readonly key: string;
  readonly title: string;
  readonly classes: readonly AttackClass[];
  readonly alerts: number;
  readonly trueAlerts: number;
  readonly falseAlerts: number;
  /** About what is no attack and deserves an alert. */
  readonly nuisances: number;
  readonly falsePerDay: number;
}

/** A false alert, for the one who tunes the rule. */
export interface FalseAlert {
  /** Key of the rule. */
  readonly rule: string;
  readonly title: string;
  readonly group: Alert["group"];
  readonly since: number;
  readonly until: number;
}

export interface Score {
  readonly scenario: string;
  readonly seed: number;
  readonly days: number;
  readonly classes: readonly ClassScore[];
  readonly rules: readonly RuleScore[];
  /** Of rules that name a class. */
  readonly falseAlerts: number;
  readonly falsePerDay: number;
  readonly nuisanceAlerts: number;
  /** Alerts of rules that name no class: neither true nor false. */
  readonly unjudged: number;
  /** Documented attacks without an alert of their class. */
  readonly missed: readonly AttackTruth[];
  /** The first of each rule. */
  readonly falseExamples: readonly FalseAlert[];
}

const EXAMPLES_OF_A_RULE = 5;

/** What became of one episode. */
interface Judged {
  readonly episode: Episode;
  readonly classes: readonly AttackClass[];
  /** Attacks of the rule's own classes that it is about. */
  readonly finds: readonly AttackTruth[];
  readonly verdict: "true" | "false" | "nuisance" | "unjudged";
  /** The classes for which it is true: its own that fit an attack, or are a neighbour of one. */
  readonly trueFor: ReadonlySet<AttackClass>;
}

/**
 * Holds alerts against what was simulated. An alert is true for an attack when both overlap in time, they share an actor, an
 * address or a service, and the rule's class is the attack's or one of its {@link neighbours}. An attack is detected when an alert
 * of its own class is true for it. The phases of one alert count once.
 */
export function scoreAlerts(
  alerts: Iterable<Alert>,
  truth: Truth,
  classes: (rule: AlertRule) => readonly AttackClass[] = classesOf,
): Score {
  const traits = new Map<AttackTruth | Nuisance, ReadonlySet<string>>();
  for (const one of [...truth.attacks, ...truth.nuisances]) traits.set(one, traitsOf(one));
  const judged = episodesOf(alerts).map((episode) => judge(episode, classes(episode.rule), truth, traits));
  const days = Math.max((truth.until - truth.from) / DAY, Number.EPSILON);
  const found = firstDetections(judged);
  const names = new Set<AttackClass>([...truth.attacks.map((one) => one.class), ...judged.flatMap((one) => one.classes)]);
  const falseOnes = judged.filter((one) => one.verdict === "false");
  return {
    scenario: truth.scenario,
    seed: truth.seed,
    days,
    classes: [...names].sort().map((name) => classScore(name, truth, judged, found)),
    rules: ruleScores(judged, days),
    falseAlerts: falseOnes.length,
    falsePerDay: falseOnes.length / days,
    nuisanceAlerts: judged.filter((one) => one.verdict === "nuisance").length,
    unjudged: judged.filter((one) => one.verdict === "unjudged").length,
    missed: truth.attacks.filter((one) => one.documented && !found.has(one)),
    falseExamples: examplesOf(falseOnes),
  };
}

function traitsOf(one: AttackTruth | Nuisance): ReadonlySet<string> {
  const missing = "class" in one ? [...(one.services ?? []), ...(one.hosts ?? [])] : [];
  return new Set([...one.actors, ...one.addresses, ...missing]);
}

function judge(
  episode: Episode,
  classes: readonly AttackClass[],
  truth: Truth,
  traits: ReadonlyMap<AttackTruth | Nuisance, ReadonlySet<string>>,
): Judged {
  const finds: AttackTruth[] = [];
  const trueFor = new Set<AttackClass>();
  for (const attack of truth.attacks) {
    if (!overlaps(episode, attack)) continue;
    const shares = sharesTrait(episode, traits.get(attack) as ReadonlySet<string>);
    for (const one of classes) {
      if (!shares && !isAbout(episode, attack, one)) continue;
      if (one === attack.class) finds.push(attack);
      if (one === attack.class || neighbours[attack.class].includes(one)) trueFor.add(one);
    }
  }
  return { episode, classes, finds, trueFor, verdict: verdictOf() };

  function verdictOf(): Judged["verdict"] {
    if (classes.length === 0) return "unjudged";
    if (trueFor.size > 0) return "true";
    const nuisance = truth.nuisances.some((one) => overlaps(episode, one) && sharesTrait(episode, traits.get(one) as ReadonlySet<string>));
    return nuisance ? "nuisance" : "false";
  }
}

function overlaps(episode: Episode, happening: { readonly from: number; readonly until: number }): boolean {
  return episode.since <= happening.until && episode.until >= happening.from;
}

function sharesTrait(episode: Episode, traits: ReadonlySet<string>): boolean {
  for (const trait of episode.traits) if (traits.has(trait)) return true;
  return false;
}

/** Alerts of classes without an attacker: about any attack at that time, but for one that names another service or host. */
function isAbout(episode: Episode, attack: AttackTruth, one: AttackClass): boolean {
  if (!groupless.has(one)) return false;
  const { service, hostname } = episode.group;
  if (typeof hostname === "string" && attack.hosts !== undefined) return attack.hosts.includes(hostname);
  if (typeof service === "string" && attack.services !== undefined) return attack.services.includes(service);
  return true;
}

/** For each attack that was found: how long it took until the first alert. */
function firstDetections(judged: readonly Judged[]): ReadonlyMap<AttackTruth, number> {
  const found = new Map<AttackTruth, number>();
  for (const { episode, finds } of judged) {
    for (const attack of finds) {
      const time = Math.max(0, episode.completed - attack.from);
      found.set(attack, Math.min(time, found.get(attack) ?? time));
    }
  }
  return found;
}

function classScore(name: AttackClass, truth: Truth, judged: readonly Judged[], found: ReadonlyMap<AttackTruth, number>): ClassScore {
  const all = truth.attacks.filter((one) => one.class === name);
  const documented = all.filter((one) => one.documented);
  const beyond = all.filter((one) => !one.documented);
  const times = documented.flatMap((one) => found.get(one) ?? []).sort((one, other) => one - other);
  const alerts = judged.filter((one) => one.classes.includes(name) && !isAside(one, name));
  const trueAlerts = alerts.filter((one) => one.trueFor.has(name)).length;
  return {
    class: name,
    attacks: documented.length,
    detected: times.length,
    ...(documented.length > 0 ? { recall: times.length / documented.length } : {}),
    alerts: alerts.length,
    trueAlerts,
    ...(alerts.length > 0 ? { precision: trueAlerts / alerts.length } : {}),
    ...(times.length > 0 ? { medianTime: nearestRank(times, 0.5), p95Time: nearestRank(times, 0.95) } : {}),
    beyond: { attacks: beyond.length, detected: beyond.filter((one) => found.has(one)).length },
  };
}

/** Of a nuisance; or of a rule for several classes that is true for another of them. */
function isAside(one: Judged, name: AttackClass): boolean {
  return one.verdict === "nuisance" || (one.verdict === "true" && !one.trueFor.has(name));
}

/** Of sorted numbers, at least one. */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

function ruleScores(judged: readonly Judged[], days: number): RuleScore[] {
  const byRule = new Map<string, Judged[]>();
  for (const one of judged) {
    const list = byRule.get(one.episode.rule.key);
    if (list) list.push(one);
    else byRule.set(one.episode.rule.key, [one]);
  }
  return [...byRule.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, list]) => {
      const count = (verdict: Judged["verdict"]) => list.filter((one) => one.verdict === verdict).length;
      const { episode, classes } = list[0] as Judged;
      const falseAlerts = count("false");
      return {
        key,
        title: episode.rule.title,
        classes,
        alerts: list.length,
        trueAlerts: count("true"),
        falseAlerts,
        nuisances: count("nuisance"),
        falsePerDay: falseAlerts / days,
      };
    });
}

function examplesOf(falseOnes: readonly Judged[]): FalseAlert[] {
  const seen = new Map<string, number>();
  return falseOnes.flatMap(({ episode }) => {
    const before = seen.get(episode.rule.key) ?? 0;
    seen.set(episode.rule.key, before + 1);
    const { rule, group, since, until } = episode;
    return before < EXAMPLES_OF_A_RULE ? [{ rule: rule.key, title: rule.title, group, since, until }] : [];
  });
}
