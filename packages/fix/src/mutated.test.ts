import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultConfig } from "@telltale/scan";
import { analysisOf, type Analysis } from "@telltale/scan/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFixable } from "./fixes/index.ts";
import { createSettings, plan, repair, type Edit } from "./index.ts";
import { faults } from "./languages/javascript/syntax.ts";

const base = join(dirname(fileURLToPath(import.meta.url)), "fixtures");

/** A file of a fixture that is cut about. */
const SAMPLES = [
  ["express/guards", "app.js"],
  ["express/promise-chain", "app.js"],
  ["express/switch", "routes/roles.js"],
  ["express/awaited-answer", "app.js"],
  ["nestjs/controller", "users.service.ts"],
  ["nestjs/guard", "admin.guard.ts"],
  ["nextjs/route-handler", "app/api/tokens/route.ts"],
  ["trpc/procedure", "server/users.ts"],
] as const;

/** What may happen to a line of somebody's code. */
const mutation = fc.tuple(fc.nat(), fc.constantFrom("drop", "twice", "comment", "tail", "indent", "join", "blank"));

function mutated(text: string, changes: readonly (readonly [number, string])[]): string {
  const lines = text.split("\n");
  for (const [at, what] of changes) {
    const i = at % lines.length;
    const line = lines[i]!;
    if (what === "drop") lines.splice(i, 1);
    else if (what === "twice") lines.splice(i, 0, line);
    else if (what === "comment") lines.splice(i, 0, "/* somebody's */ // remark");
    else if (what === "tail") lines[i] = `${line} // remark`;
    else if (what === "indent") lines[i] = `   ${line}`;
    else if (what === "join" && i + 1 < lines.length && !line.includes("//")) lines.splice(i, 2, `${line} ${lines[i + 1]!.trim()}`);
    else if (what === "blank") lines.splice(i, 0, "");
    if (lines.length === 0) lines.push("");
  }
  return lines.join("\n");
}

const wordsOf = (text: string): readonly string[] => text.match(/[A-Za-z_$][\w$]*|"[^"]*"|'[^']*'|\/\/.*|\d+/g) ?? [];

/** Words that an edit takes away and no edit of its fix puts back. `return` gives way to `const … =`. */
function lost(text: string, edits: readonly Edit[]): readonly string[] {
  const given = new Set(edits.flatMap((edit) => wordsOf(edit.text)));
  return edits.flatMap(({ start, end }) => wordsOf(text.slice(start, end))).filter((word) => word !== "return" && !given.has(word));
}

const known = new Map<string, Promise<Analysis>>();

function analysisIn(name: string): Promise<Analysis> {
  let mine = known.get(name);
  if (mine === undefined) known.set(name, (mine = analysisOf({ root: join(base, name, "before"), config: defaultConfig })));
  return mine;
}

describe("code that was cut about", () => {
  it.each(SAMPLES)("%s still parses after a fix, and loses nothing", { timeout: 120_000 }, async (name, file) => {
    const analysis = await analysisIn(name);
    const text = analysis.project.texts.get(file)!;
    const settingsOf = createSettings(join(base, name, "before"));
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (changes) => {
        const broken = mutated(text, changes);
        const start = await analysis.withTexts(new Map([[file, broken]]));
        const open = (one: Analysis) => one.outcome.result.findings.filter(({ rule }) => isFixable(rule));
        for (const result of plan(start, open(start), settingsOf)) {
          if ("reason" in result) continue;
          for (const { file: path, edits } of result.files) expect(lost(start.project.texts.get(path)!, edits)).toEqual([]);
        }
        const { changes: made } = await repair(start, { unsafe: true, open, settingsOf });
        for (const change of made) expect(faults(change.file, change.after)).toBeLessThanOrEqual(faults(change.file, change.before));
      }),
      { numRuns: 25 },
    );
  });
});
