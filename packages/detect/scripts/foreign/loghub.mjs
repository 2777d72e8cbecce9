/**
 * Which addresses of Loghub's OpenSSH log are attackers, by a count that shares nothing with our reading, and which of them
 * the rule pack names. Run after `npm run build`:
 *
 *     node packages/detect/scripts/foreign/loghub.mjs LOGHUB_CHECKOUT
 */
import { join } from "node:path";
import { alertsOf, folderOf, linesOf, printTable, readAll, rulesOf } from "./reading.mjs";

const folder = folderOf("loghub.mjs LOGHUB_CHECKOUT");
const lines = linesOf(join(folder, "OpenSSH", "OpenSSH_2k.log"));
/** What makes an attacker: failures or users of one address. */
const many = { failures: 20, users: 5 };

const counted = countOf(lines);
const readings = readAll(lines);
const alerts = alertsOf(readings, rulesOf());
const ours = new Map();
for (const { kind, fields } of readings) {
  if (kind !== "event" || fields.event !== "authn_login_fail") continue;
  const ip = fields.source?.ip;
  ours.set(ip, (ours.get(ip) ?? 0) + 1);
}

const rows = [
  ["address", "failures", "users", "read by us", "attacker", "alerts about the address", "alerts about an account that it tried"],
];
let agree = true;
for (const [address, { failures, users }] of [...counted].sort((a, b) => b[1].failures - a[1].failures)) {
  const isMany = [failures >= many.failures ? "by failures" : "", users.size >= many.users ? "by users" : ""].filter(Boolean).join(", ");
  const about = alerts.filter((one) => one.addresses.includes(address));
  const own = titles(about.filter(({ group }) => group["source.ip"] === address));
  const accounts = new Set(about.filter(({ group }) => typeof group["actor.id"] === "string").map(({ group }) => group["actor.id"]));
  if ((isMany !== "") !== (own !== "")) agree = false;
  rows.push([address, failures, users.size, ours.get(address) ?? 0, isMany, own, [...accounts].join(" ")]);
}
printTable(rows);
const others = readings.filter(({ kind }) => kind === "unreadable").length;
console.log(`\n${lines.length} lines, ${readings.filter(({ kind }) => kind === "event").length} events, ${others} unreadable`);
console.log(agree ? "the same attackers" : "attackers differ: see docs/detection.md");

/** Failures and users by address, as `grep` and `awk` would count them: lines that say Failed password, as often as they were repeated. */
function countOf(lines) {
  const found = new Map();
  for (const line of lines) {
    const [, times, user, address] =
      /(?:message repeated (\d+) times: \[ )?Failed \S+ for (?:invalid user )?(.*) from (\S+) port/.exec(line) ?? [];
    if (address === undefined) continue;
    const one = found.get(address) ?? { failures: 0, users: new Set() };
    one.failures += Number(times ?? 1);
    one.users.add(user);
    found.set(address, one);
  }
  return found;
}

function titles(alerts) {
  return [...new Set(alerts.map(({ rule }) => rule))].join("; ");
}
