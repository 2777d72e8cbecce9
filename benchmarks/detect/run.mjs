/**
 * How many events a second `telltale detect` judges, beside RSigma with the same rules on the same events, and beside fail2ban
 * and CrowdSec on an OpenSSH log of the same logins. See README.md. Nothing is fetched, and nothing is asserted: it prints what
 * it measured, and says which contender is not there.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure } from "../scan/measure.mjs";
import { jsonOf, sshdOf, writeCorpora } from "./corpora.mjs";
import { crowdsec, fail2banRegex, fail2banServer, rsigma } from "./peers.mjs";
import { plainRuleCount, plainRules } from "./plain-rules.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = resolve(HERE, "../..");
const TELLTALE = join(ROOT, "packages/cli/bin/telltale.js");

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    only: { type: "string" },
  },
});
const events = Number(values.events);
const work = mkdtempSync(join(tmpdir(), "telltale-bench-detect-"));
const rules = join(work, "plain.yaml");

/** Contenders by the log that they read. `share`: of the events that it gets, so that a slow one ends; it is also measured with a tenth of that. */
const contenders = [
  { log: "json", name: "telltale detect, rule pack", share: 1, run: (log) => telltale(log, []) },
  {
    log: "json",
    name: `telltale detect, ${plainRuleCount} plain rules`,
    share: 1,
    base: true,
    run: (log) => telltale(log, ["--rules", rules]),
  },
  { log: "json", name: `rsigma, the same ${plainRuleCount} rules`, share: 1, peer: rsigma, run: (log, peer) => peer.run(log, rules) },
  { log: "json", name: "engine on parsed events, rule pack", share: 1, run: (log) => parsed(log, "pack") },
  { log: "json", name: `engine on parsed events, ${plainRuleCount} plain rules`, share: 1, run: (log) => parsed(log, rules) },
  { log: "sshd", name: "telltale detect, rule pack", share: 1, base: true, run: (log) => telltale(log, []) },
  { log: "sshd", name: "crowdsec, ssh-bf", share: 0.1, peer: crowdsec, run: (log, peer) => peer.run(log) },
  { log: "sshd", name: "fail2ban-regex, filter sshd", share: 0.1, peer: fail2banRegex, run: (log, peer) => peer.run(log) },
  { log: "sshd", name: "fail2ban-server, jail sshd", share: 0.1, peer: fail2banServer, run: (log, peer, lines) => peer.run(log, lines) },
];

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const chosen = contenders.filter(({ name }) => values.only === undefined || values.only.split(",").some((one) => name.includes(one)));
  const version = JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8")).version;
  console.log(
    `machine   ${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, load ${loadavg()[0].toFixed(1)} before the run`,
  );
  const peers = new Map();
  for (const { peer } of chosen) if (peer !== undefined && !peers.has(peer)) peers.set(peer, await peer(work));
  const found = [...peers.values()].map(({ version }) => version).filter(Boolean);
  console.log(`versions  telltale ${version}, Node.js ${process.version}${found.length > 0 ? `, ${[...new Set(found)].join(", ")}` : ""}`);
  writeFileSync(rules, plainRules());
  const sizes = [...new Set(chosen.flatMap(({ share }) => [events * share, (events * share) / 10]))];
  const { users, failed, worked } = await writeCorpora(work, events, sizes);
  const size = (path) => `${(statSync(path).size / 1e6).toFixed(0)} MB`;
  console.log(
    `events    ${number(events)} of ${number(users)} users: ${number(failed)} failed logins, ${number(worked)} that worked; ${size(jsonOf(work, events))} as JSON, ${size(sshdOf(work, events))} as sshd lines\n`,
  );
  const results = [];
  for (const one of chosen) {
    const peer = peers.get(one.peer);
    if (peer?.missing !== undefined) {
      results.push({ ...one, missing: peer.missing });
      continue;
    }
    results.push({ ...one, ...(await both(one, peer)) });
    process.stderr.write(`${one.log}: ${one.name} done, load ${loadavg()[0].toFixed(1)}\n`);
  }
  table(results);
}

/** The large log and a tenth of it. */
async function both(one, peer) {
  const lines = events * one.share;
  const path = one.log === "json" ? jsonOf : sshdOf;
  try {
    const small = await one.run(path(work, lines / 10), peer, lines / 10);
    const large = await one.run(path(work, lines), peer, lines);
    return { lines, small, large };
  } catch (error) {
    return { missing: `failed: ${error.message.trim().split("\n").at(-1)}` };
  }
}

async function telltale(log, more) {
  const result = await measure(
    [process.execPath, TELLTALE, "detect", log, ...more, "--no-progress", "--to", `json=${join(work, "alerts.json")}`],
    [0, 1],
  );
  rmSync(join(work, "alerts.json"), { force: true });
  return { ...result, found: /^(?:[\d,]+|no) alerts?/m.exec(result.problems)?.[0] ?? "" };
}

/** Its own time, without that of reading and parsing; the memory is that of the whole process. */
async function parsed(log, ruleFile) {
  const { output, megabytes } = await measure([process.execPath, join(HERE, "parsed.mjs"), log, ruleFile]);
  const { seconds, processor, alerts } = JSON.parse(output);
  return { seconds, processor, megabytes, found: `${number(alerts)} alerts` };
}

function table(results) {
  const head = [
    "log",
    "",
    "events",
    "seconds",
    "CPU s",
    "events/s",
    "events/CPU s",
    "without start",
    "of ours",
    "MB",
    "10 × takes",
    "found",
  ];
  const rows = results.map((one) => {
    if (one.missing !== undefined) return [one.log, one.name, ...Array.from({ length: head.length - 3 }, () => ""), one.missing];
    const { log, name, lines, small, large } = one;
    const base = results.find((other) => other.base && other.log === log && other.large !== undefined);
    const cells = [large.seconds.toFixed(1), large.processor.toFixed(1), number(lines / large.seconds), number(lines / large.processor)];
    const ratio = base === undefined ? "" : `${(steady(one) / steady(base)).toFixed(2)} ×`;
    const growth = `${(large.processor / small.processor).toFixed(1)} ×, ${small.megabytes.toFixed(0)} MB`;
    return [log, name, number(lines), ...cells, number(steady(one)), ratio, large.megabytes.toFixed(0), growth, large.found];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const isText = (column) => column < 2 || column === head.length - 1;
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd(),
    );
  }
  console.log(
    `\nload ${loadavg()[0].toFixed(1)} after the run; CPU seconds are user and system of all threads, from start to exit; the ratio is that of events a CPU second without the start`,
  );
}

/** Events a CPU second between the small and the large log: what starting takes falls out. */
function steady({ lines, small, large }) {
  return (lines * 0.9) / (large.processor - small.processor);
}

function number(value) {
  return Math.round(value).toLocaleString("en");
}
