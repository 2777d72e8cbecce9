import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultConfig } from "../config/defaults.ts";
import type { ScanOptions, ScanOutcome } from "../contract.ts";
import { reports } from "../report/index.ts";
import { scan } from "../scan.ts";

let base: string;
let root: string;
let cacheDir: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "telltale-cache-"));
  root = join(base, "app");
  cacheDir = join(base, "cache");
  for (const [path, text] of Object.entries(APP)) write(path, text);
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

/** The login calls through a path of tsconfig.json, which extends one outside of the tree's own files. */
const APP: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "shop", "dependencies": { "express": "5", "pino": "9", "@shop/base": "1" } }',
  "tsconfig.json": '{ "extends": "@shop/base/tsconfig.json" }',
  "node_modules/@shop/base/package.json": '{ "name": "@shop/base" }',
  "node_modules/@shop/base/tsconfig.json": '{ "compilerOptions": { "paths": { "~lib/*": ["../../../lib/*"] } } }',
  "lib/check.ts":
    'import pino from "pino";\nconst logger = pino();\nexport function refuse(res) { logger.warn({ event: "authn_login_fail" }, "login failed"); res.sendStatus(401); }\n',
  "other/check.ts": "export function refuse(res) { res.sendStatus(401); }\n",
  "src/app.ts": `import express from "express";
import { refuse } from "~lib/check";
const app = express();
// telltale-ignore missing-success-log: the proxy records it
app.post("/login", async (req, res) => {
  const user = await users.verify(req.body.email, req.body.password);
  if (!user) return refuse(res);
  res.json({ token: sessions.open(user) });
});
app.post("/logout", (req, res) => { req.session.destroy(); res.sendStatus(204); });
`,
};

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Everything that a user can see of an outcome. */
function shown(outcome: ScanOutcome): unknown {
  const context = { source: outcome.sources, colour: false, verbose: true };
  return { reports: reports.map((report) => report.render(outcome.result, context)), comments: [...outcome.comments] };
}

type Given = Partial<Pick<ScanOptions, "paths" | "config">>;

const plain = (given: Given = {}): Promise<ScanOutcome> => scan({ root, config: defaultConfig, ...given });

/** A scan with the cache, and whether it had to analyse: what is remembered tells of no step but the reading. */
async function cached(given: Given = {}): Promise<{ readonly outcome: ScanOutcome; readonly hit: boolean }> {
  const steps = new Set<string>();
  const outcome = await scan({ root, config: defaultConfig, cacheDir, ...given }, (event) => steps.add(event.step));
  return { outcome, hit: !steps.has("judge") };
}

function entries(): string[] {
  return readdirSync(cacheDir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(cacheDir, name));
}

describe("a remembered result", () => {
  it("is, in every report, what a scan without a cache gives", async () => {
    const first = await cached();
    const second = await cached();
    expect([first.hit, second.hit]).toEqual([false, true]);
    expect(shown(second.outcome)).toEqual(shown(await plain()));
    expect(shown(first.outcome)).toEqual(shown(second.outcome));
    expect(second.outcome.result.findings.length).toBeGreaterThan(0);
    expect(second.outcome.comments.size).toBe(1);
  });

  it.each([
    ["a source", "src/app.ts", "src/app.ts"],
    ["a source that is only called", "lib/check.ts", "lib/check.ts"],
    ["a manifest", "package.json", "package.json"],
    ["a tsconfig", "tsconfig.json", "tsconfig.json"],
    ["a tsconfig of a package that another extends", "node_modules/@shop/base/tsconfig.json", "node_modules/@shop/base/tsconfig.json"],
  ])("is not used after one byte of %s has changed", async (_, path) => {
    await cached();
    write(path, `${readFileSync(join(root, path), "utf8")} `);
    expect((await cached()).hit).toBe(false);
    expect((await cached()).hit).toBe(true);
  });

  it("follows where a path of a tsconfig outside of the tree leads", async () => {
    const before = await cached();
    write("node_modules/@shop/base/tsconfig.json", '{ "compilerOptions": { "paths": { "~lib/*": ["../../../other/*"] } } }');
    const after = await cached();
    expect(shown(after.outcome)).toEqual(shown(await plain()));
    expect(shown(after.outcome)).not.toEqual(shown(before.outcome));
  });

  it.each([
    ["a file is added", () => write("src/more.ts", "export const a = 1;\n")],
    ["an empty file is added", () => write("src/empty.ts", "")],
    ["a file goes", () => rmSync(join(root, "other/check.ts"))],
    ["a file takes another name", () => (write("other/check2.ts", APP["other/check.ts"]!), rmSync(join(root, "other/check.ts")))],
    [
      "the border between two files moves",
      () => (write("lib/check.ts", `${APP["lib/check.ts"]!}export`), write("other/check.ts", APP["other/check.ts"]!.slice(6))),
    ],
    ["git ignores a file", () => write(".gitignore", "other\n")],
    ["a nearer tsconfig appears", () => write("src/tsconfig.json", "{}")],
    ["the tsconfig goes", () => rmSync(join(root, "tsconfig.json"))],
    ["a file is too large now", () => write("other/check.ts", "x".repeat(2 ** 21 + 1))],
  ])("is not used after %s", async (_, change) => {
    await cached();
    change();
    const { hit, outcome } = await cached();
    expect(hit).toBe(false);
    expect(shown(outcome)).toEqual(shown(await plain()));
  });

  it.each<[string, Given]>([
    ["paths", { paths: ["src"] }],
    ["settings", { config: { ...defaultConfig, rules: { "missing-success-log": "off" } } }],
    ["globs", { config: { ...defaultConfig, exclude: ["other/**"] } }],
  ])("is not used for other %s", async (_, given) => {
    await cached();
    expect((await cached(given)).hit).toBe(false);
    expect((await cached(given)).hit).toBe(true);
    expect((await cached()).hit).toBe(true);
  });

  it("is not used for the same files in another folder", async () => {
    await cached();
    const other = join(base, "copy");
    symlinkSync(root, other);
    let judged = false;
    await scan({ root: other, config: defaultConfig, cacheDir }, (event) => (judged ||= event.step === "judge"));
    expect(judged).toBe(true);
  });

  it("never differs from a scan without a cache, whatever happens to the tree", { timeout: 120_000 }, async () => {
    const lines = APP["src/app.ts"]!.split("\n");
    const step = fc.oneof(
      fc.record({
        path: fc.constantFrom("src/app.ts", "lib/check.ts"),
        drop: fc.nat({ max: lines.length }),
        text: fc.constantFrom("", "// x", "logger.info('login');", "\ufeff", "\u0000"),
      }),
      fc.record({
        path: fc.constantFrom("tsconfig.json", "package.json", ".gitignore"),
        drop: fc.nat({ max: 3 }),
        text: fc.constantFrom("", "{}", "lib", '{ "compilerOptions": { "paths": { "~lib/*": ["./other/*"] } } }'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const [path, text] of Object.entries(APP)) write(path, text);
        rmSync(join(root, ".gitignore"), { force: true });
        for (const { path, drop, text } of steps) {
          const before = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8").split("\n") : [];
          write(path, before.toSpliced(drop, 1, text).join("\n"));
          expect(shown((await cached()).outcome)).toEqual(shown(await plain()));
        }
        expect((await cached()).hit).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe("what stands in the cache", () => {
  it.each<[string, (text: string) => string]>([
    ["cut off", (text) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["of something else", () => '{"result":{}}'],
    ["changed in one place", (text) => text.replace('"missing"', '"adequate"')],
    ["of another format", (text) => text.replace("telltale-scan 1", "telltale-scan 2")],
  ])("is written anew where it is %s", async (_, spoil) => {
    const { outcome } = await cached();
    const [file] = entries();
    writeFileSync(file!, spoil(readFileSync(file!, "utf8")));
    const again = await cached();
    expect(again.hit).toBe(false);
    expect(shown(again.outcome)).toEqual(shown(outcome));
    expect((await cached()).hit).toBe(true);
  });

  it("is the result of the last five trees", async () => {
    for (let i = 0; i < 8; i++) {
      write("src/more.ts", `export const n = ${i};\n`);
      await cached();
      for (const [age, file] of entries().entries()) if (i === 0) utimesSync(file, age, age);
    }
    expect(entries()).toHaveLength(5);
    expect(readdirSync(dirname(entries()[0]!)).filter((name) => !name.endsWith(".json"))).toEqual([]);
    expect((await cached()).hit).toBe(true);
  });

  it("bears several scans at a time", async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => cached()));
    for (const { outcome } of outcomes) expect(shown(outcome)).toEqual(shown(outcomes[0]!.outcome));
    expect(outcomes.every(({ outcome }) => outcome.cacheProblem === undefined)).toBe(true);
    expect(entries()).toHaveLength(1);
    expect((await cached()).hit).toBe(true);
  });

  it("matters to nobody where it cannot be written, but that is said", async () => {
    writeFileSync(cacheDir, "a file");
    const { outcome } = await cached();
    expect(outcome.cacheProblem).toContain(cacheDir);
    expect(shown(outcome)).toEqual(shown(await plain()));
  });

  it.skipIf(process.getuid?.() === 0)("may be closed to writing and is still read", async () => {
    await cached();
    const folder = dirname(entries()[0]!);
    chmodSync(folder, 0o500);
    expect((await cached()).hit).toBe(true);
    chmodSync(folder, 0o700);
  });
});
