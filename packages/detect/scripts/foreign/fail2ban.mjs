/**
 * fail2ban's labelled test logs: whether the same lines are read as failures of the same host. Run after `npm run build`:
 *
 *     node packages/detect/scripts/foreign/fail2ban.mjs FAIL2BAN_CHECKOUT [--all]
 *
 * Prints a count by file and mode, and every difference with its explanation; `--all` prints the lines as well.
 * Exit status 1 where a difference has none.
 */
import { join } from "node:path";
import { explanationOf } from "./explained.mjs";
import { alertsOf, countRule, countRules, folderOf, isFailure, linesOf, printTable, readAll, rulesOf } from "./reading.mjs";

const folder = folderOf("fail2ban.mjs FAIL2BAN_CHECKOUT [--all]");
const files = ["sshd", "sshd-journal", "nginx-http-auth", "nginx-forbidden", "pam-generic"];
const jail = rulesOf(countRules(countRule("jail", 5, "10m")));

const rows = [["file", "lines", "failures", "the same line and host", "elsewhere in the connection", "not read", "read beside", "banned after 5 in 10 min", "by us"]];
const differences = [];
for (const file of files) judge(file);
printTable(rows);
console.log(`\n${differences.length} differences`);
const groups = Map.groupBy ? undefined : undefined;
void groups;
const byReason = new Map();
for (const one of differences) {
  const reason = explanationOf(one) ?? "NOT EXPLAINED";
  byReason.set(reason, [...(byReason.get(reason) ?? []), one]);
}
for (const [reason, list] of [...byReason].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`\n${list.length} × ${reason}`);
  if (process.argv.includes("--all") || reason === "NOT EXPLAINED")
    for (const { file, number, kind, host, given, line } of list) console.log(`    ${file}:${number} ${kind} ${host ?? "-"} ${given ?? "-"}: ${line.slice(0, 180)}`);
}
if (byReason.has("NOT EXPLAINED")) process.exitCode = 1;

function judge(file) {
  const labelled = labelsOf(linesOf(join(folder, "fail2ban", "tests", "files", "logs", file)));
  const tally = { failures: 0, same: 0, moved: 0, missing: 0, beside: 0 };
  const readings = labelled.map(({ line, label, number }) => ({ ...readAllOne(file, line, label), number, label, line }));
  for (const reading of readings) {
    const { label } = reading;
    const host = label.host;
    const given = isFailure(reading) ? (reading.fields.source?.ip ?? null) : undefined;
    if (label.match) tally.failures += 1;
    if (label.match && given !== undefined && sameHost(given, host)) tally.same += 1;
    else if (label.match && isToldElsewhere(reading, readings)) tally.moved += 1;
    else if (label.match) {
      tally.missing += 1;
      differences.push({ file, kind: given === undefined ? "not read" : "other host", host, given, ...reading });
    } else if (given !== undefined && !isAnnouncement(reading, readings)) {
      tally.beside += 1;
      differences.push({ file, kind: "read beside", host, given, ...reading });
    }
  }
  const theirs = bannedOf(readings);
  const ours = new Set(alertsOf(readings.filter(isFailure), jail).flatMap(({ addresses }) => addresses));
  const both = [...theirs].filter((host) => ours.has(host)).length;
  rows.push([file, labelled.length, tally.failures, tally.same, tally.moved, tally.missing, tally.beside, theirs.size, `${both}${ours.size > both ? ` and ${ours.size - both} more` : ""}`]);
}

/** A reader for each file remembers connections. */
const readers = new Map();
function readAllOne(file, line, label) {
  if (!readers.has(file)) readers.set(file, []);
  const received = label.time === undefined ? Date.now() : Date.parse(`${label.time}Z`) + 3_600_000;
  return readLine(file, line, received);
}

function readLine(file, line, received) {
  const reader = readers.get(file);
  if (reader.length === 0) reader.push(continuous());
  return reader[0](line, received);
}

/** One reader over lines that each come with a clock of their own: years are missing in most. */
function continuous() {
  const read = readAll.continuous();
  return (line, received) => read(line, received);
}

/** Each line with the label before it. */
function labelsOf(lines) {
  const found = [];
  let label;
  for (const [index, line] of lines.entries()) {
    const json = /^#\s*failJSON:\s*(\{.*\})\s*$/.exec(line)?.[1];
    if (json !== undefined) label = JSON.parse(json);
    else if (line !== "" && !line.startsWith("#") && label !== undefined) found.push({ line, label, number: index + 1 });
  }
  return found;
}
