import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadRules, readSamples, sampleStart } from "./index.ts";

function events(text: string) {
  const { samples, problems } = readSamples({ file: "s.yaml", text: `- name: n\n  kind: positive\n  events:\n${text}` });
  expect(problems.map(({ message }) => message)).toEqual([]);
  return samples[0]!.events.map(({ time, fields }) => ({ seconds: (time - sampleStart) / 1000, fields }));
}

describe("samples", () => {
  it("start on a Monday at ten", () => expect(new Date(sampleStart).toUTCString()).toBe("Mon, 05 Jan 2026 10:00:00 GMT"));

  it("have times and fields, dotted or nested", () => {
    expect(
      events(
        "    - { at: 0s, event: a, actor.id: ann, actor: { name: Ann }, list: [1, x], none: null }\n    - { at: 1h5m30s, event: b }\n",
      ),
    ).toEqual([
      { seconds: 0, fields: { event: "a", actor: { id: "ann", name: "Ann" }, list: [1, "x"], none: null } },
      { seconds: 3930, fields: { event: "b" } },
    ]);
  });

  it("repeat with what varies, all events in the order of time", () => {
    const read = events(
      '    - { at: 0s, u: x, repeat: { times: 4, every: 10s, vary: { u: [a, b], ip: "10.0.0.{n}", seq: "{n}", shard: "s{n%2}" } } }\n    - { at: 15s, u: c }\n',
    );
    expect(read.map(({ seconds, fields: { u } }) => [seconds, u])).toEqual([
      [0, "a"],
      [10, "b"],
      [15, "c"],
      [20, "a"],
      [30, "b"],
    ]);
    expect(read[4]!.fields).toEqual({ u: "b", ip: "10.0.0.4", seq: 4, shard: "s0" });
  });

  it("leave a field out where its value in a list is null", () => {
    expect(events("    - { at: 0s, repeat: { times: 2, vary: { u: [a, null] } } }\n").map(({ fields }) => fields.u)).toEqual([
      "a",
      undefined,
    ]);
  });

  it("keep a hostile name a field of the event", () => {
    const [event] = events("    - { at: 0s, __proto__: { polluted: 1 }, a.__proto__.b: 2 }\n");
    expect(Object.getOwnPropertyNames(event!.fields)).toEqual(["__proto__", "a"]);
    expect((event!.fields as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { b?: number }).b).toBeUndefined();
  });

  it("say how many alerts, of which rule and group, and when the clock stops", () => {
    const text = `- { name: a, kind: positive, alerts: 2, rule: r, expect: { group: { source.ip: 1.2.3.4, actor.id: null } }, ends: 2h, events: [] }
- { name: b, kind: near-miss, events: [] }`;
    expect(readSamples({ file: "s.yaml", text }).samples).toMatchObject([
      {
        name: "a",
        kind: "positive",
        alerts: 2,
        rule: "r",
        group: { "source.ip": "1.2.3.4", "actor.id": null },
        ends: sampleStart + 7_200_000,
        place: { file: "s.yaml", line: 1 },
      },
      { name: "b", kind: "near-miss", alerts: 0, place: { line: 2 } },
    ]);
  });

  it("may stand in the rule file, and are then of the rule beside them", () => {
    const text =
      "title: t\nid: x\nlogsource: { product: p }\ndetection: { s: { a: 1 }, condition: s }\ntelltale: { samples: [ { name: n, kind: negative, events: [ { at: 0s } ] } ] }\n---\ntitle: u\n";
    expect(readSamples({ file: "r.yml", text })).toMatchObject({ samples: [{ name: "n", rule: "x", alerts: 0 }], problems: [] });
    expect(loadRules([{ file: "r.yml", text }]).set.rules).toHaveLength(1);
  });

  it.each([
    ["- { kind: positive, events: [] }", "s.yaml:1:3: sample.name is missing"],
    ["- { name: x, events: [] }", "sample.kind is missing"],
    [
      "- { name: x, kind: postive, events: [] }",
      'sample.kind must be one of positive, negative, near-miss, not "postive"; did you mean "positive"?',
    ],
    ["- { name: x, kind: positive, alerts: 0, events: [] }", "sample.alerts cannot be 0 for a positive sample"],
    ["- { name: x, kind: negative, alerts: 1, events: [] }", "sample.alerts cannot be 1 for a negative sample"],
    ["- { name: x, kind: positive }", "sample.events is missing"],
    ["- { name: x, kind: positive, event: [] }", 'unknown key "sample.event"; did you mean "sample.events"?'],
    ["- { name: x, kind: positive, events: [ { event: a } ] }", "sample.events.at is missing"],
    ["- { name: x, kind: positive, events: [ { at: soon } ] }", 'sample.events.at must be a time such as 0s, 90s or 5m30s, not "soon"'],
    ["- { name: x, kind: positive, events: [ { at: 0s, repeat: { every: 1s } } ] }", "sample.events.repeat.times is missing"],
    [
      "- { name: x, kind: positive, events: [ { at: 0s, repeat: { times: 1e9 } } ] }",
      "sample.events.repeat.times must be a whole number from 1 to 100000",
    ],
    ["- { name: x, kind: positive, events: [ { at: 0s, a: 1, a.b: 2 } ] }", "a.b is a field inside a field that has a plain value"],
    [
      "- { name: x, kind: positive, events: [ { at: 0s, repeat: { times: 90000 } }, { at: 0s, repeat: { times: 90000 } } ] }",
      "has more than 100000 events",
    ],
  ])("refuse %s", (text, message) => {
    const { samples, problems } = readSamples({ file: "s.yaml", text });
    expect(problems.map((problem) => problem.message).join("\n")).toContain(message);
    expect(samples).toEqual([]);
  });
});

describe("docs/detection-rules.md", () => {
  const page = readFileSync(new URL("../../../../docs/detection-rules.md", import.meta.url), "utf8");
  const [rule = "", samples = "", filter = ""] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text);

  it("shows a rule, samples and a filter that can be read", () => {
    const { set, problems, notes } = loadRules([
      { file: "rule.yaml", text: rule },
      { file: "filter.yaml", text: filter },
    ]);
    expect([set.rules.length, problems, notes]).toEqual([2, [], []]);
    const read = readSamples({ file: "s.yaml", text: samples });
    expect(read.problems).toEqual([]);
    expect(read.samples.map(({ kind, events: { length } }) => [kind, length])).toEqual([
      ["positive", 10],
      ["near-miss", 8],
      ["negative", 5],
    ]);
  });
});
