import { describe, expect, it } from "vitest";
import type { DetectionRule } from "../rule-ir.ts";
import { loadRules } from "./index.ts";

/** Messages of what is wrong with one file. */
function problems(text: string): string[] {
  return loadRules([{ file: "r.yml", text }]).problems.map(({ message }) => message);
}

function rule(detection: string, top = ""): string {
  return `title: t\nlogsource: { category: application }\n${top}detection:\n${detection}`;
}

describe("facts of a rule", () => {
  it("are read, with defaults where Sigma leaves them open", () => {
    const text = `title: Brute force
id: 1
name: brute
status: test
author: [Ann, Ben]
references: https://example.org
tags: [attack.credential-access, attack.t1110.004, cve.2020-1]
falsepositives: [tests]
custom_key: anything
logsource: { product: telltale, definition: "has a text" }
detection: { sel: { event: x }, condition: sel }
telltale:
  controls: [PCI DSS 10.4.1, SOC2 CC7.2]
  respond: [Lock it., Ask.]
---
title: Other
logsource: { category: application }
detection: { sel: { event: y }, condition: sel }
`;
    const { set, problems: wrong } = loadRules([{ file: "a/b.yml", text }]);
    expect(wrong).toEqual([]);
    expect(set.rules[0]).toMatchObject({
      key: "1",
      id: "1",
      name: "brute",
      title: "Brute force",
      level: "medium",
      status: "test",
      author: "Ann, Ben",
      references: ["https://example.org"],
      techniques: ["T1110.004"],
      falsePositives: ["tests"],
      respond: ["Lock it.", "Ask."],
      place: { file: "a/b.yml", line: 1 },
      alerts: true,
      controls: [
        { framework: "PCI DSS", id: "10.4.1" },
        { framework: "SOC2", id: "CC7.2" },
      ],
      logsource: { product: "telltale" },
      episode: { groupBy: ["actor.id", "source.ip"], quiet: 600_000 },
    });
    expect(set.rules[1]).toMatchObject({ key: "a/b.yml#2", title: "Other", place: { line: 16 } });
  });

  it("have telltale's keys for detections", () => {
    const read = (telltale: string) =>
      loadRules([{ file: "r.yml", text: `${rule("  sel: { a: 1 }\n  condition: sel\n")}telltale: ${telltale}\n` }]).set
        .rules[0] as DetectionRule;
    expect(read("{ episode: { group-by: [session], quiet: 2h } }").episode).toEqual({ groupBy: ["session"], quiet: 7_200_000 });
    expect(read("{ episode: { group-by: [] } }").episode).toEqual({ groupBy: [], quiet: 600_000 });
    expect(read("{ first-seen: { fields: [source.ip], by: actor.id, learn: 1d } }").memory).toEqual({
      kind: "first-seen",
      fields: ["source.ip"],
      by: ["actor.id"],
      learn: 86_400_000,
      forget: 90 * 86_400_000,
    });
    expect(read("{ first-seen: { fields: source.ip, learn: 0s } }").memory).toMatchObject({ by: [], learn: 0 });
    expect(read("{ gap: { field: seq, by: [writer] } }").memory).toEqual({ kind: "gap", field: "seq", by: ["writer"] });
  });
});

describe("problems", () => {
  const sel = "  sel: { a: 1 }\n";

  it.each([
    ["title: x\nlogsource: {", "r.yml:2:13: not valid YAML: "],
    ["just text", "r.yml:1:1: the document must be a map with detection, correlation or filter"],
    ["title: x\nfilters: {}", 'r.yml:2:1: unknown key "filters"; did you mean "filter"?'],
    [
      rule("  sel: { a: 1 }\n  condtion: sel\n"),
      'r.yml:5:3: detection.condition is missing: say which searches must match, as in "selection"; is "condtion" meant to be it?',
    ],
    [
      rule(`${sel}  condition: sell\n`),
      'r.yml:5:14: detection.condition names "sell", which is no search of this rule; did you mean "sel"?',
    ],
    [rule(`${sel}  condition: 1 of filter_*\n`), 'r.yml:5:14: detection.condition asks for "filter_*", and no search is called so'],
    [rule(`${sel}  condition: sel and\n`), 'detection.condition must have the name of a search, "(" or "1 of" at its end'],
    [rule(`${sel}  condition: (sel\n`), 'detection.condition must have ")" at its end'],
    [rule(`${sel}  condition: sel sel\n`), 'detection.condition must have "and", "or" or the end at character 5, not "sel"'],
    [rule(`${sel}  condition: 2 of sel*\n`), 'detection.condition has "2 of"; Sigma knows 1 of, any of and all of'],
    [
      rule(`${sel}  condition: sel | count() by b > 5\n`),
      "detection.condition with an aggregation of Sigma 1 is not supported: write a correlation",
    ],
    [rule(`${sel}  condition: ${"(".repeat(200)}sel${")".repeat(200)}\n`), "detection.condition nests deeper than 100 levels"],
    [
      rule("  sel:\n    a|contians: x\n  condition: sel\n"),
      'r.yml:5:5: detection.sel."a|contians" has the unknown modifier "contians"; did you mean "contains"?',
    ],
    [rule("  sel:\n    a|re: '(?=x)'\n  condition: sel\n"), 'r.yml:5:11: detection.sel."a|re" with look-around is not supported'],
    [rule("  sel:\n    a|re: '(x)\\1'\n  condition: sel\n"), "with a back reference is not supported"],
    [rule("  sel:\n    a|re: '(x'\n  condition: sel\n"), "is not a regular expression of RE2: missing closing )"],
    [rule("  sel:\n    a|re: '((x{900}){900}){900}'\n  condition: sel\n"), "is not a regular expression of RE2: invalid repeat count"],
    [rule("  sel:\n    a|re: '(x{30}){30}y{900}'\n  condition: sel\n"), "is too large: its repetitions written out make "],
    [rule("  sel:\n    a|cidr: 10.0.0.0/33\n  condition: sel\n"), 'must have 0 to 32 bits after the slash, not "10.0.0.0/33"'],
    [rule("  sel:\n    a|cidr: host\n  condition: sel\n"), "must be a range of addresses such as 10.0.0.0/8"],
    [rule("  sel:\n    a|gt: many\n  condition: sel\n"), 'must be a number, not "many"'],
    [rule("  sel:\n    a|exists: maybe\n  condition: sel\n"), "must be true or false"],
    [rule("  sel:\n    a|expand: '%x%'\n  condition: sel\n"), 'with a placeholder without values is not supported: give values for "x"'],
    [rule("  sel:\n    a|base64: 'x*'\n  condition: sel\n"), "cannot encode a value with wildcards"],
    [rule("  sel:\n    a|re|cidr: x\n  condition: sel\n"), 'cannot have "cidr" after regex'],
    [rule("  sel:\n    a|contains|base64: x\n  condition: sel\n"), 'cannot have "base64" after contains'],
    [rule("  sel:\n    a|lt|startswith: 1\n  condition: sel\n"), 'cannot have "startswith" on a number'],
    [rule("  sel:\n    a|i: x\n  condition: sel\n"), 'cannot have "i" after a value that is no re'],
    [rule("  sel:\n    a|utf16: é\n  condition: sel\n"), "gives bytes that are no text"],
    [rule("  sel:\n    a|windash: ' -a -b -c -d -e'\n  condition: sel\n"), "windash takes 4 at most"],
    [rule("  sel:\n    a: []\n  condition: sel\n"), "has an empty list of values"],
    [rule("  sel:\n    a: { b: c }\n  condition: sel\n"), "must be a value or a list of values, not a map"],
    [rule("  sel: {}\n  condition: sel\n"), "detection.sel is empty"],
    [rule("  sel: [null]\n  condition: sel\n"), "cannot look for nothing (null) in a text"],
    [rule("  sel:\n    '|cidr': 10.0.0.0/8\n  condition: sel\n"), "needs a field before the modifiers"],
    [
      rule(`${sel}  condition: sel\n`, "level: hihg\n"),
      'r.yml:3:1: level must be one of informational, low, medium, high, critical, not "hihg"; did you mean "high"?',
    ],
    [rule(`${sel}  condition: sel\n`, "tag: [x]\n"), 'unknown key "tag"; did you mean "tags"?'],
    [rule(`${sel}  condition: sel\n`, "telltale: { episodes: {} }\n"), 'unknown key "telltale.episodes"; did you mean "telltale.episode"?'],
    [rule(`${sel}  condition: sel\n`, "telltale: { and: [] }\n"), 'unknown key "telltale.and"'],
    [
      rule(`${sel}  condition: sel\n`, "telltale: { controls: [PCI] }\n"),
      'telltale.controls must be a framework and an id such as "PCI DSS 10.4.1", not "PCI"',
    ],
    [
      rule(`${sel}  condition: sel\n`, "telltale: { first-seen: { field: x } }\n"),
      'unknown key "telltale.first-seen.field"; did you mean "telltale.first-seen.fields"?',
    ],
    [`title: x\ndetection:\n${sel}  condition: sel\n`, "r.yml:1:1: logsource is missing"],
    [`title: x\nlogsource: {}\ndetection:\n${sel}  condition: sel\n`, "logsource is missing: it needs category, product or service"],
    [`logsource: { product: x }\ndetection:\n${sel}  condition: sel\n`, "title is missing"],
    [
      `action: global\ntitle: x\n---\ndetection:\n${sel}  condition: sel\n`,
      "r.yml:1:1: action (global, reset, repeat) is not supported: it is of Sigma 1; write each rule out",
    ],
    [rule(`${sel}  sel: { b: 1 }\n  condition: sel\n`), 'r.yml:5:3: "sel" stands twice in one map'],
    [rule(`  sel: { <<: { a: 1 } }\n  condition: sel\n`), "<< is not supported: merge keys of YAML 1.1"],
    [rule(`  sel: { [a]: 1 }\n  condition: sel\n`), "a key must be text, not a map or a list"],
    [`${rule(`${sel}  condition: sel\n`)}correlation: {}\n`, "correlation cannot stand beside detection"],
  ])("of %j", (text, message) => {
    const found = problems(text);
    expect(
      found.some((each) => each.includes(message)),
      `${found.join("\n")}\nhas ${message}`,
    ).toBe(true);
    for (const each of found) expect(each).toMatch(/^r\.yml:\d+:\d+: [^\n]+$/);
  });

  it("are all told at once, and the good rules are kept", () => {
    const text = `${rule("  a: { x|foo: 1, y|bar: 2 }\n  b: { z|lt: q }\n  condition: a\n", "level: bad\n")}---\n${rule("  sel: { a: 1 }\n  condition: sel\n")}`;
    const { set, problems: found } = loadRules([{ file: "r.yml", text }]);
    expect(found.map(({ code }) => code)).toEqual(["RULE_VALUE", "RULE_VALUE", "RULE_VALUE", "RULE_VALUE"]);
    expect(set.rules.map(({ key }) => key)).toEqual(["r.yml#2"]);
  });

  it("name both places of a name that is taken", () => {
    const text = rule("  sel: { a: 1 }\n  condition: sel\n", "id: x\n");
    const { set, problems: found } = loadRules([
      { file: "a.yml", text },
      { file: "b.yml", text },
    ]);
    expect(found.map(({ message }) => message)).toEqual(['b.yml:3:1: "x" is already what the rule at a.yml:1:1 is called']);
    expect(set.rules).toHaveLength(1);
  });
});

it("notes a search that no condition uses", () => {
  expect(loadRules([{ file: "r.yml", text: rule("  sel: { a: 1 }\n  filter: { b: 1 }\n  condition: sel\n") }]).notes).toEqual([
    "r.yml:5:3: detection.filter is not used by the condition",
  ]);
});
