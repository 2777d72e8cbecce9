import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { alertKey } from "./bounded-alert.ts";
import { alertOf } from "./harness/alerts.ts";
import { openStore } from "./store.ts";
import type { Store, StoreOptions } from "./store.ts";

const ends: (() => unknown)[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-compaction-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(folder: string, options: StoreOptions = {}): Store {
  const store = openStore(folder, options);
  ends.push(() => store.close());
  return store;
}

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function put(store: Store, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) await store.put(alertOf(number));
}

const numbers = (store: Store) =>
  store
    .list()
    .map(({ alert }) => Number.parseInt(alert.id, 16))
    .sort((a, b) => a - b);

test("keeps what an output waits for, then what nobody has closed, then the newest; and says what went", async () => {
  const notes: string[] = [];
  const store = open(newFolder(), { keep: 4, note: (message) => notes.push(message) });
  await store.attach("hook");
  await put(store, 1, 2);
  for (const number of [2]) await store.delivered("hook", alertKey(alertOf(number)));
  await put(store, 3, 5);
  for (const number of [3, 4, 5]) await store.delivered("hook", alertKey(alertOf(number)));
  store.setState(alertOf(5).id, "closed", { by: "ops" });
  store.setState(alertOf(3).id, "acknowledged", { by: "ops" });
  await store.put(alertOf(4, { phase: "closed" }));
  await store.compact();
  expect(numbers(store)).toEqual([1, 2, 3, 4]);
  expect(notes).toEqual([`${store.folder}/alerts.jsonl: the 1 oldest alerts were removed to keep 4`]);
  const pending = [alertKey(alertOf(1)), alertKey(alertOf(4, { phase: "closed" }))];
  expect(store.pending("hook")).toEqual(pending);
  await store.put(alertOf(9));
  await store.close();
  const after = open(store.folder);
  expect(after.pending("hook")).toEqual([...pending, alertKey(alertOf(9))]);
  expect(after.get(alertOf(3).id)).toMatchObject({ alert: alertOf(3), state: "acknowledged" });
  expect(after.get(alertOf(4).id)).toMatchObject({ alert: { phase: "closed" } });
  expect(await after.put(alertOf(4))).toBe(false);
});

test("comes by itself, so that the journal stays bounded; a reader follows", async () => {
  const folder = newFolder();
  const store = open(folder, { keep: 20, smallest: 1 });
  await put(store, 1, 1);
  const reader = open(folder, { mode: "read" });
  expect(reader.list()).toHaveLength(1);
  const size = statSync(join(folder, "alerts.jsonl")).size;
  await put(store, 2, 200);
  await store.compact();
  expect(numbers(store)).toEqual(Array.from({ length: 20 }, (_, at) => 181 + at));
  expect(statSync(join(folder, "alerts.jsonl")).size).toBeLessThan(size * 40);
  expect(numbers(reader)).toEqual(numbers(store));
  expect(reader.setState(alertOf(200).id, "closed", { by: "ops" }).state).toBe("closed");
});

test("alerts that are put meanwhile are kept, with their order", async () => {
  const store = open(newFolder());
  await store.attach("hook");
  await put(store, 1, 100);
  const compacting = [store.compact(), store.compact()];
  await Promise.all([...Array.from({ length: 50 }, (_, at) => store.put(alertOf(101 + at))), ...compacting, store.put(alertOf(150))]);
  expect(store.pending("hook")).toEqual(Array.from({ length: 150 }, (_, at) => alertKey(alertOf(at + 1))));
  for (let number = 1; number <= 150; number += 1) expect(store.message(alertKey(alertOf(number)))).toEqual(alertOf(number));
});

test("states of alerts that are gone go too; what others write meanwhile stays", async () => {
  const store = open(newFolder(), { keep: 2, smallest: 1 });
  await put(store, 1, 3);
  for (let number = 1; number <= 3; number += 1) store.setState(alertOf(number).id, "closed", { by: "ops", note: `note ${number}` });
  const before = statSync(join(store.folder, "states.jsonl")).ino;
  await store.put(alertOf(4));
  await store.put(alertOf(5));
  await store.put(alertOf(6));
  await store.compact();
  expect(numbers(store)).toEqual([5, 6]);
  expect(readFileSync(join(store.folder, "states.jsonl"), "utf8")).toBe("");
  expect(statSync(join(store.folder, "states.jsonl")).ino).not.toBe(before);
  expect(store.setState(alertOf(5).id, "acknowledged", { by: "ops" }).state).toBe("acknowledged");
});

test("on a full disk leaves the journal as it was, and says so", async (context) => {
  const disk = newFolder();
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", disk]).status !== 0) return context.skip();
  ends.push(() => spawnSync("umount", [disk]));
  const notes: string[] = [];
  const store = open(join(disk, "state"), { note: (message) => notes.push(message) });
  await put(store, 1, 30);
  const room = Buffer.alloc(1024);
  expect(() => {
    for (;;) appendFileSync(join(disk, "ballast"), room);
  }).toThrow(/ENOSPC/);
  await store.compact();
  expect(notes).toEqual([expect.stringMatching(/alerts\.jsonl: could not be compacted: ENOSPC/)]);
  const kept = numbers(store);
  expect(kept).toHaveLength(30);
  const refused = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => store.put(alertOf(31 + at))));
  expect(refused.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  expect(() => {
    for (let at = 0; at < 500; at += 1) store.setState(alertOf(1).id, "closed", { by: "ops", note: "n".repeat(2000) });
  }).toThrow(/ENOSPC|could be written/);
  rmSync(join(disk, "ballast"));
  await put(store, 31, 40);
  store.setState(alertOf(2).id, "closed", { by: "ops" });
  await store.compact();
  await store.close();
  const after = open(join(disk, "state"));
  expect(numbers(after)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  expect(after.get(alertOf(2).id)!.state).toBe("closed");
});
