import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { DetectError, lineOf, presets, readScenario, simulate, truthOf } from "@telltale/detect";
import type { SimulationOptions } from "@telltale/detect";
import { didYouMean, TelltaleError } from "@telltale/scan";
import { causeText } from "../cause.ts";
import { drawnLine, wantsProgress } from "../terminal.ts";
import { attackCommand } from "./attack.ts";
import type { AttackFlags } from "./attack.ts";
import { usage } from "./values.ts";

export interface SimulateFlags extends AttackFlags {
  readonly preset: string;
  readonly scenario?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly truth?: string;
  readonly progress?: boolean;
}

/** Text that is collected before it is written, characters. */
const chunk = 64 * 1024;

/** Writes the events of a scenario as lines of JSON, and beside them what is true of them. */
export async function simulateCommand(flags: SimulateFlags): Promise<number> {
  if (flags.against !== undefined) return attackCommand(flags.against, flags);
  const scenario = flags.scenario === undefined ? presetOf(flags.preset) : scenarioOf(flags.scenario);
  const options = flags.seed === undefined ? scenario : { ...scenario, seed: seedOf(flags.seed) };
  if (flags.truth !== undefined) writeTruth(flags.truth, options);
  const shown = wantsProgress(flags.progress !== false, process.env, process.stderr.isTTY === true);
  const line = drawnLine((text) => process.stderr.write(text), Date.now);
  const events = await writeEvents(options, flags.out, shown ? (count) => line.show(`${count} events`) : () => undefined);
  line.end();
  if (flags.out !== undefined) process.stderr.write(`${events} events in ${flags.out}\n`);
  return 0;
}

async function writeEvents(options: SimulationOptions, file: string | undefined, progress: (count: number) => void): Promise<number> {
  const to = file === undefined ? process.stdout : createWriteStream(file);
  let failure: Error | undefined;
  let goOn = () => undefined as void;
  to.on("error", (error: Error) => {
    failure = error;
    goOn();
  });
  to.on("drain", () => goOn());
  let text = "";
  let count = 0;
  for (const event of simulate(options)) {
    text += `${lineOf(event)}\n`;
    count += 1;
    if (text.length < chunk) continue;
    progress(count);
    if (!to.write(text)) await new Promise<void>((resolve) => (goOn = resolve));
    text = "";
    if (failure !== undefined) break;
  }
  if (failure === undefined) await new Promise<void>((done) => to.write(text, () => done()));
  if (file !== undefined) await new Promise<void>((done) => (to as ReturnType<typeof createWriteStream>).close(() => done()));
  // That the reader has gone (`| head`) is no error.
  if (failure !== undefined && !("code" in failure && failure.code === "EPIPE"))
    throw new TelltaleError("TT1401", { path: file ?? "standard output", cause: causeText(failure) });
  return count;
}

function presetOf(name: string): SimulationOptions {
  if (Object.hasOwn(presets, name)) return presets[name as keyof typeof presets];
  const names = Object.keys(presets);
  throw usage(`unknown preset "${name}"${didYouMean(name, names)}; presets are ${names.join(", ")}; --scenario names a file`);
}

function scenarioOf(file: string): SimulationOptions {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new DetectError("SIMULATION", { place: file, problem: `cannot be read: ${causeText(error)}` });
  }
  return readScenario({ file, text });
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0) throw usage(`--seed takes a whole number, not "${text}"`);
  return seed;
}

function writeTruth(file: string, options: SimulationOptions): void {
  try {
    writeFileSync(file, `${JSON.stringify(truthOf(options), null, 1)}\n`);
  } catch (error) {
    throw new TelltaleError("TT1401", { path: file, cause: causeText(error) });
  }
}
