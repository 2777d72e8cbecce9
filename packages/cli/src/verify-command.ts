import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formats, newKeyPair, SetupError, verifyFiles } from "@telltale/log";
import type { VerifyOptions } from "@telltale/log";
import { didYouMean, TelltaleError } from "@telltale/scan";
import { causeText } from "./cause.ts";
import { writeOut } from "./output.ts";
import { drawnLine, wantsColour, wantsProgress } from "./terminal.ts";
import { verifyJson, verifyText } from "./verify-report.ts";

/** Options as commander gives them. */
export interface VerifyFlags {
  readonly format?: string;
  readonly publicKey?: readonly string[];
  readonly last?: string;
  readonly fromStart?: boolean;
  readonly allowUnsealed?: boolean;
  readonly checkpointEvery?: string;
  readonly newKey?: string;
  readonly color?: boolean;
  readonly progress?: boolean;
}

/** Checks the hash chains of log files. Gives 0 where they are intact, 1 where they are not, 2 where a file cannot be read. */
export async function verifyCommand(paths: readonly string[], flags: VerifyFlags): Promise<number> {
  if (flags.newKey !== undefined) return newKey(flags.newKey);
  if (paths.length === 0) throw usage("name the files to verify, such as logs/security.log*");
  const format = formatOf(flags.format ?? "text");
  const shown = wantsProgress(flags.progress !== false, process.env, process.stderr.isTTY === true);
  const line = drawnLine((text) => process.stderr.write(text), Date.now);
  const onProgress = shown ? (bytes: number) => line.show(`Verifying, ${Math.round(bytes / 1e6)} MB read`) : undefined;
  const report = await verify(paths, { ...optionsOf(flags), onProgress });
  line.end();
  const colour = wantsColour(flags.color, process.env, process.stdout.isTTY === true);
  await writeOut(format === "json" ? verifyJson(report) : verifyText(report, colour));
  if (report.unreadable.length > 0) return 2;
  return report.intact ? 0 : 1;
}

async function verify(paths: readonly string[], options: VerifyOptions) {
  try {
    return await verifyFiles(paths, options);
  } catch (error) {
    if (error instanceof SetupError) throw usage(`--public-key ${error.message.replace(/^.*?publicKey /, "")}`);
    throw error;
  }
}

function optionsOf(flags: VerifyFlags): VerifyOptions {
  return {
    formats: Object.values(formats),
    publicKeys: (flags.publicKey ?? []).map(readKey),
    checkpointEvery: flags.checkpointEvery === undefined ? undefined : linesOf(flags.checkpointEvery),
    last: flags.last === undefined ? undefined : lastOf(flags.last),
    fromStart: flags.fromStart,
    allowUnsealed: flags.allowUnsealed,
  };
}

const outputs = ["text", "json"];

function formatOf(format: string): string {
  if (!outputs.includes(format)) throw usage(`unknown format "${format}"${didYouMean(format, outputs)}; formats are text and json`);
  return format;
}

function readKey(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw usage(`cannot read the key "${file}": ${causeText(error)}`);
  }
}

function linesOf(text: string): number {
  const lines = Number(text);
  if (!Number.isSafeInteger(lines) || lines < 1) throw usage(`--checkpoint-every takes a number of lines from 1, not "${text}"`);
  return lines;
}

/** `1234:9f86d0…`, as an earlier run printed it. */
function lastOf(text: string): { readonly seq: number; readonly hash: string } {
  const parts = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(text);
  if (!parts) throw usage(`--last takes NUMBER:HASH as an earlier run printed it, not "${text}"`);
  return { seq: Number(parts[1]), hash: parts[2]! };
}

/** Writes a pair of keys to a folder. What is there is not overwritten: a key that is lost makes its signatures worthless. */
async function newKey(folder: string): Promise<number> {
  const pair = newKeyPair();
  const privateFile = join(folder, "telltale-signing.key");
  const publicFile = join(folder, "telltale-signing.pub");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(privateFile, pair.privateKey, { flag: "wx", mode: 0o600 });
    writeFileSync(publicFile, pair.publicKey, { flag: "wx" });
  } catch (error) {
    throw new TelltaleError("TT1401", { path: folder, cause: causeText(error) });
  }
  await writeOut(
    `Key ${pair.id}\n  ${privateFile}  for the application: chain.signWith\n  ${publicFile}  for telltale verify --public-key\n`,
  );
  return 0;
}

function usage(cause: string): TelltaleError {
  return new TelltaleError("TT1105", { cause });
}
