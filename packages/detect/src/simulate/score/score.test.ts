import { describe, expect, it } from "vitest";
import type { Alert } from "../../alert.ts";
import type { AttackClass } from "../attacks/intensities.ts";
import { attackClasses } from "../attacks/intensities.ts";
import type { AttackTruth, Truth } from "../truth.ts";
import { classesOf, neighbours } from "./neighbours.ts";
import { scoreJson, scoreText } from "./report.ts";
import { scoreAlerts } from "./score.ts";
import type { ClassScore, Score } from "./score.ts";

const START = Date.UTC(2026, 2, 2);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

const attack = (id: string, name: AttackClass, from: number, changes: Partial<AttackTruth> = {}): AttackTruth => ({
  id,
  class: name,
  from: START + from,
  until: START + from + HOUR,
  actors: ["ada"],
  addresses: ["198.18.0.1"],
  events: 100,
  documented: true,
  parameters: { rate: 12.345, by: "login" },
  ...changes,
});

const truth = (attacks: readonly AttackTruth[], nuisances: Truth["nuisances"] = []): Truth => ({
  scenario: "made by hand",
  seed: 1,
  from: START,
  until: START + 48 * HOUR,
  attacks,
  nuisances,
});

let ids = 0;
function alert(key: string, tag: string | undefined, at: number, changes: Partial<Alert> = {}): Alert {
  const rule = { key, title: key, level: "high", tags: tag === undefined ? [] : ["attack.t1110", tag] } as const;
  return {
    id: String(++ids),
    phase: "opened",
    rule: { ...rule, techniques: [], controls: [], falsePositives: [], respond: [], references: [] },
    group: {},
    since: START + at,
    until: START + at,
    completed: START + at,
    count: 10,
    measures: {},
    actors: ["ada"],
    addresses: ["198.18.0.1"],
    targets: [],
    evidence: [],
    ...changes,
  };
}

const of = (score: Score, name: AttackClass): ClassScore => score.classes.find((one) => one.class === name) as ClassScore;
const nobody = { actors: ["bob"], addresses: ["203.0.113.1"] };

describe("an alert", () => {
  it("is true where it overlaps an attack of its class and shares an actor or an address", () => {
    const attacks = [attack("a", "credential_stuffing", HOUR)];
    const tag = "telltale.credential-stuffing";
    const verdict = (changes: Partial<Alert>, at = HOUR) => {
      const score = scoreAlerts([alert("stuffing", tag, at, changes)], truth(attacks));
      return [of(score, "credential_stuffing").recall, of(score, "credential_stuffing").precision, score.falseAlerts];
    };
    expect(verdict({})).toEqual([1, 1, 0]);
    expect(verdict({ actors: ["bob"] })).toEqual([1, 1, 0]);
    expect(verdict({ addresses: [] })).toEqual([1, 1, 0]);
    expect(verdict({ ...nobody, group: { "source.ip": "198.18.0.1" } })).toEqual([1, 1, 0]);
    expect(verdict(nobody)).toEqual([0, 0, 1]);
    expect(verdict({}, 3 * HOUR)).toEqual([0, 0, 1]);
    expect(verdict({}, 0)).toEqual([0, 0, 1]);
    // It began before and lasts into the attack.
    expect(verdict({ until: START + HOUR }, 0)).toEqual([1, 1, 0]);
  });

  it("counts once, whatever its phases say later", () => {
    const opened = alert("stuffing", "telltale.credential-stuffing", 0, { id: "x", ...nobody, completed: START + 10 * SECOND });
    const closed: Alert = { ...opened, phase: "closed", until: START + 2 * HOUR, addresses: ["198.18.0.1"] };
    const score = scoreAlerts([opened, closed], truth([attack("a", "credential_stuffing", 5 * SECOND)]));
    expect(of(score, "credential_stuffing")).toMatchObject({ alerts: 1, trueAlerts: 1, detected: 1, medianTime: 5 * SECOND });
  });

  it("of a neighbour is true, and finds nothing", () => {
    const score = scoreAlerts([alert("source", "telltale.brute-force-source", 0)], truth([attack("a", "credential_stuffing", 0)]));
    expect(of(score, "brute_force_source")).toMatchObject({ attacks: 0, alerts: 1, precision: 1 });
    expect(of(score, "credential_stuffing")).toMatchObject({ attacks: 1, detected: 0, recall: 0 });
    expect(score.missed.map((one) => one.id)).toEqual(["a"]);
  });

  it("of a stranger to the attack is false, although it shares the address", () => {
    const score = scoreAlerts([alert("deletion", "telltale.mass-deletion", 0)], truth([attack("a", "credential_stuffing", 0)]));
    expect(of(score, "mass_deletion").precision).toBe(0);
    expect(score.falseExamples).toEqual([{ rule: "deletion", title: "deletion", group: {}, since: START, until: START }]);
  });

  it("of a class without an attacker needs the time only, and the service where it names one", () => {
    const spray = [attack("a", "password_spraying_distributed", 0)];
    expect(scoreAlerts([alert("spray", "telltale.password-spraying-distributed", 0, nobody)], truth(spray)).falseAlerts).toBe(0);
    const silent = attack("s", "log_silence", 0, { actors: [], addresses: [], services: ["billing"] });
    const about = (service: string) =>
      scoreAlerts([alert("silence", "telltale.log-silence", HOUR, { ...nobody, group: { service } })], truth([silent])).falseAlerts;
    expect([about("billing"), about("mailer")]).toEqual([0, 1]);
  });

  it("about a nuisance is neither true nor false", () => {
    const job = { id: "j", kind: "broken_job" as const, from: START, until: START + HOUR, actors: ["svc"], addresses: [], events: 200 };
    const score = scoreAlerts([alert("brute", "telltale.brute-force-account", 0, { actors: ["svc"], addresses: [] })], truth([], [job]));
    expect(score).toMatchObject({ falseAlerts: 0, nuisanceAlerts: 1 });
    expect(of(score, "brute_force_account")).toMatchObject({ alerts: 0 });
    expect(of(score, "brute_force_account").precision).toBeUndefined();
  });

  it("of a rule without a class is not judged", () => {
    const score = scoreAlerts([alert("other", undefined, 0), alert("odd", "telltale.no-such-class", 0)], truth([]));
    expect(score).toMatchObject({ falseAlerts: 0, unjudged: 2, classes: [] });
  });

  it("of a rule for two classes is judged by the one that fits", () => {
    const both = () => ["token_reuse", "mass_deletion"] as const;
    const score = scoreAlerts([alert("both", undefined, 0)], truth([attack("a", "token_reuse", 0)]), both);
    expect(of(score, "token_reuse").precision).toBe(1);
    expect(of(score, "mass_deletion")).toMatchObject({ alerts: 0 });
  });
});

describe("the score", () => {
  const attacks = Array.from({ length: 4 }, (_, number) =>
    attack(`a${number}`, "mfa_fatigue", number * 4 * HOUR, { actors: [`user${number}`], addresses: [] }),
  );
  const found = (number: number, seconds: number) =>
    alert("mfa", "telltale.mfa-fatigue", number * 4 * HOUR + seconds * SECOND, { actors: [`user${number}`], addresses: [] });

  it("gives recall, precision and times by nearest rank", () => {
    const alerts = [found(0, 10), found(0, 90), found(1, 20), found(2, 60), alert("mfa", "telltale.mfa-fatigue", 0, nobody)];
    const score = scoreAlerts(alerts, truth(attacks));
    expect(of(score, "mfa_fatigue")).toEqual({
      class: "mfa_fatigue",
      attacks: 4,
      detected: 3,
      recall: 0.75,
      alerts: 5,
      trueAlerts: 4,
      precision: 0.8,
      medianTime: 20 * SECOND,
      p95Time: 60 * SECOND,
      beyond: { attacks: 0, detected: 0 },
    });
    expect(score).toMatchObject({ days: 2, falseAlerts: 1, falsePerDay: 0.5 });
    expect(score.rules).toEqual([
      expect.objectContaining({ key: "mfa", alerts: 5, trueAlerts: 4, falseAlerts: 1, nuisances: 0, falsePerDay: 0.5 }),
    ]);
    expect(score.missed.map((one) => one.id)).toEqual(["a3"]);
  });

  it("leaves attacks beyond the documented spans out of recall", () => {
    const beyond = attacks.map((one, number) => (number > 1 ? { ...one, documented: false } : one));
    const score = scoreAlerts([found(0, 1), found(1, 1), found(2, 1)], truth(beyond));
    expect(of(score, "mfa_fatigue")).toMatchObject({ attacks: 2, recall: 1, beyond: { attacks: 2, detected: 1 } });
    expect(score.missed).toEqual([]);
  });

  it("is told in words, with the parameters of what was missed", () => {
    const hostile = alert("mfa", "telltale.mfa-fatigue", 0, { ...nobody, group: { "actor.id": "a\u001b[2Jb", tenant: null } });
    const text = scoreText(scoreAlerts([found(0, 10), hostile], truth(attacks)));
    expect(text).toContain("mfa_fatigue         4  25.0 %       2     50.0 %    10 s  10 s");
    expect(text).toContain("missed:\n  a1 from 2026-03-02T04:00:00.000Z: rate 12.35, by login\n");
    expect(text).toContain("mfa from 2026-03-02T00:00:00.000Z to 2026-03-02T00:00:00.000Z: actor.id a?[2Jb, tenant (none)");
    expect(JSON.parse(scoreJson(scoreAlerts([found(0, 10)], truth(attacks))))).toMatchObject({ scenario: "made by hand" });
  });

  it("of nothing is nothing", () => {
    expect(scoreText(scoreAlerts([], truth([])))).toContain("false alerts: 0 (0 a day)");
  });
});

describe("the tables", () => {
  it("read the classes of a rule off its tags", () => {
    expect(classesOf({ tags: ["attack.t1110.004", "telltale.credential-stuffing", "telltale.brute-force-source", "telltale.x"] })).toEqual([
      "credential_stuffing",
      "brute_force_source",
    ]);
    expect(attackClasses.every((one) => classesOf({ tags: [`telltale.${one.replaceAll("_", "-")}`] })[0] === one)).toBe(true);
  });

  it("call no class its own neighbour", () => {
    expect(attackClasses.filter((one) => neighbours[one].includes(one))).toEqual([]);
  });
});
