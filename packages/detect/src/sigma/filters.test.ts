import { describe, expect, it } from "vitest";
import { compileMatch } from "../match/index.ts";
import { loadRules } from "./index.ts";

const rules = ["a", "b"]
  .map(
    (name) =>
      `name: ${name}\nlogsource: { category: application, service: ${name} }\ndetection: { sel: { x|exists: true }, condition: sel }\n`,
  )
  .join("---\n");

function load(filter: string, logsource = "category: application") {
  const { set, problems, notes } = loadRules([
    { file: "f.yml", text: `title: f\nlogsource: { ${logsource} }\nfilter: ${filter}\n` },
    { file: "r.yml", text: rules },
  ]);
  const matches = (name: string, x: string) => {
    const rule = set.rules.find(({ key }) => key === name)!;
    return rule.kind === "detection" && compileMatch(rule.match)({ x });
  };
  return { matches, problems: problems.map(({ message }) => message), notes };
}

describe("filters", () => {
  it("take what they name out of the rules that they name", () => {
    const { matches, problems } = load("{ rules: [a], sel: { x|startswith: adm_ }, condition: not sel }");
    expect(problems).toEqual([]);
    expect([matches("a", "adm_1"), matches("a", "bob"), matches("b", "adm_1")]).toEqual([false, true, true]);
  });

  it("mean the same exclusion as the specification spells it, with a note", () => {
    const { matches, notes } = load("{ rules: any, sel: { x|startswith: adm_ }, condition: sel }");
    expect([matches("a", "adm_1"), matches("b", "adm_1"), matches("b", "bob")]).toEqual([false, false, true]);
    expect(notes).toHaveLength(1);
  });

  it("read conditions in which each part says not as what is kept", () => {
    const { matches } = load("{ rules: any, s1: { x: p }, s2: { x: q }, condition: not s1 and not s2 }");
    expect(["p", "q", "r"].map((x) => matches("a", x))).toEqual([false, false, true]);
    expect(load("{ rules: any, s1: { x: p }, condition: not 1 of s* }").matches("a", "p")).toBe(false);
  });

  it("refuse a condition that can be read both ways", () => {
    expect(load("{ rules: any, s1: { x: p }, s2: { x: q }, condition: s1 and not s2 }").problems[0]).toMatch(
      /^f\.yml:3:\d+: filter\.condition that mixes/,
    );
  });

  it("reach only rules whose log source has what theirs names", () => {
    const { matches } = load("{ rules: any, sel: { x: p }, condition: not sel }", "service: b");
    expect([matches("a", "p"), matches("b", "p")]).toEqual([true, false]);
    expect(load("{ rules: any, sel: { x: p }, condition: not sel }", "product: other").notes[0]).toContain("reaches no detection");
  });

  it.each([
    ["{ sel: { x: p }, condition: not sel }", "filter.rules is missing: name rules by id or name, or say any"],
    ["{ rules: [z], sel: { x: p }, condition: not sel }", 'no rule is called "z"'],
    ["{ rules: any, sel: { x: p } }", "filter.condition is missing"],
  ])("refuse %s", (filter, message) => expect(load(filter).problems.join()).toContain(message));
});
