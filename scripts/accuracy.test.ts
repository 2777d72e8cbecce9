import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isFinding, scan } from "../benchmarks/accuracy/baseline.mjs";
import { parseLabels, readLabels } from "../benchmarks/accuracy/labels.mjs";
import { main } from "../benchmarks/accuracy/score.mjs";

const label = (line: number, verdict: string) => ({
  file: "src/login page.js",
  line,
  end_line: line + 9,
  handler: `handler${line}`,
  action: verdict === "not_sensitive" ? "none" : "authn_login",
  sensitive: verdict !== "not_sensitive",
  verdict,
  why: "Made for this test.",
});
const set = {
  repo: "some/shop",
  commit: "npm:shop@1.0.0",
  language: "JavaScript",
  set: "second",
  labels: [label(10, "missing"), label(30, "partial"), label(50, "adequate"), label(70, "not_sensitive")],
};

/** A report with a finding at each place; without a line it is about the whole file. */
const sarif = (...places: { uri?: string; line?: number; endLine?: number; rule?: string; suppressed?: boolean }[]) => ({
  version: "2.1.0",
  runs: [
    {
      tool: { driver: { name: "any tool" } },
      results: places.map(({ uri = "src/login%20page.js", line, endLine, rule = "silent", suppressed }) => ({
        ruleId: rule,
        message: { text: "silent" },
        ...(suppressed === true && { suppressions: [{ kind: "inSource" }] }),
        locations: [
          { physicalLocation: { artifactLocation: { uri }, ...(line !== undefined && { region: { startLine: line, endLine } }) } },
        ],
      })),
    },
  ],
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "accuracy-test-"));
  mkdirSync(join(dir, "apps/some__shop/src"), { recursive: true });
  mkdirSync(join(dir, "out"));
  write("labels.json", set);
  write("apps/some__shop/package.json", { name: "shop", version: "1.0.0" });
  writeFileSync(join(dir, "apps/some__shop/src/login page.js"), "\n".repeat(80));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (name: string, content: unknown) => writeFileSync(join(dir, name), JSON.stringify(content));

function score(...args: string[]) {
  const lines: string[] = [];
  const status = main(
    ["--labels", join(dir, "labels.json"), ...args],
    (line: string) => lines.push(line),
    (line: string) => lines.push(line),
  );
  return { status, text: lines.join("\n") };
}

/** The cells of the row of the language: labels, gaps, precision, recall, F1. */
const row = (text: string) =>
  (/^\| JavaScript .*$/m.exec(text)?.[0] ?? "")
    .split("|")
    .slice(2, 7)
    .map((cell) => cell.trim());

function scoreSarif(report: unknown, ...args: string[]) {
  write("out/some__shop.sarif", report);
  return score("--sarif", join(dir, "out"), ...args);
}

describe("score", () => {
  it("counts findings inside the lines of a labelled handler, once each", () => {
    const { status, text } = scoreSarif(sarif({ line: 12 }, { line: 13 }, { line: 55, endLine: 56 }, { line: 25 }));
    expect(status).toBe(0);
    expect(row(text)).toEqual(["4", "2", "50 %", "50 %", "50 %"]);
  });

  it("counts a finding without lines for every handler of its file", () => {
    expect(row(scoreSarif(sarif({})).text)).toEqual(["4", "2", "50 %", "100 %", "67 %"]);
  });

  it("does not count what was accepted, other rules, or other files", () => {
    const places = [
      { line: 12, suppressed: true },
      { line: 32, rule: "other" },
      { line: 12, uri: "lib/login%20page.js" },
    ];
    expect(row(scoreSarif(sarif(...places), "--rule", "silent").text)).toEqual(["4", "2", "-", "0 %", "0 %"]);
    expect(row(scoreSarif(sarif(...places)).text)).toEqual(["4", "2", "100 %", "50 %", "67 %"]);
  });

  it("understands paths that are absolute or start above the application", () => {
    const uri = pathToFileURL(join(dir, "apps/some__shop/src/login page.js")).href;
    const report = sarif({ line: 12, uri }, { line: 32, uri: "apps/some__shop/src/login%20page.js" });
    expect(row(scoreSarif(report, "--sources", join(dir, "apps")).text)).toEqual(["4", "2", "100 %", "100 %", "100 %"]);
  });

  it("lists misses and false alarms, and writes figures for machines", () => {
    const file = join(dir, "figures.json");
    const { text } = scoreSarif(sarif({ line: 12 }, { line: 72 }), "--misses", "--json", file);
    expect(text).toMatch(/^missed: some\/shop src\/login page\.js:30 handler30/m);
    expect(text).toMatch(/^false alarm: some\/shop src\/login page\.js:70 handler70/m);
    expect(text).not.toContain("handler10");
    const written = JSON.parse(readFileSync(file, "utf8")) as { all: unknown };
    expect(written.all).toMatchObject({ labels: 4, hits: 1, missed: 1, falseAlarms: 1, precision: 0.5, recall: 0.5 });
  });

  it("runs a command on each application, and takes the JSON of telltale scan with its verdicts", () => {
    const handlers = [
      { file: "src/login page.js", line: 10, endLine: 19, verdict: "missing", action: "authn_login" },
      { file: "src/login page.js", line: 50, endLine: 59, verdict: "adequate", action: "authn_logout" },
    ];
    write("apps/some__shop/report.json", { handlers, findings: [] });
    // Findings set the exit status of a scan.
    const { status, text } = score("--sources", join(dir, "apps"), "--run", `cat "{dir}/report.json"; exit 1`);
    expect(status).toBe(0);
    expect(text).toMatch(/JavaScript \|\s+4 \|\s+2 \|\s+100 % \|\s+50 % \|\s+67 % \|\s+75 % \|\s+33 %/);
  });

  it("says what is wrong with the input", () => {
    expect(score()).toEqual({ status: 2, text: expect.stringMatching(/--run or --sarif/) });
    expect(score("--sarif", join(dir, "nowhere"))).toEqual({ status: 2, text: expect.stringMatching(/nowhere/) });
    expect(score("--nonsense")).toEqual({ status: 2, text: expect.stringMatching(/--nonsense/) });
    expect(score("--sarif", join(dir, "out")).text).toMatch(/some\/shop is not scored: there is no .*some__shop\.sarif/);
    expect(scoreSarif({ results: [] }).text).toMatch(/neither SARIF/);
    expect(scoreSarif({ handlers: [{ file: "a", line: 1, verdict: "missing" }], findings: [] }).text).toMatch(/is not SARIF/);
  });

  it("refuses sources that are missing or of another version, and scores the rest", () => {
    const command = ["--sources", join(dir, "apps"), "--run", `echo '{"runs":[]}'; : {dir}`];
    write("apps/some__shop/package.json", { name: "shop", version: "2.0.0" });
    expect(score(...command)).toEqual({
      status: 2,
      text: expect.stringMatching(/stands at npm:shop@2\.0\.0, .* made at npm:shop@1\.0\.0/),
    });
    expect(score(...command, "--any-commit").status).toBe(0);

    rmSync(join(dir, "labels.json"));
    mkdirSync(join(dir, "labels.json"));
    write("labels.json/some__shop.json", set);
    write("labels.json/some__other.json", { ...set, repo: "some/other" });
    const { status, text } = score(...command, "--any-commit");
    expect(status).toBe(1);
    expect(text).toMatch(/some\/other is not scored: no sources at .*some__other/);
    expect(row(text)).toEqual(["4", "2", "-", "0 %", "0 %"]);
  });
});

describe("labels", () => {
  it("are well-formed, all that are published", () => {
    const sets = readLabels(new URL("../benchmarks/accuracy/labels", import.meta.url).pathname);
    for (const { labels, repo } of sets)
      expect(new Set(labels.map((one: (typeof labels)[0]) => `${one.file}:${one.line}`)).size, repo).toBe(labels.length);
  });

  it("that contradict themselves are refused, by place", () => {
    const wrong = { ...set, labels: [{ ...label(3, "missing"), sensitive: false }] };
    expect(() => parseLabels(JSON.stringify(wrong), "wrong.json")).toThrow(/wrong\.json: label 1 \(src\/login page\.js:3\): sensitive/);
    expect(() => parseLabels("{", "wrong.json")).toThrow(/wrong\.json is not JSON/);
    expect(() => parseLabels(JSON.stringify({ ...set, commit: "main" }), "wrong.json")).toThrow(/commit/);
  });
});

describe("the baseline", () => {
  it("finds files by path that log nothing", () => {
    expect(isFinding("routes/login.ts", "export const login = () => check();")).toBe(true);
    expect(isFinding("routes/login.ts", "logger.info('login');")).toBe(false);
    expect(isFinding("routes/orders.ts", "export const order = () => place();")).toBe(false);
  });

  it("prints SARIF that the scorer takes", () => {
    const report = scan(join(dir, "apps/some__shop"));
    expect(row(scoreSarif(report).text)).toEqual(["4", "2", "50 %", "100 %", "67 %"]);
  });
});
