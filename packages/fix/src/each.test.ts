import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultConfig } from "@telltale/scan";
import type { Finding } from "@telltale/scan";
import { analysisOf, type Analysis } from "@telltale/scan/analysis";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edited, merged } from "./apply/texts.ts";
import {
  findingsAt,
  isFixable,
  isRefused,
  isRestOf,
  planEach,
  repair,
  repairEach,
  replacementsOf,
  type Edit,
  type Replacement,
} from "./index.ts";

const base = join(dirname(fileURLToPath(import.meta.url)), "fixtures");

/** The small applications of the fixtures, before. */
const cases = readdirSync(base, { recursive: true, encoding: "utf8" })
  .filter((path) => /(?:^|\/)before$/.test(path) && !path.startsWith("init") && statSync(join(base, path)).isDirectory())
  .map((path) => relative(base, join(base, path)))
  .sort();

const how = { unsafe: false, settingsOf: () => ({}) };

const fixable = (analysis: Analysis): readonly Finding[] => analysis.outcome.result.findings.filter(({ rule }) => isFixable(rule));

/** Makes replacements as a reader of them would: by lines and columns, the last first. */
function made(text: string, replacements: readonly Replacement[]): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const offset = (line: number, column: number): number =>
    text
      .slice(mark.length)
      .split(/(?<=\n)/)
      .slice(0, line - 1)
      .join("").length +
    column -
    1;
  const body = [...replacements].reverse().reduce((done, one) => {
    return done.slice(0, offset(one.line, one.column)) + one.text + done.slice(offset(one.endLine, one.endColumn));
  }, text.slice(mark.length));
  return mark + body;
}

describe.each(cases)("each finding of %s", (name) => {
  it("gets the edits that it gets where nothing else is fixed", async () => {
    const analysis = await analysisOf({ root: join(base, name), config: defaultConfig });
    const findings = fixable(analysis);
    const each = await repairEach(analysis, findings, how);
    expect(each.map(({ finding }) => finding)).toEqual(findings);
    for (const one of each) {
      const isTheirs = isRestOf([one.finding]);
      const open = (later: Analysis): readonly Finding[] =>
        later === analysis ? [one.finding] : later.outcome.result.findings.filter(isTheirs);
      const { changes } = await repair(analysis, { ...how, open });
      const texts = isRefused(one)
        ? []
        : one.files.map(({ file, edits }) => {
            const before = analysis.project.texts.get(file)!;
            return { file, before, after: made(before, replacementsOf(before, edits)) };
          });
      expect(texts).toEqual(changes);
    }
  });
});

describe("what an editor asks", () => {
  const app = async (): Promise<Analysis> =>
    analysisOf({
      root: join(
        base,
        cases.find((one) => one.startsWith("express"))!,
      ),
      config: defaultConfig,
    });

  it("is answered for a place, without a scan", async () => {
    const analysis = await app();
    const [finding] = fixable(analysis);
    const { file, line, endLine } = finding!.place;
    expect(findingsAt(analysis, { file })).toContain(finding);
    expect(findingsAt(analysis, { file, line: endLine })).toContain(finding);
    expect(findingsAt(analysis, { file, line, endLine: line + 3 })).toContain(finding);
    expect(findingsAt(analysis, { file, line: endLine + 1 })).not.toContain(finding);
    expect(findingsAt(analysis, { file: `${file}x` })).toEqual([]);
    for (const { file: at, line: end } of finding!.silent) expect(findingsAt(analysis, { file: at, line: end })).toContain(finding);
    expect(planEach(analysis, [finding!], how)).toEqual(await repairEach(analysis, [finding!], how));
  });

  it("is answered where the folder is gone: nothing is read after the analysis", async () => {
    const root = mkdtempSync(join(tmpdir(), "telltale-each-"));
    cpSync(
      join(
        base,
        cases.find((one) => one.startsWith("nestjs"))!,
      ),
      root,
      { recursive: true },
    );
    const analysis = await analysisOf({ root, config: defaultConfig });
    const findings = fixable(analysis);
    const each = await repairEach(analysis, findings, how);
    rmSync(root, { recursive: true });
    expect(each.filter((one) => !isRefused(one))).not.toEqual([]);
    expect(planEach(analysis, findings, how)).toEqual(each);
    expect(await repairEach(analysis, findings, how)).toEqual(each);
  });

  it("goes by the text of the editor, not by that of the disk", async () => {
    const analysis = await app();
    const [finding] = fixable(analysis);
    const { file } = finding!.place;
    const typed = `// a line that is not saved yet\n${analysis.project.texts.get(file)!}`;
    const now = await analysis.withTexts(new Map([[file, typed]]));
    const [one] = planEach(now, fixable(now).slice(0, 1), how);
    const [was] = planEach(analysis, [finding!], how);
    const linesOf = (result: typeof one, text: string) =>
      isRefused(result!) ? [] : replacementsOf(text, result!.files.find((each) => each.file === file)!.edits);
    expect(linesOf(one, typed).length).toBeGreaterThan(0);
    expect(linesOf(one, typed).at(-1)!.line).toBe(linesOf(was, analysis.project.texts.get(file)!).at(-1)!.line + 1);
  });
});

describe("replacements", () => {
  /** Edits of a text that do not overlap, some at one place. */
  const textAndEdits = fc
    .tuple(
      fc.boolean(),
      fc.array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", "\t", "{", "\u2028"), { maxLength: 30 }),
      fc.array(fc.record({ length: fc.nat(3), gap: fc.nat(2), text: fc.string({ maxLength: 4 }) }), { maxLength: 8 }),
    )
    .map(([mark, parts, list]) => {
      const text = (mark ? "\uFEFF" : "") + parts.join("");
      const edits: Edit[] = [];
      let at = mark ? 1 : 0;
      for (const { length, gap, text: more } of list) {
        const start = at + gap;
        if (start + length > text.length) break;
        edits.push({ start, end: start + length, text: more });
        at = start + length;
      }
      return { text, edits };
    });

  it("make the text that the edits make, in any order", () => {
    fc.assert(
      fc.property(textAndEdits, ({ text, edits }) => {
        expect(made(text, replacementsOf(text, edits))).toBe(edited(text, edits));
      }),
    );
  });

  it("never touch", () => {
    fc.assert(
      fc.property(textAndEdits, ({ edits }) => {
        const list = merged(edits);
        list.slice(1).forEach((edit, index) => expect(edit.start).toBeGreaterThan(list[index]!.end));
      }),
    );
  });
});
