/**
 * The scenario tests of CrowdSec's hub about logins by way of sshd and web servers: which of the addresses that a test asserts
 * are found by us. Run after `npm run build`:
 *
 *     node packages/detect/scripts/foreign/crowdsec.mjs HUB_CHECKOUT
 *
 * Twice: with CrowdSec's own threshold, written as plain Sigma over the events that we read (what differs is then the reading),
 * and with the rule pack (what differs then is where the alarm should begin).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { alertsOf, countRule, countRules, folderOf, isFailure, linesOf, printTable, readAll, rulesOf } from "./reading.mjs";

const folder = folderOf("crowdsec.mjs HUB_CHECKOUT");
const tests = join(folder, ".tests");

/**
 * A leaky bucket of capacity C that loses one drop in L seconds overflows when some interval of length T held more than C + T / L
 * events: as sliding counts, C + k events within k × L seconds, for each k.
 */
function leaky(capacity, leak, most = 12) {
  const name = (k) => `leaky_${capacity}_${leak}_${k}`;
  return Array.from({ length: most }, (_, index) => countRule(name(index + 1), capacity + index + 1, `${leak * (index + 1)}s`)).join("");
}
const thresholds = rulesOf(countRules(leaky(5, 10), leaky(10, 60)));
const pack = rulesOf();

/** Parsers of the hub whose logs we read, too. */
const parsers = /sshd|nginx-logs|apache2-logs/;
/** Scenarios about people or programs that try to get in. */
const about = /ssh|-bf\b|bf-|bruteforce|impossible-travel/;

const rows = [["test", "scenarios", "addresses", "events of ours", "their threshold", "our pack", "rules"]];
const sums = { addresses: 0, threshold: 0, pack: 0 };
for (const name of readdirSync(tests).sort()) {
  const test = testOf(name);
  if (test === undefined) continue;
  const readings = readAll(test.lines);
  const byThreshold = alertsOf(readings, thresholds);
  const byPack = alertsOf(readings, pack);
  // A source is an address, or a user where the scenario groups by users.
  const isIn = (alerts, source) => alerts.some((one) => one.addresses.includes(source) || Object.values(one.group).includes(source));
  const found = (alerts) => test.addresses.filter((address) => isIn(alerts, address)).length;
  sums.addresses += test.addresses.length;
  sums.threshold += found(byThreshold);
  sums.pack += found(byPack);
  const rules = [
    ...new Set(byPack.filter((one) => one.addresses.some((address) => test.addresses.includes(address))).map((one) => one.rule)),
  ];
  const added = new Set(byPack.flatMap((one) => one.addresses).filter((address) => !test.addresses.includes(address)));
  rows.push([
    name,
    test.scenarios.map((one) => one.replace("crowdsecurity/", "")).join(" "),
    test.addresses.length,
    `${readings.filter(isFailure).length} of ${test.lines.length} lines`,
    `${found(byThreshold)} of ${test.addresses.length}`,
    `${found(byPack)} of ${test.addresses.length}${added.size > 0 ? `, and ${[...added].join(" ")}` : ""}`,
    rules.join(" "),
  ]);
}
printTable(rows);
console.log(`\n${rows.length - 1} tests, ${sums.addresses} addresses: ${sums.threshold} by their threshold, ${sums.pack} by our pack`);

/** Log and assertion of a test that is about logins; undefined for all others. */
function testOf(name) {
  const config = join(tests, name, "config.yaml");
  const assertion = join(tests, name, "scenario.assert");
  if (!existsSync(config) || !existsSync(assertion)) return undefined;
  const { parsers: used = [], log_file: log } = parse(readFileSync(config, "utf8"));
  const text = readFileSync(assertion, "utf8");
  const scenarios = [...new Set([...text.matchAll(/GetScenario\(\) == "([^"]+)"/g)].map(([, one]) => one))];
  const addresses = [...new Set([...text.matchAll(/^"([^"]+)" in results\[\d+\]\.Overflow\.GetSources\(\)/gm)].map(([, one]) => one))];
  if (scenarios.length === 0 || addresses.length === 0) return undefined;
  if (!used.some((one) => parsers.test(one)) || !scenarios.some((one) => about.test(one))) return undefined;
  return { scenarios, addresses, lines: linesOf(join(tests, name, log)) };
}
