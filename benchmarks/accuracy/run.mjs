#!/usr/bin/env node
/**
 * Telltale beside the file-path heuristic, on the same labels: the tables of README.md and docs/accuracy.md.
 *
 *   npm run bench:accuracy -- --sources DIR [--write] [--app OWNER/NAME]... [--set NAME] [--misses]
 *
 * `--write` puts the tables into both pages, between their marks. Exit status as of score.mjs.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "./score.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = resolve(HERE, "../..");
const PAGES = [join(HERE, "README.md"), join(ROOT, "docs/accuracy.md")];
const TELLTALE = `"${process.execPath}" "${join(ROOT, "packages/cli/bin/telltale.js")}" scan "{dir}" --format json --no-cache --quiet`;
const BASELINE = `"${process.execPath}" "${join(HERE, "baseline.mjs")}" "{dir}"`;
const SETS = { development: "The development set", second: "The second set" };

const given = process.argv.slice(2).filter((arg) => arg !== "--write");
const write = process.argv.includes("--write");

function run() {
  if (write && given.some((arg) => arg === "--app" || arg === "--set")) {
    console.error("error: --write puts whole tables into the pages, so it goes with neither --app nor --set");
    return 2;
  }
  const [tool, status] = figuresOf(TELLTALE, given);
  if (tool === undefined) return status;
  const quiet = given.filter((arg) => arg !== "--misses");
  const [baseline] = figuresOf(BASELINE, quiet);
  if (baseline === undefined) return 2;
  const blocks = blocksOf(tool, baseline);
  console.log(`\n${Object.values(blocks).join("\n\n")}`);
  if (write) for (const page of PAGES) writeFileSync(page, filled(readFileSync(page, "utf8"), blocks));
  return status;
}

/** What score.mjs writes for machines, and its exit status; its own tables are shown only with --misses. */
function figuresOf(command, args) {
  const file = join(work, "figures.json");
  const print = args.includes("--misses") ? console.log : () => {};
  const status = main([...args, "--run", command, "--json", file], print);
  return status === 2 ? [undefined, 2] : [JSON.parse(readFileSync(file, "utf8")), status];
}

/** The tables by the name of their mark. */
function blocksOf(tool, baseline) {
  const blocks = {};
  for (const [id, title] of Object.entries(SETS)) {
    const rows = tool.applications
      .filter(({ set }) => set === id)
      .map((one) => [`${one.repo} (${one.language})`, one.figures, peerOf(one, baseline)]);
    if (rows.length > 0) blocks[id] = table(title, [...rows, ["**all of it**", tool.sets[id], baseline.sets[id]]]);
  }
  const languages = Object.entries(tool.languages).map(([name, figures]) => [name, figures, baseline.languages[name]]);
  blocks.languages = table("Language", [...languages, ["**all**", tool.all, baseline.all]]);
  return blocks;
}

const peerOf = ({ repo }, baseline) => baseline.applications.find((one) => one.repo === repo)?.figures;

function table(title, rows) {
  const head = [
    title,
    "labels",
    "gaps",
    "precision",
    "recall",
    "F1",
    "verdict",
    "action",
    "paths: precision",
    "paths: recall",
    "paths: F1",
  ];
  const cells = rows.map(([name, own, peer]) => [
    name,
    own.labels,
    own.hits + own.missed,
    ...[own.precision, own.recall, own.f1, own.verdict, own.action, peer?.precision, peer?.recall, peer?.f1].map(percent),
  ]);
  const all = [head, ...cells].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = line(widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)));
  return [line(all[0]), rule, ...all.slice(1).map(line)].join("\n");
}

const percent = (share) => (share === null || share === undefined ? "-" : `${Math.round(share * 100)} %`);

/** A page with its tables replaced; marks that it lacks are passed over. */
function filled(page, blocks) {
  return Object.entries(blocks).reduce(
    (text, [name, block]) => text.replace(new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`), `$1\n\n${block}\n\n$2`),
    page,
  );
}

const work = mkdtempSync(join(tmpdir(), "accuracy-"));
try {
  process.exitCode = run();
} finally {
  rmSync(work, { recursive: true, force: true });
}
