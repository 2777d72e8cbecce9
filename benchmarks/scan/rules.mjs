/**
 * What the rules about what is written cost beside those about what is missing: the same scan with only the latter and with
 * all, on the same trees, in turns. The aim: all together take at most 1.5 times the time of the presence rules alone.
 *
 *   node benchmarks/scan/rules.mjs [path/to/app …] [--runs 3] [--no-growth]
 *
 * Without a path the application is synthetic, as in run.mjs; so is the growth, from one size to ten times as much. Nothing is
 * remembered from run to run (`--no-cache`), and nothing is asserted: it prints what it measured.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure, median } from "./measure.mjs";
import { synthesise } from "./synthetic.mjs";

const TELLTALE = fileURLToPath(new URL("../../packages/cli/bin/telltale.js", import.meta.url));
/** Files of the synthetic trees. */
const SIZES = [2_000, 6_000, 20_000];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "3" }, "no-growth": { type: "boolean", default: false } },
});
const work = mkdtempSync(join(tmpdir(), "telltale-rules-"));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const settings = await writeSettings();
  console.log(`times are seconds of the processor, medians of ${values.runs} runs in turns; memory is the peak\n`);
  console.log(`${"".padEnd(28)} ${"presence".padStart(16)} ${"all rules".padStart(16)}   ratio`);
  const apps = positionals.map((path) => [basename(resolve(path)), resolve(path)]);
  if (apps.length === 0 && values["no-growth"]) apps.push(["synthetic", synthesise(join(work, "app"), SIZES[0])]);
  for (const [name, dir] of apps) print(name, await both(dir, settings));
  if (!values["no-growth"]) await grow(settings);
}

/** The same code, more of it. */
async function grow(settings) {
  let first;
  for (const size of SIZES) {
    const dir = synthesise(join(work, `x${size}`), size);
    const measured = await both(dir, settings);
    first ??= measured;
    const times = `${(size / SIZES[0]).toFixed(0)} × the files: ${ratio(measured.presence, first.presence)} and ${ratio(measured.all, first.all)} × the time`;
    print(`synthetic, ${size} files`, measured, size === SIZES[0] ? "" : times);
    rmSync(dir, { recursive: true, force: true });
  }
}

function print(name, { presence, all }, remark = "") {
  const cell = ({ seconds, megabytes }) => `${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(4)} MB`;
  console.log(
    `${name.padEnd(28)} ${cell(presence).padStart(16)} ${cell(all).padStart(16)}   ${ratio(all, presence)} ×   ${remark}`.trimEnd(),
  );
}

function ratio(a, b) {
  return (a.seconds / b.seconds).toFixed(2);
}

/** One tree with and without the rules about what is written, in turns, so that whatever else the machine does hits both. */
async function both(dir, settings) {
  const runs = { presence: [], all: [] };
  for (let i = 0; i < Number(values.runs); i++) {
    for (const name of ["presence", "all"]) {
      const flags = ["--config", settings[name], "--no-cache", "--no-progress", "--format", "agent"];
      runs[name].push(await measure([process.execPath, TELLTALE, "scan", dir, ...flags], [0, 1]));
    }
  }
  const told = (all) => ({
    seconds: median(all.map((one) => one.processor)),
    megabytes: Math.max(...all.map((one) => one.megabytes)),
  });
  return { presence: told(runs.presence), all: told(runs.all) };
}

/** A telltale.yaml for either: the scan's rules of any kind but `gap` switched off, and none. */
async function writeSettings() {
  const { output } = await measure([process.execPath, TELLTALE, "rules", "--format", "json"]);
  const off = JSON.parse(output).scan.filter(({ kind }) => kind !== "gap");
  const settings = { presence: join(work, "presence.yaml"), all: join(work, "all.yaml") };
  writeFileSync(settings.presence, `rules:\n${off.map(({ id }) => `  ${id}: off\n`).join("")}`);
  writeFileSync(settings.all, "rules: {}\n");
  return settings;
}
