import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compareAlerts, readAlerts, verdictOf } from "./alerts.mjs";
import { checkpointed, runToEnd, startDetector, until } from "./detector.mjs";

/**
 * Kills the detector with SIGKILL at random moments of a replay and starts it again, until it is through; then the whole
 * again with a fresh state, until there were enough kills. Once on finished input, once following.
 */
export async function* proveKills({ log, events, kills, folder, random }) {
  yield proveMode({ log, events, kills: Math.ceil(kills / 2), folder, random, follow: false });
  yield proveMode({ log, events, kills: Math.floor(kills / 2), folder, random, follow: true });
}

/** A life ends within this share of the whole, so that a replay takes dozens of lives. */
const share = 1 / 30;

async function proveMode({ log, events, kills, folder, random, follow }) {
  const name = follow ? "kill -9, following" : "kill -9, finished input";
  const run = (place) => {
    const at = join(folder, place);
    rmSync(at, { recursive: true, force: true });
    mkdirSync(at);
    const alerts = join(at, "alerts.json");
    const state = join(at, "state");
    const args = [log, ...(follow ? ["--follow"] : []), "--state", state, "--checkpoint-every", "100ms", "--to", `json=${alerts}`];
    return { alerts, state, args };
  };

  const calm = run("undisturbed");
  const started = performance.now();
  // From the start of the process to the first checkpoint: the others die before or after that.
  let startup;
  const looking = setInterval(() => (startup ??= checkpointed(calm.state) > 0 ? performance.now() - started : undefined), 20);
  await throughTo(calm, events, follow);
  clearInterval(looking);
  const whole = performance.now() - started;
  startup ??= whole;
  const expected = readAlerts(calm.alerts);

  let left = kills;
  const facts = { passes: 0, lives: 0, resumed: 0, holds: true, texts: new Set() };
  while (left > 0) {
    const disturbed = run("disturbed");
    facts.passes += 1;
    while (left > 0) {
      const before = checkpointed(disturbed.state);
      if (before > 0) facts.resumed += 1;
      const detector = startDetector(disturbed.args);
      // One in five dies while it starts; the others get through a part of the log.
      const life = random() < 0.2 ? random() * startup : startup * (0.8 + random() / 2) + random() * whole * share;
      const ended = await Promise.race([detector.ended.then(() => true), sleep(life).then(() => false)]);
      if (ended) break;
      detector.kill();
      await detector.ended;
      left -= 1;
      facts.lives += 1;
      if (follow && checkpointed(disturbed.state) === events) break;
    }
    await throughTo(disturbed, events, follow);
    const verdict = verdictOf(compareAlerts(expected, readAlerts(disturbed.alerts)));
    facts.holds &&= verdict.holds;
    facts.texts.add(verdict.text);
  }
  const text = `${facts.lives} kills in ${facts.passes} replays (${facts.resumed} starts from a checkpoint), undisturbed in ${(whole / 1000).toFixed(1)} s\n    ${[...facts.texts].join("\n    ")}`;
  return { name, holds: facts.holds && expected.twice.length === 0, text };
}

async function throughTo({ args, state }, events, follow) {
  if (!follow) return runToEnd(args);
  const detector = startDetector(args);
  await until(() => checkpointed(state) === events, `event ${events}`, detector);
  detector.stop();
  await detector.ended;
}
