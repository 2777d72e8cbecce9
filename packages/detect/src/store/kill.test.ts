import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { json } from "../outputs/json.ts";
import { alertKey } from "./bounded-alert.ts";
import { alertOf } from "./harness/alerts.ts";
import { openStore } from "./store.ts";

/** More of them: `TELLTALE_KILLS=100`. */
const kills = Number(process.env["TELLTALE_KILLS"] ?? 5);

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const loader = new URL("../../../log/src/sinks/harness/load-sources.mjs", import.meta.url).href;
const writer = fileURLToPath(new URL("harness/alert-writer.ts", import.meta.url));

/** Runs the writer, kills it at a random moment after its first word where that is asked for, and gives what it said to be stored. */
function run(args: readonly string[], isKilled: boolean): Promise<readonly number[]> {
  const child = spawn(process.execPath, ["--conditions=telltale-source", "--import", loader, writer, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    if (out === "" && isKilled) setTimeout(() => child.kill("SIGKILL"), Math.random() * 150);
    out += chunk.toString();
  });
  return new Promise((done, failed) =>
    child.on("close", (code, signal) => {
      // What follows the last newline was being said.
      if (signal === "SIGKILL" || (code === 0 && err === "")) done(out.split("\n").slice(0, -1).map(Number));
      else failed(new Error(`the writer ended by itself: ${err}`));
    }),
  );
}

test("kill -9 loses no alert that was stored, delivers each, and none twice", { timeout: 60_000 + kills * 4000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), "telltale-kill-"));
  folders.push(root);
  const [folder, file] = [join(root, "state"), join(root, "alerts.jsonl")];
  let reached = 0;
  for (let at = 0; at < kills; at += 1) {
    // A replay from the last checkpoint, which lies behind.
    const stored = await run([folder, file, String(Math.max(1, reached - 30)), "1000000"], true);
    reached = Math.max(reached, ...stored);
    const reader = openStore(folder, { mode: "read" });
    for (let number = 1; number <= reached; number += 1) expect(reader.has(alertKey(alertOf(number))), `alert ${number}`).toBe(true);
    await reader.close();
  }
  await run([folder, file, String(Math.max(1, reached - 30)), String(reached + 10)], false);

  const delivered = readFileSync(file, "utf8").split("\n").slice(0, -1).map(json.keyOf);
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(new Set(delivered)).toEqual(new Set(Array.from({ length: delivered.length }, (_, at) => alertKey(alertOf(at + 1)))));
  expect(delivered.length).toBeGreaterThanOrEqual(reached + 10);
  const notes: string[] = [];
  const store = openStore(folder, { note: (message) => notes.push(message) });
  expect(store.stats()).toEqual({ alerts: delivered.length, pending: new Map([[`json file ${file}`, 0]]) });
  expect(notes).toEqual([]);
  await store.close();
  expect(readdirSync(folder).sort()).toEqual(["alerts.jsonl"]);
});
