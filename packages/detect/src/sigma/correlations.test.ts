import { describe, expect, it } from "vitest";
import type { CorrelationRule } from "../rule-ir.ts";
import { loadRules } from "./index.ts";
import { link } from "./link.ts";

const detections = ["a", "b", "c"]
  .map((name) => `name: ${name}\nlogsource: { category: application }\ndetection: { sel: { event: ${name} }, condition: sel }\n`)
  .join("---\n");

function load(correlation: string, telltale = "{}") {
  return loadRules([
    { file: "r.yml", text: `title: t\nname: top\ncorrelation: ${correlation}\ntelltale: ${telltale}\n---\n${detections}` },
  ]);
}

function read(correlation: string, telltale?: string): CorrelationRule {
  const { set, problems } = load(correlation, telltale);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return set.rules.find((rule) => rule.kind === "correlation")!;
}

describe("measures", () => {
  it.each([
    [
      "{ type: event_count, rules: a, group-by: u, timespan: 10m, condition: { gte: 5 } }",
      { type: "event_count", is: [{ op: "gte", value: 5 }] },
    ],
    [
      "{ type: event_count, rules: a, timespan: 10m, condition: { gt: 100, lte: 200 } }",
      {
        type: "event_count",
        is: [
          { op: "gt", value: 100 },
          { op: "lte", value: 200 },
        ],
      },
    ],
    [
      "{ type: value_count, rules: [a, b], timespan: 10m, condition: { field: [x, y], gte: 5 } }",
      { type: "value_count", fields: ["x", "y"], is: [{ op: "gte", value: 5 }] },
    ],
    [
      "{ type: value_sum, rules: [a], timespan: 10m, condition: { field: x, neq: 5 } }",
      { type: "value_sum", field: "x", is: [{ op: "neq", value: 5 }] },
    ],
    [
      "{ type: value_avg, rules: [a], timespan: 10m, condition: { field: x, gt: 0.5 } }",
      { type: "value_avg", field: "x", is: [{ op: "gt", value: 0.5 }] },
    ],
    [
      "{ type: value_percentile, rules: [a], timespan: 10m, condition: { field: x, percentile: 99.9, gt: 5 } }",
      { type: "value_percentile", field: "x", percentile: 99.9, is: [{ op: "gt", value: 5 }] },
    ],
    [
      "{ type: value_median, rules: [a], timespan: 10m, condition: { field: x, lt: 5 } }",
      { type: "value_percentile", field: "x", percentile: 50, is: [{ op: "lt", value: 5 }] },
    ],
    ["{ type: temporal, rules: [a, b], timespan: 10m }", { type: "temporal", needs: { count: [{ op: "gte", value: 2 }] } }],
    [
      "{ type: temporal, rules: [a, b, c], timespan: 10m, condition: { gte: 2 } }",
      { type: "temporal", needs: { count: [{ op: "gte", value: 2 }] } },
    ],
    [
      "{ type: temporal, timespan: 10m, condition: a and not (b or c) }",
      {
        type: "temporal",
        needs: {
          expression: {
            op: "and",
            of: [
              { op: "rule", index: 0 },
              {
                op: "not",
                of: {
                  op: "or",
                  of: [
                    { op: "rule", index: 1 },
                    { op: "rule", index: 2 },
                  ],
                },
              },
            ],
          },
        },
      },
    ],
    ["{ type: temporal_ordered, rules: [b, a], timespan: 10m }", { type: "temporal_ordered" }],
    ["{ type: temporal_ordered, rules: [b, a], timespan: 10m, condition: { gte: 2 } }", { type: "temporal_ordered" }],
  ])("%s", (text, measure) => expect(read(text).measure).toEqual(measure));

  it("notes what is not Sigma's own", () => {
    expect(load("{ type: value_median, rules: [a], timespan: 10m, condition: { field: x, lt: 5 } }").notes).toEqual([
      "r.yml:3:16: value_median is pySigma's; it is read as value_percentile with percentile 50",
    ]);
  });
});

it.each([
  ["90s", 90_000],
  ["10m", 600_000],
  ["1h", 3_600_000],
  ["2d", 172_800_000],
  ["1w", 604_800_000],
])("timespan %s", (text, milliseconds) => {
  expect(read(`{ type: event_count, rules: a, timespan: ${text}, condition: { gte: 5 } }`).timespan).toBe(milliseconds);
});

it("groups by aliases, each rule by its own field", () => {
  const rule = read(
    "{ type: temporal, rules: [a, b], timespan: 1h, group-by: [who, tenant], aliases: { who: { b: target.id, a: actor.id } } }",
  );
  expect(rule.of).toEqual(["a", "b"]);
  expect(rule.groupBy).toEqual([
    { name: "who", fields: ["actor.id", "target.id"] },
    { name: "tenant", fields: ["tenant", "tenant"] },
  ]);
});

it("reads telltale's further conditions", () => {
  const rule = read(
    "{ type: event_count, rules: [a, b], group-by: u, timespan: 1h, condition: { gte: 5 } }",
    `{ cancel-on: [c], expect: [x, y], and: [ {events: {gte: 5}}, {distinct: source.ip, gte: 5}, {distinct: [a, b], gte: 2, lte: 9}, {most-per: actor.id, lte: 2},
      {share-of: actor.id, with: {lte: 2}, gte: 0.8}, {share-matching: b, gte: 0.7}, {span: {gte: 5m}}, {travel: source.ip, kmh: 800, km: 500}, {any: [ {events: {gt: 1}} ]} ] }`,
  );
  expect(rule.cancelOn).toEqual(["c"]);
  expect(rule.expect).toEqual(["x", "y"]);
  expect(rule.and).toEqual([
    { kind: "events", is: [{ op: "gte", value: 5 }] },
    { kind: "distinct", fields: ["source.ip"], is: [{ op: "gte", value: 5 }] },
    {
      kind: "distinct",
      fields: ["a", "b"],
      is: [
        { op: "gte", value: 2 },
        { op: "lte", value: 9 },
      ],
    },
    { kind: "most-per", field: "actor.id", is: [{ op: "lte", value: 2 }] },
    { kind: "share-of", field: "actor.id", tries: [{ op: "lte", value: 2 }], is: [{ op: "gte", value: 0.8 }] },
    { kind: "share-matching", index: 1, is: [{ op: "gte", value: 0.7 }] },
    { kind: "span", is: [{ op: "gte", value: 300_000 }] },
    { kind: "travel", field: "source.ip", speed: 800, distance: 500 },
    { kind: "any", of: [{ kind: "events", is: [{ op: "gt", value: 1 }] }] },
  ]);
});

describe("problems", () => {
  const count = "type: event_count, rules: a, timespan: 1h";

  it.each([
    [
      "{ type: event_cuont, rules: a, timespan: 1h, condition: { gte: 1 } }",
      "{}",
      "correlation.type must be one of event_count, value_count",
    ],
    [
      "{ type: event_count, rule: a, timespan: 1h, condition: { gte: 1 } }",
      "{}",
      'r.yml:3:35: unknown key "correlation.rule"; did you mean "correlation.rules"?',
    ],
    [
      "{ type: event_count, rules: aa, timespan: 1h, condition: { gte: 1 } }",
      "{}",
      'r.yml:3:42: no rule is called "aa" in the files that were read; did you mean "a"?',
    ],
    ["{ type: event_count, rules: [a, a], timespan: 1h, condition: { gte: 1 } }", "{}", 'correlation.rules names "a" twice'],
    ["{ type: event_count, rules: [], timespan: 1h, condition: { gte: 1 } }", "{}", "correlation.rules is missing"],
    [
      "{ type: event_count, rules: a, timespan: 1M, condition: { gte: 1 } }",
      "{}",
      "correlation.timespan in months is not supported: they have no fixed length; use days",
    ],
    ["{ type: event_count, rules: a, timespan: 1y, condition: { gte: 1 } }", "{}", "correlation.timespan in years is not supported"],
    [
      "{ type: event_count, rules: a, timespan: 10, condition: { gte: 1 } }",
      "{}",
      "correlation.timespan must be a whole number with s, m, h, d or w, such as 10m",
    ],
    ["{ type: event_count, rules: a, timespan: 0s, condition: { gte: 1 } }", "{}", "correlation.timespan must be more than nothing"],
    ["{ type: event_count, rules: a, condition: { gte: 1 } }", "{}", "correlation.timespan is missing"],
    [`{ ${count} }`, "{}", "correlation.condition is missing"],
    [`{ ${count}, condition: { gte: "5" } }`, "{}", 'correlation.condition.gte must be a number, not "5"'],
    [`{ ${count}, condition: { field: x, gte: 5 } }`, "{}", 'unknown key "correlation.condition.field"'],
    [`{ ${count}, condition: { gte: 5, lt: 5 } }`, "{}", "contradicts the comparison beside it"],
    [`{ ${count}, condition: { eq: 5, lt: 3 } }`, "{}", "contradicts the comparison beside it"],
    ["{ type: value_count, rules: a, timespan: 1h, condition: { gte: 5 } }", "{}", "correlation.condition.field is missing"],
    [
      "{ type: value_sum, rules: a, timespan: 1h, condition: { field: [x, y], gte: 5 } }",
      "{}",
      "correlation.condition.field must be one field for value_sum",
    ],
    [
      "{ type: value_percentile, rules: a, timespan: 1h, condition: { field: x, lte: 1 } }",
      "{}",
      "value_percentile without percentile is not supported",
    ],
    [
      "{ type: value_percentile, rules: a, timespan: 1h, condition: { field: x, percentile: 101, lte: 1 } }",
      "{}",
      "must be a number from 0 to 100",
    ],
    [
      "{ type: temporal, rules: [a, b], timespan: 1h, condition: a }",
      "{}",
      '"b" in correlation.condition is missing: an expression must name all of correlation.rules',
    ],
    ["{ type: temporal, rules: [a], timespan: 1h, condition: a or b }", "{}", 'names "b", which is not among correlation.rules'],
    ["{ type: temporal_ordered, rules: [a, b], timespan: 1h, condition: a or b }", "{}", "temporal_ordered of some rules is not supported"],
    [
      "{ type: temporal_ordered, rules: [a, b, c], timespan: 1h, condition: { gte: 2 } }",
      "{}",
      "temporal_ordered of some rules is not supported",
    ],
    [
      "{ type: temporal, rules: [a, b], timespan: 1h, group-by: who, aliases: { who: { a: x } } }",
      "{}",
      'correlation.aliases.who is missing: give the field for the rule "b"',
    ],
    [
      "{ type: temporal, rules: [a], timespan: 1h, aliases: { who: { a: x, b: y } } }",
      "{}",
      'correlation.aliases.who names "b", which is not among correlation.rules',
    ],
    [
      "{ type: value_count, rules: a, timespan: 1h, aliases: { w: { a: x } }, condition: { field: w, gte: 1 } }",
      "{}",
      "correlation.condition.field with an alias is not supported",
    ],
    [`{ ${count}, condition: { gte: 1 }, generate: maybe }`, "{}", "correlation.generate must be true or false"],
    [
      `{ ${count}, condition: { gte: 1 } }`,
      "{ and: [ { distnict: x, gte: 1 } ] }",
      'unknown key "telltale.and.distnict"; did you mean "telltale.and.distinct"?',
    ],
    [
      `{ ${count}, condition: { gte: 1 } }`,
      "{ and: [ { share-of: x, with: { lte: 2 }, gte: 80 } ] }",
      "telltale.and.gte must be a share from 0 to 1",
    ],
    [`{ ${count}, condition: { gte: 1 } }`, "{ and: [ { share-of: x, gte: 0.8 } ] }", "telltale.and.with is missing"],
    [
      `{ ${count}, condition: { gte: 1 } }`,
      "{ and: [ { share-matching: b, gte: 0.8 } ] }",
      'names "b", which is not among correlation.rules',
    ],
    [`{ ${count}, condition: { gte: 1 } }`, "{ and: [ { travel: ip, kmh: 800 } ] }", "telltale.and.km is missing"],
    [`{ ${count}, condition: { gte: 1 } }`, "{ and: [ { most-per: x } ] }", "telltale.and.gte is missing: a comparison is needed"],
    [`{ ${count}, condition: { gte: 1 } }`, "{ cancel-on: [nobody] }", 'no rule is called "nobody"'],
    [`{ ${count}, condition: { gte: 1 } }`, "{ expect: [x] }", "can list values only where group-by has exactly one field"],
    [`{ ${count}, condition: { gte: 1 } }`, "{ expect: always }", "telltale.expect must be seen, or a list of values"],
  ])("of %s %s", (correlation, telltale, message) => {
    const { problems, set } = load(correlation, telltale);
    const found = problems.map((problem) => problem.message);
    expect(
      found.some((each) => each.includes(message)),
      `${found.join("\n")}\nhas ${message}`,
    ).toBe(true);
    for (const each of found) expect(each).toMatch(/^r\.yml:3:\d+: |^r\.yml:4:\d+: /);
    expect(set.rules.map(({ key }) => key)).toEqual(["a", "b", "c"]);
  });
});

describe("references", () => {
  const chain = (name: string, rules: string, more = "") =>
    `title: ${name}\nname: ${name}\ncorrelation: { type: event_count, rules: [${rules}], timespan: 1h, condition: { gte: 1 }${more} }\n`;
  const order = (text: string) => {
    const { set, problems, notes } = loadRules([{ file: "r.yml", text: `${text}---\n${detections}` }]);
    return {
      keys: set.rules.map(({ key }) => key),
      alerts: set.rules.filter(({ alerts }) => alerts).map(({ key }) => key),
      problems: problems.map(({ message }) => message),
      notes,
    };
  };

  it("go to rules that stand before", () => {
    const { keys, alerts } = order([chain("top", "mid, c"), chain("mid", "low"), chain("low", "a")].join("---\n"));
    for (const [before, after] of [
      ["a", "low"],
      ["low", "mid"],
      ["mid", "top"],
      ["c", "top"],
    ] as const)
      expect(keys.indexOf(before)).toBeLessThan(keys.indexOf(after));
    expect(alerts).toEqual(["b", "top"]);
  });

  it("silence a rule unless a correlation generates its alerts", () => {
    expect(order(chain("top", "a, b", ", generate: true")).alerts.sort()).toEqual(["a", "b", "c", "top"]);
    expect(order(`${chain("top", "a")}telltale: { cancel-on: b }\n`).alerts).toEqual(["c", "top"]);
  });

  it("in a circle are a problem, and leave out what depends on the circle", () => {
    const { keys, problems, notes } = order([chain("top", "x"), chain("x", "y"), chain("y", "a, x"), chain("self", "self")].join("---\n"));
    expect(problems).toEqual(['r.yml:5: "x" refers to itself by way of "y", "x"', 'r.yml:13: "self" refers to itself by way of "self"']);
    expect(notes).toEqual(['r.yml:1: "top" is left out, for it refers to "x", which has a problem']);
    expect(keys).toEqual(["a", "b", "c"]);
  });

  it("to a rule with a problem leave out what refers, down the chain, and silence nothing", () => {
    const bad = "title: bad\nname: bad\nlogsource: { category: x }\ndetection: { sel: { a|nope: 1 }, condition: sel }\n";
    const { keys, alerts, problems, notes } = order([chain("top", "mid"), chain("mid", "bad, a"), bad].join("---\n"));
    expect(problems).toHaveLength(1);
    expect(notes).toHaveLength(2);
    expect([keys, alerts]).toEqual([
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
  });

  it("may be long: a chain of 50,000 correlations", () => {
    const template = read("{ type: event_count, rules: a, timespan: 1h, condition: { gte: 1 } }");
    const links = Array.from({ length: 50_000 }, (_, index) => ({
      rule: { ...template, key: `${index}`, of: index === 49_999 ? [] : [`${index + 1}`] },
      generate: false,
    }));
    const { rules, problems } = link([], links);
    expect(problems).toEqual([]);
    expect(rules.map(({ key }) => key)).toEqual(links.map(({ rule }) => rule.key).reverse());
  });
});
