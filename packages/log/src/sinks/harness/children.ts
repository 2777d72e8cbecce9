import { spawn } from "node:child_process";
import type { ChildProcess, StdioOptions } from "node:child_process";
import { fileURLToPath } from "node:url";

const loader = new URL("load-sources.mjs", import.meta.url).href;

/** Command line of a real process that runs a file of this folder from its source. */
export function commandOf(script: string, ...args: readonly string[]): readonly string[] {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return [process.execPath, "--conditions=telltale-source", "--import", loader, file, ...args];
}

export function start(script: string, args: readonly string[], stdio: StdioOptions = ["ignore", "pipe", "pipe"]): ChildProcess {
  const [program, ...rest] = commandOf(script, ...args);
  return spawn(program!, rest, { stdio });
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Waits for its end and gives all that it wrote. */
export function ended(child: ChildProcess): Promise<Ended> {
  const read = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => (read.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (read.err += chunk.toString()));
  return new Promise((done) => child.on("close", (code, signal) => done({ code, signal, ...read })));
}
