import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ecsProblems } from "../../../log/src/formats/harness/ecs-schema.ts";
import { ocsfProblems } from "../../../log/src/formats/harness/ocsf-schema.ts";
import type { Alert } from "../alert.ts";
import { alertKey } from "../store/bounded-alert.ts";
import { alertOf, anyAlert, stuffing } from "../store/harness/alerts.ts";
import { alertObject } from "./json.ts";
import { renderers } from "./renderers.ts";

function rendered(format: string, alert: Alert): Record<string, unknown> {
  return JSON.parse(renderers.get(format)!.render(alert)) as Record<string, unknown>;
}

/** The tables of packages/log hold the fields that its events use; ECS 9.4 has these for rules beside. */
const ruleFields = new Set(["rule.id", "rule.uuid", "rule.name", "rule.description", "rule.reference", "rule.ruleset"]);

function ecsDoubts(alert: Alert): readonly string[] {
  const known = [...ruleFields].map((name) => `${name}: no such field`);
  return ecsProblems(rendered("ecs", alert), "telltale").filter((problem) => !known.includes(problem));
}

/** Objects that the tables lack, with the attributes that OCSF 1.8.0 requires of them and those that it allows. */
const furtherObjects: Readonly<Record<string, { readonly required: readonly string[]; readonly allowed: readonly string[] }>> = {
  analytic: { required: ["type_id"], allowed: ["type_id", "type", "uid", "name"] },
  observable: { required: ["type_id"], allowed: ["name", "type_id", "type", "value"] },
  remediation: { required: ["desc"], allowed: ["desc", "references"] },
};

function ocsfDoubts(alert: Alert): readonly string[] {
  const event = rendered("ocsf", alert);
  return ocsfProblems(event).flatMap((problem) => {
    const [, path, object = ""] = /^(.+): the facts lack the object (\w+)$/.exec(problem) ?? [];
    const shape = furtherObjects[object];
    if (!path || !shape) return [problem];
    const value = path
      .split(/[.[\]]+/)
      .filter(Boolean)
      .reduce<unknown>((here, name) => (here as Record<string, unknown>)[name], event);
    const names = Object.keys(value as object);
    return [...shape.required.filter((name) => !names.includes(name)), ...names.filter((name) => !shape.allowed.includes(name))].map(
      (name) => `${path}.${name}`,
    );
  });
}

const phases: readonly Alert[] = [stuffing, alertOf(1, { phase: "grown", count: 84 }), alertOf(1, { phase: "closed" })];

test("JSON has every key, in a fixed order, and times that people can read", () => {
  const bare: Alert = { ...stuffing, rule: { ...stuffing.rule, id: undefined, description: undefined }, evidence: [] };
  const keys = "kind,key,id,phase,level,completed,since,until,count,rule,group,measures,actors,addresses,targets,evidence";
  const ruleKeys = "key,id,title,description,tags,techniques,controls,false_positives,respond,references";
  for (const alert of [stuffing, bare]) {
    expect(Object.keys(rendered("json", alert)).join()).toBe(keys);
    expect(Object.keys(rendered("json", alert)["rule"] as object).join()).toBe(ruleKeys);
  }
  expect(rendered("json", stuffing)).toMatchObject({
    key: `${stuffing.id}-opened`,
    since: "2026-11-21T10:00:00.000Z",
    rule: { false_positives: stuffing.rule.falsePositives },
    evidence: [{ fields: stuffing.evidence[0]!.fields }, { position: 20480, fields: null }],
  });
});

describe("ECS", () => {
  test.each(phases)("keeps to the schema: $phase", (alert) => expect(ecsDoubts(alert)).toEqual([]));

  test("names who, whence and which technique", () => {
    expect(rendered("ecs", stuffing)).toMatchObject({
      event: { kind: "alert", id: `${stuffing.id}-opened`, severity: 4, duration: 750_000_000_000 },
      rule: { id: "credential-stuffing", name: "Credential stuffing from one source" },
      threat: { technique: { id: ["T1110", "T1078"], name: ["Brute Force", "Valid Accounts"], subtechnique: { id: ["T1110.004"] } } },
      source: { ip: "203.0.113.7" },
      related: { ip: ["203.0.113.7"], user: stuffing.actors },
    });
    expect(rendered("ecs", stuffing)).not.toHaveProperty("user");
    expect(rendered("ecs", alertOf(1, { actors: ["alice"], addresses: ["::1", "pseudonym"] }))).toMatchObject({
      user: { id: "alice" },
      related: { ip: ["::1"] },
    });
  });
});

describe("OCSF", () => {
  test.each(phases)("keeps to the schema: $phase", (alert) => expect(ocsfDoubts(alert)).toEqual([]));

  test.each([
    ["opened", { activity_id: 1, type_uid: 200401, status_id: 1 }],
    ["grown", { activity_id: 2, type_uid: 200402, status_id: 2 }],
    ["closed", { activity_id: 3, type_uid: 200403, status_id: 99 }],
  ] as const)("%s is an activity of its own", (phase, expected) => {
    expect(rendered("ocsf", alertOf(1, { phase }))).toMatchObject({ class_uid: 2004, severity_id: 4, ...expected });
  });

  test("holds attacks and evidence", () => {
    expect(rendered("ocsf", stuffing)).toMatchObject({
      finding_info: {
        uid: stuffing.id,
        attacks: [
          { technique: { uid: "T1110" }, sub_technique: { uid: "T1110.004", name: "Credential Stuffing" } },
          { technique: { uid: "T1078" } },
        ],
      },
      evidences: [{ actor: { user: { uid: "alice" } }, src_endpoint: { ip: "203.0.113.7" } }, { data: { position: 20480 } }],
    });
  });
});

describe("any alert whatever", () => {
  // oxlint-disable-next-line no-control-regex -- to find them is the point
  const obeyed = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

  test.each(["json", "ecs", "ocsf"])("is one line of %s without control characters, by which it is known again", (format) => {
    const renderer = renderers.get(format)!;
    fc.assert(
      fc.property(anyAlert, (alert) => {
        const line = renderer.render(alert);
        expect(line).not.toMatch(obeyed);
        expect(line.startsWith(renderer.head)).toBe(true);
        expect(typeof JSON.parse(line)).toBe("object");
        expect(renderer.keyOf(line)).toBe(alertKey(alert));
      }),
      { numRuns: 200 },
    );
  });

  test("keeps to the schemas", () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        expect(ecsDoubts(alert)).toEqual([]);
        expect(ocsfDoubts(alert)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("loses nothing in JSON", () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        expect(rendered("json", alert)).toEqual(JSON.parse(JSON.stringify(alertObject(alert))));
      }),
      { numRuns: 100 },
    );
  });
});
