import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const TELLTALE = fileURLToPath(new URL("../../../cli/bin/telltale.js", import.meta.url));

/** `telltale detect` as a process of its own. `ended` resolves with its exit status, or null where it was killed. */
export function startDetector(args, env = {}) {
  const child = spawn(process.execPath, [TELLTALE, "detect", "--no-progress", ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  const detector = {
    said: "",
    kill: () => child.kill("SIGKILL"),
    stop: () => child.kill("SIGTERM"),
    ended: new Promise((done, failed) => child.on("error", failed).on("close", (status) => done(status))),
  };
  child.stderr.on("data", (data) => (detector.said += data));
  return detector;
}

/** Number of the last event that the checkpoint of a state folder covers; 0 where there is none. */
export function checkpointed(state) {
  const path = join(state, "checkpoint");
  if (!existsSync(path)) return 0;
  const bytes = readFileSync(path);
  return JSON.parse(bytes.toString("utf8", 0, bytes.indexOf(10))).seq;
}

/** Waits until something holds; throws, with what the detector said, where it does not within `patience` ms. */
export async function until(holds, what, detector, patience = 600_000) {
  const end = performance.now() + patience;
  let ended = false;
  void detector?.ended.then(() => (ended = true));
  while (!holds()) {
    if (ended) throw new Error(`the detector ended before ${what}:\n${detector.said.slice(-2000)}`);
    if (performance.now() > end) throw new Error(`waited in vain for ${what}:\n${detector?.said.slice(-2000)}`);
    await sleep(50);
  }
}

/** Runs a detector to the end of its input; throws where it fails. */
export async function runToEnd(args, env) {
  const detector = startDetector(args, env);
  const status = await detector.ended;
  if (status !== 0 && status !== 1) throw new Error(`telltale detect ended with ${status}:\n${detector.said.slice(-2000)}`);
  return detector;
}
