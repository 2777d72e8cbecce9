import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { alertKey } from "../store/bounded-alert.ts";
import { alertOf } from "../store/harness/alerts.ts";
import { createFileOutput } from "./file.ts";
import { json } from "./json.ts";
import { renderers } from "./renderers.ts";

const folders: string[] = [];
const mounted: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-output-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of mounted.splice(0)) spawnSync("umount", [folder]);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function keysIn(path: string): readonly (string | undefined)[] {
  return readFileSync(path, "utf8").split("\n").slice(0, -1).map(json.keyOf);
}

const keys = (...numbers: readonly number[]) => numbers.map((number) => alertKey(alertOf(number)));

async function deliver(path: string, ...numbers: readonly number[]): Promise<void> {
  const output = createFileOutput(path, json);
  for (const number of numbers) await output.deliver(alertOf(number));
  await output.close();
}

test.each([...renderers.values()])("$id: nothing is written twice over restarts", async (renderer) => {
  const path = join(newFolder(), "alerts");
  for (const numbers of [[1, 2], [2, 3], [3]]) {
    const output = createFileOutput(path, renderer);
    for (const number of numbers) await output.deliver(alertOf(number));
    await output.deliver(alertOf(3, { phase: "grown", count: 84 }));
    await output.close();
  }
  const found = readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => renderer.keyOf(line) ?? []);
  expect(found).toEqual([...keys(1, 2), alertKey({ ...alertOf(3), phase: "grown", count: 84 }), ...keys(3)]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

describe("a half-written last line", () => {
  test("at any byte is mended, and the alert is written whole", async () => {
    const path = join(newFolder(), "alerts.jsonl");
    await deliver(path, 1, 2);
    const whole = readFileSync(path);
    const first = whole.indexOf("\n") + 1;
    for (let length = first; length < whole.length; length += length < first + 60 || length > whole.length - 5 ? 1 : 41) {
      writeFileSync(path, whole.subarray(0, length));
      await deliver(path, 1, 2);
      expect(readFileSync(path).equals(whole), `cut at ${length}`).toBe(true);
    }
  });

  test("of somebody else is kept, with its end", async () => {
    const path = join(newFolder(), "alerts.jsonl");
    writeFileSync(path, "notes of mine");
    await deliver(path, 1);
    expect(readFileSync(path, "utf8").split("\n")[0]).toBe("notes of mine");
    expect(keysIn(path)).toEqual([undefined, ...keys(1)]);
  });
});

describe("logrotate", () => {
  test("that moves the file away finds the next alert in a new one; nothing is repeated", async () => {
    const path = join(newFolder(), "alerts.jsonl");
    const output = createFileOutput(path, json);
    await output.deliver(alertOf(1));
    renameSync(path, `${path}.1`);
    await output.deliver(alertOf(1));
    await output.deliver(alertOf(2));
    expect(keysIn(`${path}.1`)).toEqual(keys(1));
    expect(keysIn(path)).toEqual(keys(2));
    truncateSync(path, 0);
    await output.deliver(alertOf(3));
    expect(keysIn(path)).toEqual(keys(3));
    await output.close();
  });
});

test("alerts that are given at the same time stand one after the other", async () => {
  const path = join(newFolder(), "alerts.jsonl");
  const output = createFileOutput(path, json);
  const numbers = Array.from({ length: 30 }, (_, at) => at);
  await Promise.all([...numbers, ...numbers].map((number) => output.deliver(alertOf(number))));
  await output.close();
  expect(keysIn(path)).toEqual(keys(...numbers));
});

test("a full disk leaves no half alert, and is said; with room again the same alert is written", async (context) => {
  const disk = newFolder();
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status !== 0) return context.skip();
  mounted.push(disk);
  const path = join(disk, "alerts.jsonl");
  const output = createFileOutput(path, json);
  await output.deliver(alertOf(1));
  const room = Buffer.alloc(1024);
  expect(() => {
    for (;;) appendFileSync(join(disk, "ballast"), room);
  }).toThrow(/ENOSPC/);
  const wide = alertOf(2, { targets: Array.from({ length: 20 }, () => "t".repeat(500)) });
  await expect(output.deliver(wide)).rejects.toThrow(/alerts\.jsonl: cannot be written: no space left/);
  expect(keysIn(path)).toEqual(keys(1));
  rmSync(join(disk, "ballast"));
  await output.deliver(wide);
  await output.close();
  expect(keysIn(path)).toEqual(keys(1, 2));
});

test("a file that cannot be opened is refused with its path", () => {
  const folder = newFolder();
  expect(() => createFileOutput(join(folder, "missing/alerts.jsonl"), json)).toThrow(
    /missing\/alerts\.jsonl: cannot be written: no such file/,
  );
});
