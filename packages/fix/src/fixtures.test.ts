import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultConfig } from "@telltale/scan";
import { analysisOf } from "@telltale/scan/analysis";
import { afterEach, describe, expect, it } from "vitest";
import { isFixable } from "./fixes/index.ts";
import { createSettings, repair, writeChanges, type Repair } from "./index.ts";

const base = join(dirname(fileURLToPath(import.meta.url)), "fixtures");
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Folders with a `before`: a small application. `after` holds the files that change, and nothing else. */
function casesIn(folder: string): readonly string[] {
  if (existsSync(join(folder, "before"))) return [relative(base, folder)];
  if (folder === join(base, "init")) return [];
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? casesIn(join(folder, name)) : []));
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
}

/** Fixtures of edits that change what the code does lie in a folder whose name ends in this. */
const UNSAFE = "-unsafe";

async function fixIn(root: string, unsafe: boolean): Promise<Repair> {
  const analysis = await analysisOf({ root, config: defaultConfig });
  return repair(analysis, {
    unsafe,
    open: (one) => one.outcome.result.findings.filter(({ rule }) => isFixable(rule)),
    settingsOf: createSettings(root),
  });
}

describe.each(casesIn(base))("%s", (name) => {
  it("is fixed as a reviewer would accept, and a second run changes nothing", async () => {
    const root = mkdtempSync(join(tmpdir(), "telltale-fix-"));
    folders.push(root);
    cpSync(join(base, name, "before"), root, { recursive: true });
    const unsafe = name.endsWith(UNSAFE);
    if (unsafe) expect((await fixIn(root, false)).changes).toEqual([]);
    const { changes } = await fixIn(root, unsafe);
    const expected = join(base, name, "after");
    expect(changes.map(({ file }) => file)).toEqual([...filesIn(expected)].sort());
    for (const { file, after } of changes) expect(after, file).toBe(readFileSync(join(expected, file), "utf8"));

    expect(writeChanges(root, changes)).toEqual([]);
    expect((await fixIn(root, unsafe)).changes).toEqual([]);
  });
});
