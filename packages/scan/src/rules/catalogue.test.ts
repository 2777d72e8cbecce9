import { readdirSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { severities } from "../settle/severity.ts";
import { catalogue, traits } from "./catalogue.ts";
import { scanExample } from "./harness/examples.ts";
import { ruleText } from "./rule-text.ts";

// The first scan loads the languages.
vi.setConfig({ testTimeout: 120_000 });

describe("pages", () => {
  it("stand one to a rule", () => {
    const files = readdirSync(new URL("pages", import.meta.url)).filter((name) => /^(?!facts|shared-)/.test(name));
    expect(catalogue.map(({ id }) => `${id}.ts`).toSorted(), "add the page to catalogue.ts").toEqual(files.toSorted());
  });
});

describe("a page", () => {
  const rule = catalogue.find(({ examples }) => examples.some(({ language }) => language === "js") && examples.length > 1)!;

  it("shows the examples in the languages asked for, and says where the others are", () => {
    const text = ruleText(rule, { languages: new Set(["js"]) });
    expect(text).toContain("```js\n");
    expect(text).toContain(`telltale explain ${rule.id} --all-languages`);
    for (const { language, good } of rule.examples) expect(text.includes(good), language).toBe(language === "js");
  });

  it("shows all where it has none in these languages", () => {
    expect(ruleText(rule, { languages: new Set(["cobol"]) })).toBe(ruleText(rule));
  });

  it("accepts in the comments of the language", () => {
    const only = (language: string): string => ruleText({ ...rule, examples: [{ language, bad: "bad", good: "good" }] });
    expect(only("python")).toContain(`# telltale-ignore ${rule.id}: `);
    expect(only("go")).toContain(`// telltale-ignore ${rule.id}: `);
  });
});

describe.each(catalogue)("the page of $id", ({ id, title, finds, matters, cwe, examples, references, limits }) => {
  it("says what, why, and where it ends", () => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(finds).toMatch(/^[A-Z].*\.$/s);
    expect(matters).toMatch(/^[A-Z].*\.$/s);
    expect(cwe.length).toBeGreaterThan(0);
    expect(limits.length).toBeGreaterThan(0);
    for (const limit of limits) expect(limit).toMatch(/\.$/);
  });

  it("is printed whole, with a reference beside CWE and ASVS", () => {
    const rule = catalogue.find((one) => one.id === id)!;
    const text = ruleText(rule);
    for (const number of cwe) expect(text).toContain(`](https://cwe.mitre.org/data/definitions/${number}.html)`);
    for (const { good } of examples) expect(text).toContain(good);
    const urls = references.map(({ url }) => url);
    expect(urls.filter((url) => !url.includes("cwe.mitre.org"))).not.toEqual([]);
    expect(new Set(urls).size).toBe(urls.length);
  });

  it("shows code in two languages at least", () => {
    expect(new Set(examples.map(({ language }) => language)).size).toBeGreaterThan(1);
  });

  describe.each(examples)("in $language", (example) => {
    it("shows bad code that the rule finds", async () => {
      const { findings, notAnalysed } = await scanExample(example, "bad");
      expect(notAnalysed).toEqual([]);
      expect(findings.map(({ rule }) => rule)).toContain(id);
      const [lowest, highest] = traits[id].severities.map((one) => severities.indexOf(one));
      for (const { severity } of findings.filter(({ rule }) => rule === id)) {
        expect(severities.indexOf(severity)).toBeGreaterThanOrEqual(lowest!);
        expect(severities.indexOf(severity)).toBeLessThanOrEqual(highest!);
      }
    });

    it("shows good code in which it finds nothing", async () => {
      const { findings, notAnalysed } = await scanExample(example, "good");
      expect(notAnalysed).toEqual([]);
      expect(findings.filter(({ rule }) => rule === id).map(({ place, message }) => `${place.line}: ${message}`)).toEqual([]);
    });
  });
});
