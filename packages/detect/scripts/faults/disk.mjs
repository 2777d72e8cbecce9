import { spawnSync } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compareAlerts, readAlerts, verdictOf } from "./alerts.mjs";
import { checkpointed, startDetector, until } from "./detector.mjs";

const name = "full disk under the state";
const trouble = /cannot write the checkpoint|alerts go out and are kept in memory/;
const mended = /can be written again|alerts are stored again/;

/** The state stands on a small file system of its own, which is filled while the detector runs, and emptied again; then a kill -9. */
export async function* proveFullDisk({ lines, folder }) {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "telltale-faults", disk]);
  if (mounted.status !== 0) {
    yield { name, holds: undefined, text: "skipped: mounting a tmpfs needs root" };
    return;
  }
  try {
    yield await prove(disk, lines, folder);
  } finally {
    spawnSync("umount", [disk]);
  }
}

async function prove(disk, lines, folder) {
  const third = Math.floor(lines.length / 3);
  const [log, alerts, calmLog, calmAlerts, calmState] = ["disk.log", "disk.json", "disk-calm.log", "disk-calm.json", "disk-calm"].map(
    (file) => join(folder, file),
  );
  writeFileSync(calmLog, `${lines.join("\n")}\n`);
  const calm = startDetector([calmLog, "--follow", "--state", calmState, "--checkpoint-every", "100ms", "--to", `json=${calmAlerts}`]);
  await until(() => checkpointed(calmState) === lines.length, `event ${lines.length}`, calm);
  calm.stop();
  await calm.ended;

  const state = join(disk, "state");
  const args = [log, "--follow", "--state", state, "--checkpoint-every", "100ms", "--to", `json=${alerts}`];
  writeFileSync(log, `${lines.slice(0, third).join("\n")}\n`);
  let detector = startDetector(args);
  await until(() => checkpointed(state) === third, `event ${third}`, detector);
  fill(disk);
  const before = readAlerts(alerts).alerts.size;
  appendFileSync(log, `${lines.slice(third, 2 * third).join("\n")}\n`);
  await until(() => trouble.test(detector.said), "a word about the disk", detector, 60_000);
  await sleep(4000);
  const meanwhile = readAlerts(alerts).alerts.size - before;
  const stuck = checkpointed(state);
  // Nothing of what the disk did not take may be believed to be there.
  detector.kill();
  await detector.ended;
  let said = detector.said;
  detector = startDetector(args);
  await until(() => trouble.test(detector.said), "a word about the disk", detector, 60_000);
  rmSync(join(disk, "filler"));
  appendFileSync(log, `${lines.slice(2 * third).join("\n")}\n`);
  await until(() => checkpointed(state) === lines.length, `event ${lines.length}`, detector, 120_000);
  detector.stop();
  await detector.ended;
  said += detector.said;
  const verdict = verdictOf(compareAlerts(readAlerts(calmAlerts), readAlerts(alerts)));
  const isSaid = trouble.test(said);
  const isMended = mended.test(said);
  const facts = `${third} events on a full disk: ${meanwhile} alerts went out meanwhile, checkpoint at event ${stuck}, a kill -9, then room again; ${isSaid ? "said" : "NOT said"}, ${isMended ? "its end said" : "its end NOT said"}`;
  return { name, holds: verdict.holds && isSaid && isMended, text: `${facts}\n    ${verdict.text}` };
}

function fill(disk) {
  const file = openSync(join(disk, "filler"), "w");
  try {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if (error.code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(file);
  }
  if (statfsSync(disk).bavail > 0) throw new Error(`${disk} is not full`);
}
