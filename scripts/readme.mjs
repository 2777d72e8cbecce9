// Fills the marked blocks of README.md from the tables and from a real run: npm run docs
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = fileURLToPath(new URL("../packages/cli/bin/telltale.js", import.meta.url));

/** What each language is called, and where its packages come from. */
const LANGUAGES = {
  javascript: "JavaScript, TypeScript",
  csharp: "C#",
  elixir: "Elixir",
  go: "Go",
  java: "Java",
  kotlin: "Kotlin",
  php: "PHP",
  python: "Python",
  ruby: "Ruby",
  rust: "Rust",
};

/**
 * A text with its blocks filled: what stands between `<!-- name -->` and `<!-- /name -->` is replaced.
 * Throws where a block has no place.
 * @param {string} text
 * @param {Readonly<Record<string, string>>} blocks
 */
export function fill(text, blocks) {
  return Object.entries(blocks).reduce((filled, [name, content]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [filled.indexOf(open), filled.indexOf(close)];
    if (from === -1 || to < from) throw new Error(`README.md has no block ${open} … ${close}`);
    return `${filled.slice(0, from + open.length)}\n${content}\n${filled.slice(to)}`;
  }, text);
}

/**
 * The blocks that come from tables.
 * @param {readonly import("../packages/scan/src/frameworks/framework.ts").Framework[]} frameworks
 * @param {readonly import("../packages/scan/src/loggers/logger.ts").Logger[]} loggers
 * @param {readonly import("../packages/scan/src/rules/pages/facts.ts").RuleFacts[]} rules
 */
export function tableBlocks(frameworks, loggers, rules) {
  return { rules: rulesTable(rules), frameworks: table("Framework", frameworks), loggers: table("Library", loggers) };
}

/** One line a rule, with a link to its page. */
function rulesTable(rules) {
  const cwe = (number) => `[${number}](https://cwe.mitre.org/data/definitions/${number}.html)`;
  const rows = rules.map((rule) => `| [${rule.id}](docs/rules.md#${rule.id}) | ${rule.title} | ${rule.cwe.map(cwe).join(", ")} |`);
  return ["", "| Rule | Finds | CWE |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

/** One line a language: the units, each with a link to its documentation. */
function table(heading, units) {
  const rows = Object.entries(LANGUAGES).map(([id, title]) => {
    const mine = units.filter(({ languages }) => languages.includes(id)).toSorted((a, b) => a.title.localeCompare(b.title, "en"));
    return `| ${title} | ${mine.map((unit) => `[${unit.title}](${unit.docs})`).join(", ")} |`;
  });
  return ["", `| Language | ${heading} |`, "| --- | --- |", ...rows, ""].join("\n");
}

/**
 * The blocks that come from a run: the handler that opens the page, and what is printed about it.
 * @param {{ text: string, findings: readonly Finding[], handlers: readonly Handler[], source: (file: string) => string }} run
 * @typedef {{ handler: string, route: string | null, rule: string, place: { file: string, line: number } }} Finding
 * @typedef {{ file: string, line: number, endLine: number, handler: string, action: string }} Handler
 */
export function runBlocks({ text, findings, handlers, source }) {
  const shown = shownOf(findings);
  const handler = handlers.find(
    ({ file, line, endLine }) => file === shown.place.file && line <= shown.place.line && shown.place.line <= endLine,
  );
  if (handler === undefined) throw new Error(`no handler at ${shown.place.file}:${shown.place.line}`);
  const lines = source(handler.file)
    .split("\n")
    .slice(handler.line - 1, handler.endLine);
  return {
    code: fenced("js", lines.join("\n")),
    run: fenced("console", ["$ npm ci && npx telltale scan examples", "…", sectionOf(text, shown), "…", endOf(text)].join("\n")),
  };
}

/** The finding that the page shows. */
function shownOf(findings) {
  const shown = findings.find(({ place, route }) => place.file.endsWith(".ts") && /^POST .*login/.test(route ?? ""));
  if (shown === undefined) throw new Error("no login in TypeScript among the findings of the examples");
  return shown;
}

function fenced(language, code) {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

/** What the text report says of one finding: from its head to the next head or file name. */
function sectionOf(text, { rule, route, handler, place }) {
  const lines = text.split("\n");
  const isHead = (line) => /^ {2}(?:low|medium|high|critical) +\S/.test(line);
  const at = lines.findIndex(
    (line, i) => isHead(line) && line.includes(rule) && line.includes(route ?? handler) && lines[i + 1]?.includes(place.file),
  );
  if (at === -1) throw new Error(`the report does not show ${rule} ${route ?? handler}`);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => isHead(line) || /^\S/.test(line));
  return lines
    .slice(at, at + 1 + (end === -1 ? rest.length : end))
    .join("\n")
    .trimEnd();
}

/** The closing lines, without the number of files and the time: both differ though no finding does. */
function endOf(text) {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => /^\d+ findings?\b/.test(line));
  const to = lines.findIndex((line, i) => i > from && line.startsWith("Files"));
  if (from === -1 || to === -1) throw new Error("the report has no end");
  return lines.slice(from, to).join("\n");
}

/**
 * The block that shows an edit: what would be written for the handler that opens the page.
 * @param {{ diff: string, file: string }} dry
 */
export function fixBlock({ diff, file }) {
  return { fix: fenced("diff", `$ npx telltale fix --dry-run ${file}\n${diff.trimEnd()}`) };
}

/** Asks the built command for the edits of the file that holds the finding that the page shows. */
export function runFix({ findings }) {
  const { file } = shownOf(findings).place;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "fix", "--dry-run", "--rule", "missing-failure-log", file], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (status !== 1) throw new Error(`telltale fix ended with ${status}, not with edits (1): ${stderr}`);
  return { diff: stdout, file };
}

/** Scans the examples with the built command. */
export function runExamples() {
  const scan = (format) =>
    spawnSync(process.execPath, [bin, "scan", "examples", "--no-cache", "--verbose", "--format", format], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
  const { status, stdout, stderr } = scan("json");
  if (status !== 1) throw new Error(`telltale scan examples ended with ${status}, not with findings (1): ${stderr}`);
  const { findings, handlers } = JSON.parse(stdout);
  const source = (file) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  return { text: scan("text").stdout, findings, handlers, source };
}

async function main() {
  const { frameworks } = await import("../packages/scan/dist/frameworks/index.js");
  const { loggers } = await import("../packages/scan/dist/loggers/index.js");
  const { catalogue } = await import("../packages/scan/dist/rules/catalogue.js");
  const path = new URL("../README.md", import.meta.url);
  const run = runExamples();
  const blocks = { ...runBlocks(run), ...fixBlock(runFix(run)), ...tableBlocks(frameworks, loggers, catalogue) };
  writeFileSync(path, fill(readFileSync(path, "utf8"), blocks));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
