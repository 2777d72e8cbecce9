import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultConfig } from "@telltale/scan";
import { analysisOf, syntaxOf, type Analysis } from "@telltale/scan/analysis";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { together } from "../apply/texts.ts";
import type { Edit, Fix } from "../contract.ts";
import { isFixable } from "../fixes/index.ts";
import { plan } from "../plan.ts";
import { repair } from "../repair.ts";
import { createSettings } from "../style/settings.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));
/** How a comment is written. */
const COMMENT: Readonly<Record<string, string>> = { elixir: "#", python: "#", ruby: "#" };
const GROUPS = ["csharp", "elixir", "go", "java", "kotlin", "php", "python", "ruby", "rust"];

interface Change {
  readonly how: "comment" | "delete" | "double" | "join" | "bracket" | "blank" | "crlf";
  readonly at: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom("comment", "delete", "double", "join", "bracket", "blank", "crlf"),
  at: fc.nat(60),
});

/** A text as somebody else, or a slip of the hand, might have left it. */
function mutated(text: string, changes: readonly Change[], mark: string): string {
  let lines = text.split("\n");
  let eol = "\n";
  for (const { how, at } of changes) {
    const i = at % lines.length;
    const line = lines[i]!;
    const indent = /^\s*/.exec(line)![0];
    if (how === "comment") lines.splice(i, 0, `${indent}${mark} (odd, "text`);
    if (how === "delete") lines.splice(i, 1);
    if (how === "double") lines.splice(i, 0, line);
    if (how === "join") lines.splice(i, 2, `${line} ${lines[i + 1]?.trimStart() ?? ""}`);
    if (how === "bracket") lines[i] = `${line}${"(){}[]"[at % 6]}`;
    if (how === "blank") lines.splice(i, 0, "");
    if (how === "crlf") eol = "\r\n";
    if (lines.length === 0) lines = [""];
  }
  return lines.join(eol);
}

/** Signs that another spelling of the same does without. */
const SPELLING = new Set([",", ";", "(", ")", "{", "}", "?", ":", "=", "do", "else", "if", "then"]);

const tokens = (text: string): string[] => (text.match(/\w+|[^\s\w]/g) ?? []).filter((token) => !SPELLING.has(token));

/** What the edits of a file take away and do not put anywhere else. */
function lost(text: string, edits: readonly Edit[]): readonly string[] {
  const put = tokens(edits.map((edit) => edit.text).join("\n"));
  return edits
    .flatMap(({ start, end }) => tokens(text.slice(start, end)))
    .filter((token) => {
      const at = put.indexOf(token);
      if (at >= 0) put.splice(at, 1);
      return at < 0;
    });
}

const faults = (language: string, text: string): number => syntaxOf(language, text)?.wrong.length ?? 0;

/** Rules whose fixes only put something in; the others replace what stands there on purpose, as their fixtures show. */
const ADDS = /^(?:missing-|incomplete-)/;

describe("whatever a file looks like", () => {
  test.each(GROUPS)("%s: a fix leaves it as readable as it was, and loses nothing", { timeout: 120_000 }, async (group) => {
    const root = join(
      FIXTURES,
      group,
      readdirSync(join(FIXTURES, group)).find((name) => !/^(?:event-names|log-injection)/.test(name))!,
      "before",
    );
    const start = await analysisOf({ root, config: defaultConfig });
    const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (path) => statSync(join(root, path)).isFile() && start.project.languageOf(path) !== undefined && start.project.texts.has(path),
    );
    const settingsOf = createSettings(root);
    const check = async (path: string, changes: readonly Change[]): Promise<void> => {
      const text = mutated(readFileSync(join(root, path), "utf8"), changes, COMMENT[group] ?? "//");
      const analysis: Analysis = await start.withTexts(new Map([[path, text]]));
      const adding = analysis.outcome.result.findings.filter(({ rule }) => ADDS.test(rule));
      const results = plan(analysis, adding, settingsOf);
      const fixes = results.filter((result): result is Fix => "files" in result);
      for (const [file, edits] of together(fixes).files) {
        expect(lost(analysis.project.texts.get(file)!, edits)).toEqual([]);
      }
      const done = await repair(analysis, {
        unsafe: false,
        open: (one) => one.outcome.result.findings.filter(({ rule }) => isFixable(rule)),
        settingsOf,
      });
      for (const { file, before, after } of done.changes) {
        const language = analysis.project.languageOf(file)!.id;
        expect(faults(language, after)).toBeLessThanOrEqual(faults(language, before));
      }
    };
    await fc.assert(fc.asyncProperty(fc.constantFrom(...paths), fc.array(change, { minLength: 0, maxLength: 4 }), check), {
      numRuns: 12,
    });
  });
});
