/**
 * fail2ban's labelled test logs: whether the same lines are read as failures of the same host. Run after `npm run build`:
 *
 *     node packages/detect/scripts/foreign/fail2ban.mjs FAIL2BAN_CHECKOUT [--all]
 *
 * Prints a count by file and by the mode of the filter that the lines are for, and every difference by its explanation;
 * `--all` prints the lines as well. Exit status 1 where a difference has no explanation.
 */
import { join } from "node:path";
import { explanationOf } from "./explained.mjs";
import { alertsOf, countRule, countRules, folderOf, isFailure, linesOf, openReading, printTable, rulesOf } from "./reading.mjs";

const folder = folderOf("fail2ban.mjs FAIL2BAN_CHECKOUT [--all]");
const files = ["sshd", "sshd-journal", "nginx-http-auth", "nginx-forbidden", "pam-generic"];
/** What bans where nothing else is configured. */
const jail = rulesOf(countRules(countRule("jail", 5, "10m")));

const rows = [
  [
    "file",
    "mode",
    "lines",
    "failures by label",
    "read the same",
    "not read",
    "read beside",
    "banned by 5 in 10 min",
    "ours the same",
    "ours beside",
  ],
];
const differences = [];
for (const file of files) {
  const judged = judgedLines(file);
  for (const [mode, lines] of groups(judged, ({ mode }) => mode)) count(file, mode, lines);
}
printTable(rows);
console.log(`\n${differences.length} differences`);
for (const [reason, list] of [...groups(differences, (one) => explanationOf(one) ?? "NOT EXPLAINED")].sort(
  (a, b) => b[1].length - a[1].length,
)) {
  console.log(`\n${list.length} × ${reason}`);
  if (reason === "NOT EXPLAINED") process.exitCode = 1;
  if (reason !== "NOT EXPLAINED" && !process.argv.includes("--all")) continue;
  for (const { file, number, verdict, label, given, line } of list)
    console.log(`    ${file}:${number} ${verdict}, ${label.host ?? "-"} by label, ${given ?? "-"} by us: ${line.slice(0, 200)}`);
}

function count(file, mode, lines) {
  const of = (verdict) => lines.filter((one) => one.verdict === verdict).length;
  differences.push(...lines.filter(({ verdict }) => verdict === "not read" || verdict === "read beside"));
  const theirs = banned(lines);
  const ours = new Set(
    alertsOf(
      lines.filter((one) => isFailure(one) && one.label.time !== undefined).sort((a, b) => a.time - b.time),
      jail,
    ).flatMap(({ addresses }) => addresses),
  );
  const both = [...theirs].filter((host) => ours.has(host)).length;
  const failures = of("same") + of("not read");
  rows.push([file, mode, lines.length, failures, of("same"), of("not read"), of("read beside"), theirs.size, both, ours.size - both]);
}

/** Labelled lines, each read and held against its label: `same`, `not read`, `read beside`, or `none` where both see nothing. */
function judgedLines(file) {
  const read = openReading();
  return labelled(linesOf(join(folder, "fail2ban", "tests", "files", "logs", file))).map(({ line, label, mode, number }) => {
    const time = label.time === undefined ? undefined : Date.parse(`${label.time}Z`);
    const reading = read(line, number, time === undefined ? Date.now() : time + 3_600_000);
    const given = isFailure(reading) ? (reading.fields.source?.ip ?? "") : undefined;
    return { ...reading, file, label, mode, given, verdict: verdictOf(label, given) };
  });
}

function verdictOf({ match, host }, given) {
  if (match) return given !== undefined && (host === undefined || sameHost(given, host)) ? "same" : "not read";
  return given === undefined ? "none" : "read beside";
}

/** As text, but for zeros that only pad. */
function sameHost(given, host) {
  const plain = (text) => text.toLowerCase().replaceAll(/(?<=^|[.])0+(?=\d)/g, "");
  return plain(given) === plain(host);
}

/** Hosts with five labelled attempts within ten minutes, in any order of the lines. */
function banned(lines) {
  const times = groups(
    lines.filter(({ label }) => label.match && label.time !== undefined),
    ({ label }) => label.host,
  );
  const hosts = new Set();
  for (const [host, list] of times) {
    const attempts = list
      .flatMap(({ label }) => Array.from({ length: label.attempts ?? 1 }, () => Date.parse(`${label.time}Z`)))
      .sort((a, b) => a - b);
    if (attempts.some((time, index) => index >= 4 && time - attempts[index - 4] < 600_000)) hosts.add(host);
  }
  return hosts;
}

/** Each line with the label before it, and the mode of the filter that the block is for. */
function labelled(lines) {
  const found = [];
  let label;
  let mode = "normal";
  for (const [index, line] of lines.entries()) {
    const options = /^#\s*filterOptions:\s*(.*)$/.exec(line)?.[1];
    if (options !== undefined) mode = modeOf(JSON.parse(options));
    const json = /^#\s*failJSON:\s*(\{.*\})\s*$/.exec(line)?.[1];
    if (json !== undefined) label = JSON.parse(json);
    else if (line !== "" && !line.startsWith("#") && label !== undefined) {
      // A line that means something else in the strictest mode stands there twice.
      if (!/== 'aggressive'/.test(label.constraint ?? "") || mode === "aggressive") found.push({ line, label, mode, number: index + 1 });
      label = undefined;
    }
  }
  return found;
}

function modeOf(options) {
  return [options].flat()[0]?.mode ?? "normal";
}

function groups(list, keyOf) {
  const found = new Map();
  for (const one of list) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
}
