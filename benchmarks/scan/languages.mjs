/**
 * The time that one and the same application takes in several languages, in seconds of the processor, which others on the
 * machine do not lengthen much:
 *
 *   node benchmarks/scan/languages.mjs [--files 2000] [--runs 3]
 *
 * The application is made up: resources of five files each (controller, service, model, policy, helper), with five actions
 * that call through all of them, in TypeScript (Express), Python (Django) and Ruby (Rails). Nothing is asserted.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./measure.mjs";
import { PROGRAMS } from "./programs.mjs";

const TELLTALE = fileURLToPath(new URL("../../packages/cli/bin/telltale.js", import.meta.url));
/** Files of one resource. */
const EACH = 5;
/** Told by the process itself as it ends. */
const TELL_CPU = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => { const { user, system } = process.cpuUsage(); writeSync(2, `\\ncpu=${(user + system) / 1e6}\\n`); });',
)}`;

const { values } = parseArgs({ options: { files: { type: "string", default: "2000" }, runs: { type: "string", default: "3" } } });
const work = mkdtempSync(join(tmpdir(), "telltale-languages-"));
try {
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  let first;
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const folder = join(work, name);
    const files = write(folder, program, Math.ceil(Number(values.files) / EACH));
    const all = Array.from({ length: Number(values.runs) }, () => cpuOf(folder));
    const cpu = median(all.map((one) => one.cpu));
    first ??= cpu;
    const { handlers, findings } = all[0];
    const said = `${String(files).padStart(6)} files ${String(handlers).padStart(6)} handlers ${String(findings).padStart(6)} findings`;
    console.log(`${name.padEnd(12)} ${said} ${cpu.toFixed(1).padStart(7)} s   ${(cpu / first).toFixed(2)} ×`);
  }
}

/** Writes `count` resources and what names them all; gives how many sources that is. */
function write(folder, { resource, around }, count) {
  const names = Array.from({ length: count }, (_, i) => `Thing${String(i).padStart(4, "0")}`);
  const files = [...names.flatMap((name) => Object.entries(resource(name))), ...Object.entries(around(names))];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return files.length;
}

function cpuOf(folder) {
  const args = ["--import", TELL_CPU, TELLTALE, "scan", folder, "--format", "json", "--no-cache", "--no-progress"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 30 });
  const cpu = /^cpu=([\d.]+)$/m.exec(stderr)?.[1];
  if (cpu === undefined || (status !== 0 && status !== 1)) throw new Error(`telltale scan ended with ${status}: ${stderr.slice(-500)}`);
  const { handlers, findings } = JSON.parse(stdout);
  return { cpu: Number(cpu), handlers: handlers.length, findings: findings.length };
}
