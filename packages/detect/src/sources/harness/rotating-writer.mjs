import { appendFileSync, existsSync, renameSync, unlinkSync } from "node:fs";

/** Writes numbered lines to `argv[2]`, `argv[3]` of them, and rotates as `argv[4]` says every few milliseconds; keeps `argv[5]` past files. */
const [, , path, count, way, keep] = process.argv;
let rotations = 0;

const ways = {
  numbered() {
    if (existsSync(`${path}.${keep}`)) unlinkSync(`${path}.${keep}`);
    for (let number = Number(keep) - 1; number >= 1; number -= 1) {
      if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`);
    }
    renameSync(path, `${path}.1`);
  },
  stamped() {
    renameSync(path, `${path}.${new Date(Date.UTC(2026, 0) + rotations).toISOString().replaceAll(":", "-")}`);
  },
};

for (let number = 1; number <= Number(count);) {
  const burst = Math.min(1 + Math.floor(Math.random() * 60), Number(count) - number + 1);
  let text = "";
  for (const last = number + burst; number < last; number += 1) text += `{"n":${number},"pad":"${"x".repeat(Math.random() * 200)}"}\n`;
  // In two writes, so that lines are seen half-written.
  const cut = Math.floor(text.length * Math.random());
  appendFileSync(path, text.slice(0, cut));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
  appendFileSync(path, text.slice(cut));
  if (Math.random() < 0.4) {
    ways[way]();
    rotations += 1;
  }
}
process.stdout.write(String(rotations));
