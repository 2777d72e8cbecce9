import { readFileSync } from "node:fs";
import { createEngine, createReader, defaultPack, loadRules, openGeo } from "../../dist/index.js";

/** Lines of a file of ours or of others, without their ends. */
export function linesOf(path) {
  return readFileSync(path, "utf8").replace(/\n$/, "").split("\n");
}

/** Reads lines as `telltale detect` does: gives for each its event, or what it is instead. What has no year is of the last one before `received`. */
export function openReading() {
  const read = createReader();
  return (line, number, received = Date.now()) => ({ line, number, ...read(line, { received }) });
}

/** A whole file. */
export function readAll(lines) {
  const read = openReading();
  return lines.map((line, index) => read(line, index + 1));
}

/** The rule pack, or rules written here, as `loadRules` gives them. */
export function rulesOf(text) {
  if (text === undefined) return defaultPack();
  const { set, problems } = loadRules([{ file: "foreign.yaml", text }]);
  if (problems.length > 0) throw problems[0];
  return set;
}

/** Places of addresses, where the package with the database is installed. */
const geo = openGeo("auto");

/** Alerts that rules raise on what was read, one for each episode. */
export function alertsOf(readings, rules) {
  const alerts = [];
  const engine = createEngine({
    rules,
    lateness: 60_000,
    budget: 256_000_000,
    locate: geo?.locate,
    onAlert: (alert) => {
      if (alert.phase === "closed")
        alerts.push({ rule: alert.rule.title, group: alert.group, addresses: addressesOf(alert), count: alert.count });
    },
    onNote: () => undefined,
  });
  let seq = 0;
  for (const { kind, time, fields, logsource, number } of readings) {
    if (kind !== "event") continue;
    seq += 1;
    engine.ingest({ time, seq, fields, logsource, origin: { source: "foreign", stream: "foreign" }, position: number });
  }
  engine.finish();
  return alerts;
}

/** The group's own address where it has one; else all that took part. */
function addressesOf({ group, addresses }) {
  return typeof group["source.ip"] === "string" ? [group["source.ip"]] : addresses;
}

/** Whether an event is a try to get in that was refused. */
export function isFailure({ kind, fields }) {
  return kind === "event" && failures.has(fields.event);
}

const failures = new Set(["authn_login_fail", "authn_login_fail_max", "authz_fail", "authn_mfa_fail", "authn_login_lock"]);

/** One document that matches what was refused, as the counted rule of another tool sees it. */
const refused = `
title: Refused
name: refused
logsource:
    category: application
    product: telltale
detection:
    selection:
        event: [authn_login_fail, authn_login_fail_max, authz_fail]
    condition: selection
level: informational
`;

/** A sliding count by address as plain Sigma. */
export function countRule(name, gte, timespan) {
  return `---
title: ${name}
name: ${name}
correlation:
    type: event_count
    rules: [refused]
    group-by: [source.ip]
    timespan: ${timespan}
    condition:
        gte: ${gte}
level: medium
`;
}

export function countRules(...rules) {
  return `${refused}${rules.join("")}`;
}

/** Columns under each other. */
export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
}

/** The folder that the command line names; says how to call the script where it names none. */
export function folderOf(usage) {
  const folder = process.argv[2];
  if (folder !== undefined) return folder;
  console.error(`usage: ${usage}`);
  process.exit(2);
}
