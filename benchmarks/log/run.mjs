/**
 * What one security event costs: `@telltale/log` beside pino, winston and the Elastic formatter, on the same event, written to
 * the same file. See README.md. Nothing is asserted but that every event was written and that who redacts leaks nothing.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CONTENDERS } from "./contenders.mjs";

const CHILD = fileURLToPath(new URL("contender.mjs", import.meta.url));
/** Of a young generation that no allocation run fills, in megabytes. */
const YOUNG = 512;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    events: { type: "string", default: "20000" },
    only: { type: "string" },
    null: { type: "boolean", default: false },
    "no-growth": { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const events = Number(values.events);
const names = values.only?.split(",") ?? Object.keys(CONTENDERS);
const work = mkdtempSync(join(tmpdir(), "telltale-bench-log-"));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  console.log(
    `machine   ${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node.js ${process.version}`,
  );
  console.log(`          ${events} events a run, medians of ${rounds} rounds, to ${values.null ? "/dev/null" : "a file"}\n`);
  const results = await race();
  table(results);
  if (!values["no-growth"]) await grow();
}

/** Contenders take turns, so that a slow minute of the machine hits all of them. */
async function race() {
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs[name].push({ ...(await run(name, "throughput")), ...(await run(name, "latency")) });
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
  for (const name of names)
    runs[name].push(await run(name, "allocation", 2_000, [`--min-semi-space-size=${YOUNG}`, `--max-semi-space-size=${YOUNG}`]));
  return Object.fromEntries(names.map((name) => [name, summary(name, runs[name])]));
}

function summary(name, runs) {
  const middle = (field) => median(runs.map((one) => one[field]).filter((one) => one !== undefined));
  const leaks = runs.some((one) => one.leaks);
  if (leaks && CONTENDERS[name].redacts) throw new Error(`${CONTENDERS[name].title}: a secret was written`);
  const fields = ["microseconds", "processor", "p50", "p99", "bytes", "megabytes", "lineBytes"];
  return { leaks, ...Object.fromEntries(fields.map((field) => [field, middle(field)])) };
}

function table(results) {
  const base = results["pino-ten"]?.processor;
  const peer = results["winston"]?.processor;
  const head = [
    "",
    "µs/event",
    "CPU µs",
    "events/s",
    "p50 µs",
    "p99 µs",
    "heap B",
    "RSS MB",
    "line B",
    "secrets",
    "of pino+10",
    "winston is",
  ];
  const rows = names.map((name) => {
    const { microseconds, processor, p50, p99, bytes, megabytes, lineBytes, leaks } = results[name];
    const secrets = leaks === undefined || values.null ? "" : leaks ? "written" : "none";
    return [
      CONTENDERS[name].title,
      microseconds.toFixed(1),
      processor.toFixed(1),
      Math.round(1e6 / microseconds).toLocaleString("en"),
      p50.toFixed(1),
      p99.toFixed(1),
      bytes === undefined ? "-" : Math.round(bytes).toLocaleString("en"),
      megabytes.toFixed(0),
      String(lineBytes ?? "-"),
      secrets,
      base === undefined ? "" : `${(processor / base).toFixed(2)} ×`,
      peer === undefined ? "" : `${(peer / processor).toFixed(1)} ×`,
    ];
  });
  print([head, ...rows]);
}

/** Ten times the events: time in proportion, memory the same. */
async function grow() {
  console.log("\ngrowth");
  const rows = [["", `${events} events`, "", `${events * 10} events`, "", "time"]];
  for (const name of names.filter((one) => one === "json" || one === "chain")) {
    const small = await run(name, "throughput");
    const large = await run(name, "throughput", events * 10);
    const times = (large.microseconds * 10) / small.microseconds;
    const cells = [small, large].flatMap((one) => [`${one.microseconds.toFixed(1)} µs`, `${one.megabytes.toFixed(0)} MB`]);
    rows.push([CONTENDERS[name].title, ...cells, `${times.toFixed(1)} × for 10 ×`]);
  }
  print(rows);
}

function run(name, what, count = events, flags = []) {
  const path = values.null ? "/dev/null" : join(work, `${name}.log`);
  const args = ["--expose-gc", ...flags, CHILD, name, what, String(count), path];
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let problems = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (problems += data));
    child.on("error", failed).on("close", (status) => {
      if (status !== 0) return failed(new Error(`${name} ended with ${status}: ${problems.slice(-800)}`));
      done(JSON.parse(output.trim().split("\n").at(-1)));
    });
  });
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd(),
    );
  }
}
