#!/usr/bin/env node
/**
 * Telltale on the suites that other tools ship for what logs and answers must not say: CWE-532, CWE-117, CWE-209.
 *
 *   npm run bench:content -- --suites DIR [--suite ID]... [--cwe NUMBER]... [--language NAME]... [--misses]
 *                            [--json FILE] [--keep DIR] [--semgrep PROGRAM] [--gosec PROGRAM] [--read FILE]... [--write]
 *
 * DIR is what fetch.mjs made. `--misses` lists every line that is missed or wrongly alleged. `--keep` leaves the folders that were
 * scanned. `--semgrep` and `--gosec` run these programs on the suites of others, as peers. `--read` takes what `--json` wrote
 * of earlier runs in place of running anything; of two that speak of the same row, the later stands. `--write` puts the tables into
 * docs/accuracy.md and README.md, between their marks. Exit status: 0 all suites are scored, 1 some are not there, 2 the call is
 * unusable.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { reasonFor } from "./outside.mjs";
import { writeRoot } from "./roots.mjs";
import { score } from "./score.mjs";
import { linesOf } from "./suites/files.mjs";
import { suites } from "./suites/index.mjs";
import { blocksOf, filled } from "./tables.mjs";
import { gosecPeer, semgrepPeer, telltale } from "./tools.mjs";

const PAGES = [fileURLToPath(new URL("../../docs/accuracy.md", import.meta.url)), fileURLToPath(new URL("README.md", import.meta.url))];
const USAGE = `usage: npm run bench:content -- --suites DIR [--suite ID]... [--cwe 532|117|209]... [--language NAME]... [--misses]
  [--json FILE] [--keep DIR] [--semgrep PROGRAM] [--gosec PROGRAM] [--read FILE]... [--write]`;

let values;
try {
  ({ values } = parseArgs({
    options: {
      suites: { type: "string" },
      suite: { type: "string", multiple: true },
      cwe: { type: "string", multiple: true },
      language: { type: "string", multiple: true },
      misses: { type: "boolean" },
      json: { type: "string" },
      keep: { type: "string" },
      semgrep: { type: "string" },
      gosec: { type: "string" },
      read: { type: "string", multiple: true },
      write: { type: "boolean" },
    },
  }));
} catch (error) {
  console.error(`${error.message}\n${USAGE}`);
  process.exit(2);
}
const unknown = (values.suite ?? []).filter((id) => !suites.some((suite) => suite.id === id));
const narrowed = values.suite !== undefined || values.cwe !== undefined || values.language !== undefined;
if (values.suites === undefined || unknown.length > 0 || (values.write && narrowed)) {
  if (unknown.length > 0) console.error(`no suite ${unknown.join(", ")}; there are: ${suites.map(({ id }) => id).join(", ")}`);
  if (values.write && narrowed)
    console.error("--write puts whole tables into the pages, so it goes with none of --suite, --cwe and --language");
  console.error(USAGE);
  process.exit(2);
}

const peers = [
  ...(values.semgrep === undefined ? [] : [semgrepPeer(values.semgrep, resolve(values.suites))]),
  ...(values.gosec === undefined ? [] : [gosecPeer(resolve(values.gosec))]),
];
const work = values.keep === undefined ? mkdtempSync(join(tmpdir(), "content-")) : resolve(values.keep);
try {
  process.exitCode = run(resolve(values.suites));
} finally {
  if (values.keep === undefined) rmSync(work, { recursive: true, force: true });
}

function run(folder) {
  const asked = suites.filter(({ id }) => values.suite === undefined || values.suite.includes(id));
  const there = asked.filter(({ id }) => existsSync(join(folder, id)));
  for (const { id } of asked.filter((suite) => !there.includes(suite))) console.error(`${id} is not in ${folder}: bring it with fetch.mjs`);
  const rows = values.read === undefined ? there.flatMap((suite) => rowsOf(suite, join(folder, suite.id))) : readRows(values.read);
  const blocks = blocksOf(rows, there);
  console.log(`\n${Object.values(blocks).join("\n\n")}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  if (values.write && there.length === asked.length)
    for (const page of PAGES) writeFileSync(page, filled(readFileSync(page, "utf8"), blocks));
  return there.length < asked.length ? 1 : 0;
}

/** Rows of earlier runs, one of a kind; peers of either run are kept. */
function readRows(files) {
  const rows = new Map();
  for (const row of files.flatMap((file) => JSON.parse(readFileSync(file, "utf8")))) {
    const key = `${row.suite} ${row.cwe} ${row.language}`;
    rows.set(key, { ...row, peers: { ...rows.get(key)?.peers, ...row.peers } });
  }
  return [...rows.values()];
}

/** One row for each weakness and language of a suite. */
function rowsOf(suite, root) {
  const groups = new Map();
  for (const one of suite.cases(root)) {
    const number = one.cwe.slice("CWE-".length);
    if (values.cwe !== undefined && !values.cwe.includes(number)) continue;
    if (values.language !== undefined && !values.language.includes(one.language)) continue;
    const key = `${one.cwe} ${one.language}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((cases) => rowOf(suite, cases, root));
}

function rowOf(suite, cases, folder) {
  const [{ cwe, language }] = cases;
  const root = join(work, `${suite.id}-${cwe}-${language}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const originals = writeRoot(root, cases);
  const place = (one) => ({ ...one, file: originals.get(one.file) ?? one.file });
  const placed = (claims) => claims.map((claim) => ({ ...place(claim), flow: claim.flow.map(place) }));
  const claims = placed(telltale(root, cwe));
  const texts = new Map(cases.flatMap(({ files }) => files.map(({ path, text }) => [path, linesOf(text)])));
  const textAt = ({ file, line }) => (texts.get(file)?.[line - 1] ?? "").trim();
  const expected = cases.flatMap((one) => one.expected);
  const scored = score(expected, claims, (kind, at) => reasonFor(suite.id, kind, { file: at.file, line: at.line, text: textAt(at) }));
  if (values.misses) list(suite, scored.differences, textAt);
  console.error(`${suite.id} ${cwe} ${language}: ${scored.counts.right} of ${scored.counts.expected}, ${scored.counts.false} wrong`);
  const peer = peers.filter((one) => !one.suites.includes(suite.id) && one.knows(cwe, language, cases, folder));
  const beside = Object.fromEntries(peer.map((one) => [one.id, score(expected, placed(one.run({ root, cwe, cases, folder }))).counts]));
  return { suite: suite.id, cwe, language, counts: scored.counts, peers: beside, differences: scored.differences };
}

function list(suite, differences, textAt) {
  for (const one of [...differences].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))) {
    const why = one.reason === undefined ? "" : `  (by definition: ${one.reason})`;
    console.log(`${one.kind.padEnd(6)} ${suite.id}/${one.file}:${one.line}: ${textAt(one)}${why}`);
    if (one.claim !== undefined) console.log(`       ${one.claim.rule}: ${one.claim.message}`);
  }
}
