/**
 * How fast `telltale scan` is, beside Semgrep with comparable patterns and beside a walk that only reads the files, all on
 * the same tree in one run. See README.md. Nothing is fetched, and nothing is asserted: it prints what it measured.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure, median } from "./measure.mjs";
import { synthesise } from "./synthetic.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = resolve(HERE, "../..");
const TELLTALE = join(ROOT, "packages/cli/bin/telltale.js");
const FLOOR = join(HERE, "floor.mjs");
const RULES = join(HERE, "semgrep-rules.yaml");
/** Files of the synthetic trees: the first is the application where none is named. */
const SIZES = [2_000, 6_000, 20_000];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "3" },
    "no-semgrep": { type: "boolean", default: false },
    "no-growth": { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const work = mkdtempSync(join(tmpdir(), "telltale-bench-"));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const semgrep = values["no-semgrep"] ? undefined : await findSemgrep();
  const telltale = JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8")).version;
  console.log(`machine   ${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB`);
  console.log(`versions  telltale ${telltale}, Node.js ${process.version}, Semgrep ${semgrep?.version ?? "-"}`);
  console.log(`          times are medians of ${runs}; the files stand in the memory of the operating system\n`);
  const app = positionals[0] === undefined ? synthesise(join(work, "app"), SIZES[0]) : resolve(positionals[0]);
  await compare(app, positionals[0] ?? "synthetic", semgrep);
  if (!values["no-growth"]) await grow();
}

/** One tree, all contestants. */
async function compare(dir, name, semgrep) {
  const floor = await floorOf(dir);
  console.log(`${name}: ${floor.output}`);
  const { cold, warm } = await telltaleOn(dir);
  const rows = [
    ["walk that reads (floor)", floor, ""],
    ["telltale scan, cold", cold, `${(cold.seconds / floor.seconds).toFixed(1)} × floor`],
    ["telltale scan, warm", warm, `${(warm.seconds / floor.seconds).toFixed(1)} × floor`],
  ];
  if (semgrep !== undefined) {
    const peer = await repeat(() => semgrepOn(dir, semgrep));
    const times = (peer.seconds / cold.seconds).toFixed(1);
    rows.push(["semgrep", peer, `telltale is ${times} × faster cold, ${(peer.seconds / warm.seconds).toFixed(0)} × warm`]);
  }
  for (const row of rows) print(...row);
  if (semgrep === undefined && !values["no-semgrep"]) {
    console.log("semgrep                    skipped: it is not on PATH; pip install semgrep, or name it in $SEMGREP");
  }
  console.log();
}

/** The same code, more of it. */
async function grow() {
  console.log("growth (synthetic)");
  let first;
  for (const size of SIZES) {
    const dir = synthesise(join(work, `x${size}`), size);
    const floor = await floorOf(dir);
    const { cold, warm } = await telltaleOn(dir);
    first ??= { size, cold };
    const times = (cold.seconds / first.cold.seconds).toFixed(1);
    print(`${size} files, cold`, cold, `${times} × the time of ${first.size} for ${(size / first.size).toFixed(0)} × the files`);
    print(`${size} files, warm`, warm, `${(warm.seconds / floor.seconds).toFixed(1)} × floor`);
    rmSync(dir, { recursive: true, force: true });
  }
}

function print(name, { seconds, megabytes }, remark) {
  console.log(`${name.padEnd(26)} ${seconds.toFixed(2).padStart(8)} s ${megabytes.toFixed(0).padStart(6)} MB   ${remark}`.trimEnd());
}

async function floorOf(dir) {
  await measure([process.execPath, FLOOR, dir]);
  return repeat(() => measure([process.execPath, FLOOR, dir]));
}

/** Cold: nothing is remembered, and what is found is written to the cache. Warm: the run after it. */
async function telltaleOn(dir) {
  const cache = join(work, "cache");
  const args = [process.execPath, TELLTALE, "scan", dir, "--cache-dir", cache, "--no-progress"];
  const cold = await repeat(() => {
    rmSync(cache, { recursive: true, force: true });
    return measure(args, [0, 1]);
  });
  const warm = await repeat(() => measure(args, [0, 1]));
  return { cold, warm };
}

function semgrepOn(dir, { command }) {
  const flags = ["--metrics", "off", "--disable-version-check", "--no-git-ignore", "--quiet", "--json"];
  return measure([command, "scan", "--config", RULES, ...flags, dir], [0, 1]);
}

async function repeat(run) {
  const all = [];
  for (let i = 0; i < runs; i++) all.push(await run());
  return {
    seconds: median(all.map((one) => one.seconds)),
    megabytes: Math.max(...all.map((one) => one.megabytes)),
    output: all[0].output.trim(),
  };
}

/** Semgrep as named in $SEMGREP, or on PATH. */
async function findSemgrep() {
  const command = process.env.SEMGREP ?? "semgrep";
  if (process.env.SEMGREP !== undefined && !existsSync(command)) throw new Error(`$SEMGREP: ${command} does not exist`);
  try {
    const { output } = await measure([command, "--version"]);
    return { command, version: output.trim() };
  } catch {
    return undefined;
  }
}
