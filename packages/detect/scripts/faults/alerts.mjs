import { existsSync, readFileSync } from "node:fs";

/** Alerts of a file of JSON lines by id, phase and count; how often one stands there twice; and lines that are none. */
export function readAlerts(path) {
  const alerts = new Map();
  const twice = [];
  let broken = 0;
  for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
    if (line === "") continue;
    const alert = parsed(line);
    if (alert === undefined) {
      broken += 1;
      continue;
    }
    const key = keyOf(alert);
    if (alerts.has(key)) twice.push(key);
    alerts.set(key, withoutPlaces(alert));
  }
  return { alerts, twice, broken };
}

/** Where an event was read differs where its log was rotated; all else must not. */
function withoutPlaces(alert) {
  return JSON.stringify(alert, (name, value) => (name === "source" || name === "position" ? undefined : value));
}

/** What two runs must have in common. */
function keyOf({ id, phase, count }) {
  return `${id} ${phase} ${count}`;
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Holds what a disturbed run wrote against an undisturbed one. */
export function compareAlerts(expected, found) {
  const lost = [...expected.alerts.keys()].filter((key) => !found.alerts.has(key));
  const added = [...found.alerts.keys()].filter((key) => !expected.alerts.has(key));
  const otherwise = [...expected.alerts]
    .filter(([key, line]) => found.alerts.has(key) && found.alerts.get(key) !== line)
    .map(([key]) => key);
  return { total: expected.alerts.size, lost, added, twice: found.twice, broken: found.broken, otherwise };
}

/** One line for people, and the first differences. */
export function verdictOf({ total, lost, added, twice, broken, otherwise }) {
  const holds = lost.length + added.length + twice.length + broken === 0;
  const facts = `${total} alerts, ${lost.length} lost, ${added.length} that should not be, ${twice.length} twice, ${broken} broken lines; ${otherwise.length} differ in other parts`;
  const examples = [
    ...lost.slice(0, 3).map((key) => `lost ${key}`),
    ...added.slice(0, 3).map((key) => `added ${key}`),
    ...twice.slice(0, 3).map((key) => `twice ${key}`),
    ...otherwise.slice(0, 2).map((key) => `otherwise ${key}`),
  ];
  return { holds, text: [facts, ...examples].join("\n    ") };
}
