import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultConfig } from "./config/parse.ts";
import { extensions } from "./languages/extensions.ts";
import { json } from "./report/json.ts";
import type { Result } from "./report/result.ts";
import { scan } from "./scan.ts";

const FIXTURES = join(import.meta.dirname, "rules", "fixtures");
/** Far above what a folder of this size takes; a scan that hangs is what it catches. */
const SCAN_MS = 10_000;
/** Mutated projects a run. A failure prints the seed and the smallest project that shows it. */
const RUNS = 60;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-robust-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function scanned(): Promise<Result> {
  const started = performance.now();
  const { result } = await scan({ root, config: defaultConfig });
  expect(performance.now() - started, "milliseconds that the scan took").toBeLessThan(SCAN_MS);
  return result;
}

const rendered = (result: Result): string => json.render(result, { source: () => undefined, colour: false });

/** Why each file was not analysed, by path. */
const reasons = (result: Result): Record<string, string> => Object.fromEntries(result.notAnalysed.map((one) => [one.file, one.reason]));

const APP = `import express from "express";
const app = express();
app.post("/logout", (req, res) => {
  req.session.destroy();
  res.sendStatus(204);
});
`;
const MANIFEST = JSON.stringify({ name: "odd", dependencies: { express: "*" } });
const LOGOUT = ["POST /logout missing"];

const verdicts = (result: Result): string[] => result.handlers.map((one) => `${one.route} ${one.verdict}`);

describe("mutated sources", () => {
  const sources = readFixtures();

  it("neither throw nor hang, and give the same report twice", { timeout: 300_000 }, async () => {
    let written = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sources),
        fc.constantFrom(...sources),
        fc.array(mutation(), { minLength: 1, maxLength: 6 }),
        async (one, other, steps) => {
          rmSync(root, { recursive: true, force: true });
          write("package.json", JSON.stringify({ dependencies: { express: "*", pino: "*", "@nestjs/common": "*", next: "*" } }));
          write(
            "mix.exs",
            'defmodule Odd do\n  def project, do: [deps: [{:plug, "~> 1.0"}, {:phoenix, "~> 1.7"}, {:phoenix_live_view, "~> 1.0"}]]\nend\n',
          );
          write("go.mod", "module odd\n\nrequire github.com/gin-gonic/gin v1.9.1\n");
          for (const { path, text } of one)
            write(
              path,
              steps.reduce((before, step) => mutate(before, step, other[0]!.text), text),
            );
          const first = await scanned();
          for (const { file, reason, message } of first.notAnalysed) expect(`${file} ${reason} ${message}`).toMatch(/^\S+ [a-z-]+ \S/);
          expect(rendered(await scanned())).toBe(rendered(first));
          written += one.length;
          refused += first.notAnalysed.length;
        },
      ),
      { numRuns: RUNS },
    );
    expect(refused / written, "share of files that did not parse: beyond them nothing is tried").toBeLessThan(0.7);
  });
});

interface Source {
  readonly path: string;
  readonly text: string;
}

/** The sources of each topic, as one small project. */
function readFixtures(): Source[][] {
  return readdirSync(FIXTURES)
    .toSorted()
    .map((topic) =>
      readdirSync(join(FIXTURES, topic), { recursive: true, encoding: "utf8" })
        .filter((path) => extensions.some((extension) => path.endsWith(extension)))
        .toSorted()
        .map((path) => ({ path, text: readFileSync(join(FIXTURES, topic, path), "utf8") })),
    );
}

/** The first four keep most files whole; the others break them. */
const MUTATIONS = ["word", "line-drop", "line-repeat", "line-move", "drop", "repeat", "insert", "swap", "graft", "truncate"] as const;

/** Where it strikes and how long, as parts of the text in thousandths; what it does there. */
interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly kind: (typeof MUTATIONS)[number];
  readonly text: string;
}

function mutation(): fc.Arbitrary<Mutation> {
  return fc.record({
    at: fc.integer({ min: 0, max: 999 }),
    length: fc.integer({ min: 1, max: 120 }),
    kind: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...MUTATIONS.slice(0, 4)) },
      { weight: 1, arbitrary: fc.constantFrom(...MUTATIONS) },
    ),
    text: fc.oneof(
      fc.constantFrom(
        "{",
        "}",
        "(",
        ")",
        "=>",
        "await ",
        "return ",
        "`${",
        '"',
        "do\n",
        "end\n",
        "|> ",
        "fn -> ",
        "%{",
        "...",
        "?.",
        "@",
        "\u0000",
        "\u2028",
        "\ud83d",
        "💥",
        "\r",
        "#",
        "/*",
        "<<",
        "&1",
      ),
      fc.string({ maxLength: 12, unit: "binary" }),
    ),
  });
}

function mutate(text: string, { at, length, kind, text: piece }: Mutation, other: string): string {
  const start = Math.floor((text.length * at) / 1000);
  const end = Math.min(text.length, start + length);
  const [before, middle, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  switch (kind) {
    case "word":
      return before + replaceWord(middle + after, other, start);
    case "line-drop":
    case "line-repeat":
    case "line-move":
      return mutateLines(text.split("\n"), kind, at, length).join("\n");
    case "drop":
      return before + after;
    case "repeat":
      return before + middle.repeat(3) + after;
    case "insert":
      return before + piece + middle + after;
    case "swap":
      return before + [...middle].toReversed().join("") + after;
    case "graft":
      return before + other.slice(start % Math.max(1, other.length), (start % Math.max(1, other.length)) + length * 3) + after;
    case "truncate":
      return before;
  }
}

/** The next word becomes one of another file: names, keywords and verbs change places. */
function replaceWord(text: string, other: string, seed: number): string {
  const words = other.match(/\w+/g) ?? ["x"];
  return text.replace(/\w+/, words[seed % words.length]!);
}

function mutateLines(lines: readonly string[], kind: "line-drop" | "line-repeat" | "line-move", at: number, length: number): string[] {
  const index = Math.floor((lines.length * at) / 1000);
  const line = lines[index]!;
  if (kind === "line-repeat") return lines.toSpliced(index, 0, line);
  const without = lines.toSpliced(index, 1);
  return kind === "line-drop" ? without : without.toSpliced(length % lines.length, 0, line);
}

describe("odd code", () => {
  const scanOf = async (text: string, path = "app.ts"): Promise<Result> => {
    write("package.json", MANIFEST);
    write(path, text);
    return scanned();
  };

  it("functions that call each other for ever come to an end", async () => {
    const result = await scanOf(`${APP}
const even = (n) => (n === 0 ? true : odd(n - 1));
const odd = (n) => (n === 0 ? false : even(n - 1));
app.delete("/users/:id", (req, res) => {
  if (even(req.params.id)) return remove(req, res);
  res.sendStatus(204);
});
function remove(req, res) { return remove(req, res) || again(req, res); }
function again(req, res) { return remove(req, res); }
`);
    expect(verdicts(result)).toContain(LOGOUT[0]);
  });

  it("files that import and export each other in a circle", async () => {
    write("b.ts", 'export * from "./c.ts"; export { missing } from "./c.ts"; import "./app.ts"; export const key = "b";');
    write("c.ts", 'export * from "./b.ts"; export { missing } from "./b.ts"; export class A extends B {} export class B extends A {}');
    const result = await scanOf(
      `import { missing, A } from "./b.ts";\n${APP}app.delete("/users/:id", (req, res) => { missing(); new A().remove(); res.end(); });\n`,
    );
    expect(verdicts(result)).toContain(LOGOUT[0]);
  });

  it("many branches in a row", async () => {
    const branches = Array.from(
      { length: 300 },
      (_, i) => `  if (req.body.a${i}) { req.x${i} = ${i}; } else if (req.body.b${i}) return res.sendStatus(${400 + (i % 90)});`,
    ).join("\n");
    const result = await scanOf(`${APP}app.delete("/users/:id", (req, res) => {\n${branches}\n  res.sendStatus(204);\n});\n`);
    expect(verdicts(result)).toContain("DELETE /users/:id missing");
  });

  it.each([
    ["expressions nested deeply", `const x = ${"(".repeat(1500)}1${")".repeat(1500)};`],
    ["blocks nested deeply", `function f() { ${"if (a) {".repeat(800)}${"}".repeat(800)} }`],
    ["calls chained deeply", `const x = a${".b()".repeat(3000)};`],
    ["a long sum", `const x = ${Array.from({ length: 5000 }, (_, i) => `"s${i}"`).join("\n + ")};`],
  ])("%s in a file with a handler", async (_, code) => {
    const result = await scanOf(`${APP}${code}\n`);
    expect(reasons(result)["app.ts"] ?? verdicts(result).join()).toMatch(/^(?:syntax|too-deep|POST \/logout missing)$/);
  });

  it("Elixir nested deeply, and clauses without an end", async () => {
    write("mix.exs", 'defmodule Odd do\n  def project, do: [deps: [{:plug, "~> 1.0"}]]\nend\n');
    const pipes = Array.from({ length: 800 }, () => "|> then(& &1)").join(" ");
    const result = await scanOf(
      `defmodule R do\n  use Plug.Router\n  delete "/users/:id" do\n    x = conn ${pipes}\n    T.delete_user(id)\n    send_resp(x, 204, "")\n  end\nend\n`,
      "router.ex",
    );
    write("broken.ex", "defmodule A do\n  def f(x) do\n    case x do\n");
    expect([...verdicts(result), ...verdicts(await scanned())]).toContain("DELETE /users/:id missing");
  });
});

describe("odd trees", () => {
  beforeEach(() => {
    write("package.json", MANIFEST);
    write("app.ts", APP);
  });

  it("links that lead back to themselves, up the tree and nowhere", async () => {
    symlinkSync("loop-b.ts", join(root, "loop-a.ts"));
    symlinkSync("loop-a.ts", join(root, "loop-b.ts"));
    symlinkSync("gone.ts", join(root, "dangling.ts"));
    mkdirSync(join(root, "sub"));
    symlinkSync("..", join(root, "sub", "up"));
    const result = await scanned();
    expect(reasons(result)).toMatchObject({ "loop-a.ts": "cyclic-link", "loop-b.ts": "cyclic-link" });
    expect(verdicts(result)).toEqual(LOGOUT);
  });

  it("files that cannot hold source are listed with the reason", async () => {
    write("big.ts", `${APP}// ${"x ".repeat(1_100_000)}`);
    write("picture.js", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]));
    write("bundle.js", `!function(){${"var a=1;a+=a;".repeat(4000)}}();`);
    write("broken.ts", `import express from "express"; const app = express(); app.post("/login", (req, res => {`);
    const result = await scanned();
    expect(reasons(result)).toEqual({ "big.ts": "too-large", "picture.js": "binary", "bundle.js": "minified", "broken.ts": "syntax" });
    expect(result.notAnalysed.every(({ message }) => message !== "")).toBe(true);
    expect(verdicts(result)).toEqual(LOGOUT);
  });

  it("a big file behind a link is as big", async () => {
    write("store/big.txt", `// ${"x ".repeat(1_100_000)}`);
    symlinkSync(join("store", "big.txt"), join(root, "linked.ts"));
    expect(reasons(await scanned())).toEqual({ "linked.ts": "too-large" });
  });

  it.skipIf(process.getuid?.() === 0)("files and folders that may not be read are listed", async () => {
    write("secret.ts", APP);
    write("closed/app.ts", APP);
    chmodSync(join(root, "secret.ts"), 0o000);
    chmodSync(join(root, "closed"), 0o000);
    const result = await scanned();
    chmodSync(join(root, "closed"), 0o755);
    expect(reasons(result)).toEqual({ "secret.ts": "unreadable", closed: "unreadable" });
    expect(verdicts(result)).toEqual(LOGOUT);
  });

  it.each([
    ["a byte order mark", "\ufeff"],
    ["a line for the shell", "#!/usr/bin/env node\n"],
  ])("%s in front of the code", async (_, head) => {
    write("app.ts", head + APP);
    expect(verdicts(await scanned())).toEqual(LOGOUT);
  });

  it("line ends of Windows keep the line numbers", async () => {
    write("app.ts", APP.replaceAll("\n", "\r\n"));
    const [handler] = (await scanned()).handlers;
    expect([handler?.line, handler?.endLine, handler?.outcomes[0]?.line]).toEqual([3, 6, 5]);
  });

  it("empty files, and files of comments alone", async () => {
    for (const path of ["empty.ts", "empty.js", "empty.tsx", "empty.ex"]) write(path, "");
    write("comment.ts", "// nothing but words");
    write("comment.ex", "# nothing but words");
    const result = await scanned();
    expect(result.notAnalysed).toEqual([]);
    expect(verdicts(result)).toEqual(LOGOUT);
  });

  it.each([
    ["package.json", "sub/package.json", '{ "name": "x", "dependencies": { '],
    ["package.json that is a list", "sub/package.json", "[1, 2]"],
    ["package.json of odd types", "sub/package.json", '{ "name": 7, "dependencies": "all", "exports": { ".": 3 }, "workspaces": {} }'],
    ["tsconfig.json", "tsconfig.json", '{ "compilerOptions": { "paths": '],
    [
      "tsconfig.json that extends itself",
      "tsconfig.json",
      '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "@x/*": 3 } } }',
    ],
    ["mix.exs", "mix.exs", "defmodule Odd do\n  def project, do: [deps: [{:plug"],
    [".gitignore", ".gitignore", "[\n\\\n!\n/**/\n(((\n"],
  ])("a broken %s", async (_, path, text) => {
    write(path, text);
    write("sub/near.ts", 'import { x } from "@x/y";\nexport const z = x;\n');
    expect(verdicts(await scanned())).toEqual(LOGOUT);
  });

  it("a folder that has the name of a source file, and names of all kinds", async () => {
    mkdirSync(join(root, "folder.ts"));
    for (const name of ["with space.ts", "ünïcode.ts", "[id].ts", "$x.ts", "'quote'.ts", "-dash.ts", "a\nb.ts"]) write(name, APP);
    const result = await scanned();
    expect(result.handlers).toHaveLength(8);
    expect(rendered(await scanned())).toBe(rendered(result));
  });

  it("nothing at all", async () => {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root);
    const result = await scanned();
    expect([result.handlers, result.findings, result.notAnalysed]).toEqual([[], [], []]);
  });
});
