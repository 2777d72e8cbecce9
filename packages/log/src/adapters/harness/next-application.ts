import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const SOURCES = join(import.meta.dirname, "../..");
const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");
/** Below the package, so that what the application imports is found; ignored by git. */
const PLACE = join(SOURCES, "../.telltale", `next-app-${process.pid}`);
const OUTPUT_KEPT = 5_000;

export interface NextApplication {
  readonly port: number;
  /** ID of an exported server action. */
  readonly action: (name: string) => string;
  readonly close: () => Promise<void>;
}

/** Builds a copy of the fixture for production, and starts it as its own process. */
export async function nextApplication(): Promise<NextApplication> {
  const { child, port } = await built().catch((error: unknown) => {
    removeSources();
    throw error;
  });
  return {
    port,
    action: actionId,
    close: async () => {
      child.kill();
      await ended(child).catch(() => undefined);
      removeSources();
    },
  };
}

async function built() {
  copySources();
  await run(["build"], (child) => ended(child));
  return run(["start", "-p", "0", "-H", "127.0.0.1"], listening);
}

function removeSources(): void {
  rmSync(PLACE, { recursive: true, force: true });
}

function copySources(): void {
  removeSources();
  mkdirSync(PLACE, { recursive: true });
  cpSync(join(SOURCES, "adapters/fixtures/next-app"), PLACE, { recursive: true });
  cpSync(SOURCES, join(PLACE, "telltale"), {
    recursive: true,
    filter: (source) => !source.endsWith(".test.ts") && !source.endsWith("fixtures"),
  });
}

/** Starts the command of Next.js; what goes wrong comes with what it printed. */
async function run<T>(args: readonly string[], result: (child: ChildProcess) => Promise<T>): Promise<T> {
  const environment = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [NEXT, ...args], { cwd: PLACE, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  const keep = (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-OUTPUT_KEPT));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  try {
    return await result(child);
  } catch (error) {
    throw new Error(`next ${args.join(" ")}: ${printed}`, { cause: error });
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.exitCode === 0) resolve();
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`))));
  });
}

function listening(child: ChildProcess): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const port = /Local:\s+http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port !== undefined && text.includes("Ready")) resolve({ child, port: Number(port) });
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
}

interface ReferenceManifest {
  readonly node: { readonly [id: string]: { readonly exportedName?: string } };
}

function actionId(name: string): string {
  const manifest = JSON.parse(readFileSync(join(PLACE, ".next/server/server-reference-manifest.json"), "utf8")) as ReferenceManifest;
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name);
  if (!found) throw new Error(`no server action is called ${name}`);
  return found[0];
}
