#!/usr/bin/env node
/**
 * What `telltale fix` leaves of the gaps in applications, whether what it wrote still parses, passes the application's own
 * checks and stays as it is, and what it costs beside a plain scan:
 *
 *   npm run bench:fix -- DIR... [--check COMMAND]... [--peer] [--growth] [--json FILE] [--read FILE]... [--write]
 *
 * Each DIR is copied; nothing is written there. `--check` runs a command of a shell in the copy before and after. `--peer`
 * times what rewrites the same files by patterns. `--growth` takes a made-up application and ten times as much of it.
 * `--read` takes what `--json` wrote of earlier runs as well; of two that speak of the same application, the later stands.
 * `--write` puts the tables into docs/fix.md, between their marks. Exit status: 0 all of what was written parses, stays,
 * and passes the checks that passed before; 1 something does not; 2 the call is unusable.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { filled } from "../content/tables.mjs";
import { synthesise } from "../scan/synthetic.mjs";
import { tried } from "./application.mjs";
import { APPLICATIONS } from "./applications.mjs";
import { onPeers } from "./peers.mjs";
import { blocksOf, growthOf, isSound } from "./tables.mjs";

const PAGE = fileURLToPath(new URL("../../docs/fix.md", import.meta.url));
const USAGE =
  "usage: npm run bench:fix -- DIR... [--check COMMAND]... [--peer] [--growth] [--json FILE] [--read FILE]... [--keep DIR] [--write]";
/** Files of the made-up application, and of ten of it. */
const SIZES = [100, 1_000];

const { values, positionals } = asked();
const work = values.keep === undefined ? mkdtempSync(join(tmpdir(), "telltale-fix-")) : resolve(values.keep);
try {
  process.exitCode = await run();
} finally {
  if (values.keep === undefined) rmSync(work, { recursive: true, force: true });
}

async function run() {
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.version}; seconds are those of the processor`);
  const rows = new Map((values.read ?? []).flatMap((file) => JSON.parse(readFileSync(file, "utf8"))).map((row) => [row.name, row]));
  for (const folder of positionals.map((path) => resolve(path))) {
    const row = { name: basename(folder), ...(await one(folder, join(work, basename(folder)))) };
    rows.set(row.name, row);
    console.log(line(row));
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify([...rows.values()], undefined, 2)}\n`);
  }
  const blocks = blocksOf([...rows.values()]);
  console.log(`\n${Object.values(blocks).join("\n\n")}`);
  if (values.growth) console.log(`\n${await growth()}`);
  const written = !values.write || write(rows, blocks);
  return written && [...rows.values()].every(isSound) ? 0 : 1;
}

/** Whole tables only: one with half of its applications would say that the others were never measured. */
function write(rows, blocks) {
  const lacking = Object.keys(APPLICATIONS).filter((name) => !rows.has(name));
  if (lacking.length === 0) writeFileSync(PAGE, filled(readFileSync(PAGE, "utf8"), blocks));
  else console.error(`not written: there are no figures of ${lacking.join(", ")}; measure them too, or name theirs with --read`);
  return lacking.length === 0;
}

async function one(folder, copy) {
  const row = await tried(folder, copy, values.check ?? []);
  const peers = values.peer ? await onPeers(folder, `${copy}-peer`) : [];
  if (values.keep === undefined) rmSync(copy, { recursive: true, force: true });
  return { ...row, peers };
}

/** One line while it runs; the tables come at the end. */
function line({ name, before, after, files, unparsable, again, scan, fix, checks, peers }) {
  const said = [
    `${name}: ${before} → ${after}, ${files} files, ${unparsable.length} unparsable, ${again} changed by a second run`,
    `fix ${cost(fix)}, scan ${cost(scan)}`,
    ...checks.map((check) => `${check.command}: ${check.before} → ${check.after}`),
    ...unparsable.map((file) => `does not parse: ${file}`),
    ...peers.map((peer) => `${peer.name}: ${peer.processor.toFixed(1)} s, ${peer.megabytes.toFixed(0)} MB, ${peer.files} files`),
  ];
  return said.join("\n  ");
}

function cost({ processor, megabytes }) {
  return `${processor.toFixed(1)} s ${megabytes.toFixed(0)} MB`;
}

async function growth() {
  const rows = [];
  for (const size of SIZES) {
    const folder = synthesise(join(work, `made-up-${size}`), size);
    rows.push({ size, ...(await tried(folder, `${folder}-copy`, [])) });
    for (const path of [folder, `${folder}-copy`]) rmSync(path, { recursive: true, force: true });
  }
  return growthOf(rows);
}

function asked() {
  try {
    const flag = { type: "boolean", default: false };
    const many = { type: "string", multiple: true };
    const options = { check: many, read: many, json: { type: "string" }, keep: { type: "string" }, peer: flag, growth: flag, write: flag };
    const call = parseArgs({ allowPositionals: true, options });
    const lacking = [...call.positionals, ...(call.values.read ?? [])].filter((path) => !existsSync(path));
    if (lacking.length > 0) throw new Error(`there is no ${lacking.join(", ")}`);
    if (call.positionals.length === 0 && call.values.read === undefined && !call.values.growth) throw new Error("name a folder");
    return call;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}
