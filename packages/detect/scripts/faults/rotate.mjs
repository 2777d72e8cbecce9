import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { compareAlerts, readAlerts, verdictOf } from "./alerts.mjs";
import { checkpointed, startDetector, until } from "./detector.mjs";

/** Past files that are kept; more than are ever unread. */
const kept = 60;

/** Pieces in which the log is written. */
const pieces = 100;

/** Milliseconds between two rotations at least: a hundred thousand times as often as in life. */
const apart = 500;

/** As logrotate does it with `compress` and `delaycompress`: .2 and older are packed, the newest past file is plain. */
function shift(log) {
  for (let number = kept; number >= 1; number -= 1) {
    for (const ending of ["", ".gz"]) {
      const from = `${log}.${number}${ending}`;
      if (existsSync(from)) renameSync(from, `${log}.${number + 1}${ending}`);
    }
  }
}

function pack(path) {
  if (!existsSync(path)) return;
  writeFileSync(`${path}.gz.part`, gzipSync(readFileSync(path)));
  renameSync(`${path}.gz.part`, `${path}.gz`);
  rmSync(path);
}

const ways = {
  rename(log) {
    shift(log);
    renameSync(log, `${log}.1`);
    writeFileSync(log, "");
    pack(`${log}.2`);
  },
  copytruncate(log) {
    shift(log);
    copyFileSync(log, `${log}.1`);
    truncateSync(log);
    pack(`${log}.2`);
  },
};

/** Writes the events as a service would, and rotates the log under the detector, which is also killed now and then. */
export async function* proveRotation({ lines, folder, random, kills }) {
  const plain = join(folder, "plain.log");
  writeFileSync(plain, `${lines.join("\n")}\n`);
  const calm = { alerts: join(folder, "calm.json"), state: join(folder, "calm-state") };
  const reading = startDetector([plain, "--follow", "--state", calm.state, "--checkpoint-every", "100ms", "--to", `json=${calm.alerts}`]);
  await until(() => checkpointed(calm.state) === lines.length, `event ${lines.length}`, reading);
  reading.stop();
  await reading.ended;
  const expected = readAlerts(calm.alerts);
  for (const way of Object.keys(ways)) {
    for (const isKilled of kills ? [false, true] : [false]) yield proveWay({ way, isKilled, lines, folder, random, expected });
  }
}

async function proveWay({ way, isKilled, lines, folder, random, expected }) {
  const at = join(folder, `${way}${isKilled ? "-killed" : ""}`);
  mkdirSync(at);
  const [log, state, alerts] = ["security.log", "state", "alerts.json"].map((name) => join(at, name));
  const args = [log, "--follow", "--state", state, "--checkpoint-every", "100ms", "--to", `json=${alerts}`];
  const facts = { rotations: 0, deaths: 0, said: "" };
  // A detector that has never read the log owes nothing of its past.
  const first = Math.ceil(lines.length / pieces);
  writeFileSync(log, `${lines.slice(0, first).join("\n")}\n`);
  let detector = startDetector(args);
  await until(() => checkpointed(state) === first, "the first events", detector);
  let rotated = performance.now();
  for (let next = first; next < lines.length;) {
    const size = Math.ceil((lines.length / pieces) * (0.5 + random()));
    const text = `${lines.slice(next, next + size).join("\n")}\n`;
    next += size;
    // A writer's lines come in pieces that end anywhere.
    const cut = Math.floor(random() * text.length);
    appendFileSync(log, text.slice(0, cut));
    if (random() < 0.5) await sleep(random() * 100);
    appendFileSync(log, text.slice(cut));
    await sleep(random() * 250);
    if (isKilled && random() < 0.1) {
      detector.kill();
      await detector.ended;
      facts.said += detector.said;
      facts.deaths += 1;
      if (random() < 0.5) rotate();
      detector = startDetector(args);
    }
    if (random() < 0.4 && performance.now() - rotated > apart) rotate();
  }
  const read = await settled(state, lines.length);
  detector.stop();
  await detector.ended;
  facts.said += detector.said;
  const verdict = verdictOf(compareAlerts(expected, readAlerts(alerts)));
  const remarks = [
    `${facts.rotations} rotations${isKilled ? `, ${facts.deaths} kills` : ""}; ${read} of ${lines.length} events read`,
    verdict.text,
    ...unusual(facts.said),
  ];
  return { name: `${way}${isKilled ? " and kill -9" : ""}`, holds: verdict.holds && read === lines.length, text: remarks.join("\n    ") };

  function rotate() {
    ways[way](log);
    facts.rotations += 1;
    rotated = performance.now();
  }
}

/** Waits until all events are covered by a checkpoint, or nothing has moved for a while. Gives how many are. */
async function settled(state, events) {
  let [read, since] = [checkpointed(state), performance.now()];
  while (read < events && performance.now() - since < 15_000) {
    await sleep(100);
    const now = checkpointed(state);
    if (now !== read) [read, since] = [now, performance.now()];
  }
  // One that was read twice shows up late.
  await sleep(1000);
  return checkpointed(state);
}

/** What the detector said beside what rotations make it say. */
function unusual(said) {
  const usual = / rules; state and alerts|rotated|emptied|going on|no alerts|alerts? \(|is gone|there now/;
  return said
    .split("\n")
    .filter((line) => line !== "" && !usual.test(line))
    .slice(0, 4);
}
