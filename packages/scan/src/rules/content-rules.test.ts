import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "../config/parse.ts";
import { scan } from "../scan.ts";
import { atLeast } from "../settle/severity.ts";
import { contentRules } from "./content.ts";
import { traits } from "./traits.ts";

/**
 * `content/fixtures/RULE/CASE/…`: an application in which every finding of RULE is labelled on its line by
 * `//~ RULE`, `#~ RULE` or `--~ RULE`, with carets for lines further up (`//~^ RULE`); a line without a label has none.
 * `//~ wrong: RULE` is a finding that is missed today, `//~ wrong: no RULE` one that should not be there. Findings of other
 * rules are not looked at.
 */
const FOLDER = join(import.meta.dirname, "../content/fixtures");
const LABEL = /(?:\/\/|#|--|<!--)~(\^*) (wrong: )?(no )?([a-z-]+)/g;

const cases = contentRules.flatMap(({ id }) =>
  existsSync(join(FOLDER, id)) ? readdirSync(join(FOLDER, id)).map((name) => [id, name] as const) : [],
);

describe.each(cases)("%s: %s", (rule, name) => {
  const root = join(FOLDER, rule, name);

  it("finds what is labelled, and nothing else", async () => {
    const { result } = await scan({ root, config: defaultConfig });
    expect(result.notAnalysed).toEqual([]);
    const mine = result.findings.filter((finding) => finding.rule === rule);
    const [lowest, highest] = traits[rule].severities;
    expect(mine.filter(({ severity }) => !atLeast(severity, lowest) || !atLeast(highest, severity))).toEqual([]);
    const found = mine.map(({ place }) => `${place.file}:${place.line}`);
    const { expected, wrong } = labelsOf(root, rule);
    const pinned = new Set(wrong.map(({ place }) => place));
    expect(found.filter((place) => !pinned.has(place)).toSorted()).toEqual(expected.toSorted());
    for (const { place, isFound } of wrong) expect(found.includes(place), `${place} is judged rightly now: unpin it`).toBe(isFound);
  });
});

function labelsOf(root: string, rule: string): { expected: string[]; wrong: { place: string; isFound: boolean }[] } {
  const expected: string[] = [];
  const wrong: { place: string; isFound: boolean }[] = [];
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    const file = join(root, path);
    if (!/\.\w+$/.test(path) || isFolder(file)) continue;
    for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
      for (const [, carets = "", isWrong, no, id] of line.matchAll(LABEL)) {
        if (id !== rule) throw new Error(`${path}:${index + 1} names ${id}, and is a fixture of ${rule}`);
        const place = `${path.replaceAll("\\", "/")}:${index + 1 - carets.length}`;
        if (isWrong === undefined) expected.push(place);
        else wrong.push({ place, isFound: no !== undefined });
      }
    }
  }
  return { expected, wrong };
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}
