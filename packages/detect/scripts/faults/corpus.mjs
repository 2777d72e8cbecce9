import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { lineOf, presets, simulate } from "../../dist/index.js";

const DAY = 86_400_000;
/** Events of the standard scenario, and how many of them come whatever the number of users. */
const usual = { users: 1500, days: 14, ofUsers: 385_000, ofServices: 159_000 };

/**
 * The standard scenario, scaled so that it has at least `events` events: more users up to two weeks, fewer days where that is
 * enough. Attacks keep their number per day.
 */
export function scenarioOf(events, seed) {
  const days = Math.min(usual.days, Math.max(1, Math.ceil((events / 40_000) * 1.2)));
  const fixed = (usual.ofServices / usual.days) * days;
  const perUser = (usual.ofUsers / usual.users / usual.days) * days;
  const users = Math.max(200, Math.ceil(((events - fixed) / perUser) * 1.3));
  const { population, attacks } = presets.standard;
  return {
    ...presets.standard,
    seed,
    duration: days * DAY,
    population: { ...population, users },
    attacks: attacks.map((one) => ({ ...one, count: Math.max(1, Math.round(((one.count ?? 1) * days) / usual.days)) })),
  };
}

/** The first `count` events of a scenario, in the order in which a reader gets them, as lines. */
export function* linesOf(count, seed) {
  let left = count;
  for (const event of simulate(scenarioOf(count, seed))) {
    if (left === 0) return;
    left -= 1;
    yield lineOf(event);
  }
  if (left > 0) throw new Error(`the scenario is ${left} events short of ${count}`);
}

/** One event a month later: whatever is open closes, so that the end of a run does not depend on when it is looked at. */
export function lastWord(seed) {
  const { start, duration } = scenarioOf(1, seed);
  const time = new Date(start + duration + 60 * DAY).toISOString();
  const event = {
    level: 30,
    time,
    hostname: "end",
    service: "end",
    writer: "end",
    seq: 1,
    event: "sys_startup",
    category: "sys",
    outcome: "success",
  };
  return JSON.stringify(event);
}

/** Writes lines to a file. Gives their number. */
export async function writeLines(lines, path) {
  const file = createWriteStream(path);
  let text = "";
  let count = 0;
  for (const line of lines) {
    text += `${line}\n`;
    count += 1;
    if (text.length < 1 << 16) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "close");
  return count;
}
