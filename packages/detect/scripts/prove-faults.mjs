/**
 * The proof that no alert is lost and none comes twice, whatever happens around the detector: kill -9 at random moments,
 * rotation and truncation of the log, a full disk, a webhook that is down. Run after `npm run build`; the disk needs root.
 *
 *     node packages/detect/scripts/prove-faults.mjs [--events 1000000] [--kills 200] [--down 600] [--only kill,rotate,disk,webhook] [--seed 1]
 *
 * `--down` is in seconds. Quick: `--events 100000 --kills 20 --down 20`. Exit status 1 where something does not hold.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lastWord, linesOf, writeLines } from "./faults/corpus.mjs";
import { proveFullDisk } from "./faults/disk.mjs";
import { proveKills } from "./faults/kill.mjs";
import { proveRotation } from "./faults/rotate.mjs";
import { proveWebhook } from "./faults/webhook.mjs";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    kills: { type: "string", default: "200" },
    down: { type: "string", default: "600" },
    only: { type: "string", default: "kill,rotate,disk,webhook" },
    seed: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
  },
});
const numbers = Object.fromEntries(["events", "kills", "down", "seed"].map((name) => [name, wholeOf(name)]));
/** Events of the parts that wait for a disk or a server, not for the engine. */
const fewer = Math.min(numbers.events, 100_000);
const parts = {
  async *kill(folder) {
    const log = join(folder, "security.log");
    const events = await writeLines(withLastWord(numbers.events), log);
    yield* proveKills({ log, events, kills: numbers.kills, folder, random });
  },
  rotate: (folder) => proveRotation({ lines: [...withLastWord(fewer)], folder, random, kills: numbers.kills > 0 }),
  disk: (folder) => proveFullDisk({ lines: [...withLastWord(fewer)], folder }),
  webhook: (folder) => proveWebhook({ lines: [...withLastWord(fewer)], folder, down: numbers.down * 1000 }),
};
const random = mulberry(numbers.seed);
const work = mkdtempSync(join(tmpdir(), "telltale-faults-"));
try {
  await main();
} finally {
  if (values.keep) console.log(`kept ${work}`);
  else rmSync(work, { recursive: true, force: true });
}

async function main() {
  const wanted = values.only.split(",");
  const unknown = wanted.find((one) => !Object.hasOwn(parts, one));
  if (unknown !== undefined) throw new Error(`--only: ${unknown} is none of ${Object.keys(parts).join(", ")}`);
  console.log(`${numbers.events} events, seed ${numbers.seed}`);
  const results = [];
  for (const one of wanted) {
    const folder = mkdtempSync(join(work, `${one}-`));
    const started = performance.now();
    for await (const result of parts[one](folder)) {
      const word = result.holds === undefined ? "skipped" : result.holds ? "holds" : "FAILS";
      console.log(`${word.padEnd(8)} ${result.name}: ${result.text}`);
      results.push(result);
    }
    console.log(`         ${one}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
    if (values.keep) writeFileSync(join(folder, "results.json"), JSON.stringify(results, null, 1));
    else rmSync(folder, { recursive: true, force: true });
  }
  const failed = results.filter(({ holds }) => holds === false);
  console.log(failed.length === 0 ? "no alert lost, none twice" : `${failed.length} of ${results.length} FAIL`);
  if (failed.length > 0) process.exitCode = 1;
}

function* withLastWord(count) {
  yield* linesOf(count - 1, numbers.seed);
  yield lastWord(numbers.seed);
}

function wholeOf(name) {
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} takes a whole number, not "${values[name]}"`);
  return number;
}

/** Random numbers from 0 to 1 that are the same for the same seed. */
function mulberry(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
