import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { alertOf } from "./harness/alerts.ts";
import { alertKey } from "./bounded-alert.ts";
import { openStore } from "./store.ts";
import type { Store, StoreOptions } from "./store.ts";

const folders: string[] = [];
const stores: Store[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-store-"));
  folders.push(folder);
  return folder;
}

function open(folder: string, options: StoreOptions = {}): Store {
  const store = openStore(folder, options);
  stores.push(store);
  return store;
}

async function reopened(store: Store, options?: StoreOptions): Promise<Store> {
  await store.close();
  return open(store.folder, options);
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close().catch(() => undefined);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("alerts", () => {
  test("are kept over a restart, and a replay raises none of them again", async () => {
    const store = open(newFolder());
    expect(await store.put(alertOf(1))).toBe(true);
    expect(await store.put(alertOf(1))).toBe(false);
    expect(await store.put(alertOf(1, { phase: "grown", count: 84 }))).toBe(true);
    expect(await store.put(alertOf(1, { phase: "grown", count: 168 }))).toBe(true);
    const after = await reopened(store);
    expect(await after.put(alertOf(1))).toBe(false);
    expect(await after.put(alertOf(1, { phase: "grown", count: 84 }))).toBe(false);
    expect(await after.put(alertOf(1, { phase: "closed", count: 170 }))).toBe(true);
    expect(after.list()).toEqual([{ alert: alertOf(1, { phase: "closed", count: 170 }), state: "open", changes: [] }]);
    expect(after.message(alertKey(alertOf(1)))).toEqual(alertOf(1));
  });

  test("of the same key put at the same time are kept once", async () => {
    const store = open(newFolder());
    const told = await Promise.all(Array.from({ length: 50 }, (_, at) => store.put(alertOf(at % 5))));
    expect(told.filter(Boolean)).toHaveLength(5);
    expect((await reopened(store)).list()).toHaveLength(5);
  });

  test("are found by level, rule, time and state, newest first", async () => {
    const store = open(newFolder());
    const { rule } = alertOf(0);
    await store.put(alertOf(1, { until: 1000 }));
    await store.put(alertOf(2, { until: 3000, rule: { ...rule, key: "Log-Silence", level: "low" } }));
    await store.put(alertOf(3, { until: 2000, rule: { ...rule, level: "critical" } }));
    const ids = (filter: Parameters<Store["list"]>[0]) => store.list(filter).map(({ alert }) => Number.parseInt(alert.id, 16));
    expect(ids({})).toEqual([2, 3, 1]);
    expect(ids({ level: "high" })).toEqual([3, 1]);
    expect(ids({ rule: "log-silence" })).toEqual([2]);
    expect(ids({ since: 2000 })).toEqual([2, 3]);
    expect(ids({ limit: 1 })).toEqual([2]);
    store.setState(alertOf(3).id, "acknowledged", { by: "ops" });
    expect(ids({ state: "acknowledged" })).toEqual([3]);
    expect(ids({ state: ["open", "closed"] })).toEqual([2, 1]);
  });

  test("with fields that cannot be written are kept without them", async () => {
    let deep: unknown = 1;
    for (let at = 0; at < 100_000; at += 1) deep = [deep];
    const evidence = [{ ...alertOf(1).evidence[0]!, fields: { deep: deep as string } }];
    const store = open(newFolder());
    await store.put(alertOf(1, { evidence, actors: ["a".repeat(5_000_000)] }));
    const { alert } = store.get("0")!;
    expect(alert.evidence[0]).not.toHaveProperty("fields");
    expect(alert.actors[0]).toHaveLength(1024);
  });

  test("keep field names such as __proto__", async () => {
    const fields = JSON.parse('{"__proto__":{"x":1},"constructor":"y"}') as Record<string, string>;
    const store = open(newFolder());
    await store.put(alertOf(1, { evidence: [{ ...alertOf(1).evidence[0]!, fields }] }));
    expect(JSON.stringify(store.get("0")!.alert.evidence[0]!.fields)).toBe('{"__proto__":{"x":1},"constructor":"y"}');
  });
});

describe("states", () => {
  test("are set by the start of an id, by a reader while another writes, and are seen by both", async () => {
    const folder = newFolder();
    const store = open(folder);
    await store.put(alertOf(0xabc));
    const reader = open(folder, { mode: "read" });
    reader.setState(alertOf(0xabc).id.slice(0, 31), "acknowledged", { by: "ops", note: "looking\n", time: 5 });
    expect(store.get(alertOf(0xabc).id)).toMatchObject({ state: "acknowledged", changes: [{ by: "ops", note: "looking\n", time: 5 }] });
    await store.put(alertOf(0xdef));
    store.setState(alertOf(0xdef).id, "closed", { by: "me" });
    expect(reader.list({ state: "closed" }).map(({ alert }) => alert.id)).toEqual([alertOf(0xdef).id]);
    expect((await reopened(store)).stats().alerts).toBe(2);
    await expect(reader.put(alertOf(1))).rejects.toThrow(/open for reading only/);
  });

  test("name what is wrong with an id", async () => {
    const store = open(newFolder());
    await store.put(alertOf(1));
    await store.put(alertOf(2));
    expect(() => store.setState("ff", "closed", { by: "me" })).toThrow(/alert ff is not in /);
    expect(() => store.setState("00", "closed", { by: "me" })).toThrow("alert 00 may be 2 alerts: give more of the id");
    expect(store.get("ff")).toBeUndefined();
  });

  test("survive a half-written record before them", async () => {
    const store = open(newFolder());
    await store.put(alertOf(1));
    store.setState("0", "acknowledged", { by: "a" });
    const path = join(store.folder, "states.jsonl");
    truncateSync(path, statSync(path).size - 9);
    store.setState("0", "closed", { by: "b" });
    expect(store.get("0")).toMatchObject({ state: "closed", changes: [{ by: "b" }] });
  });
});

describe("what outputs wait for", () => {
  test("is known after a restart, in order", async () => {
    const store = open(newFolder());
    await store.put(alertOf(1));
    await Promise.all([store.attach("hook"), store.put(alertOf(2)), store.put(alertOf(3)), store.attach("hook")]);
    await store.put(alertOf(4));
    await store.delivered("hook", alertKey(alertOf(3)));
    const keys = [2, 4].map((number) => alertKey(alertOf(number)));
    expect(store.pending("hook")).toEqual(keys);
    const after = await reopened(store);
    await after.attach("hook");
    expect(after.pending("hook")).toEqual(keys);
    expect(after.pending("unknown")).toEqual([]);
    expect(after.stats().pending).toEqual(new Map([["hook", 2]]));
  });
});

describe("an output that a later run does not have", () => {
  test("gathers nothing more, and gets what it waited for when it comes back", async () => {
    const first = open(newFolder());
    await first.attach("hook");
    await first.attach("file");
    await first.put(alertOf(1));
    const second = await reopened(first);
    await second.attach("file");
    await second.put(alertOf(2));
    expect(second.pending("file")).toHaveLength(2);
    expect(second.pending("hook")).toEqual([alertKey(alertOf(1))]);
    await second.compact();
    const third = await reopened(second, { keep: 1 });
    expect(third.pending("hook")).toEqual([alertKey(alertOf(1))]);
    await third.attach("hook");
    await third.put(alertOf(3));
    expect(third.pending("hook")).toEqual([1, 3].map((number) => alertKey(alertOf(number))));
    await third.delivered("hook", alertKey(alertOf(1)));
    await third.compact();
    expect(third.list().map(({ alert }) => alert.id)).toEqual([alertOf(3).id]);
  });
});

describe("a journal that was cut", () => {
  test("at any byte gives all whole records, and can be written on", async () => {
    const store = open(newFolder());
    const empty = { tags: [], techniques: [], controls: [], falsePositives: [], respond: [], references: [] };
    const rule = { key: "k", title: "ä", level: "high", ...empty } as const;
    const small = (number: number) => alertOf(number, { rule, evidence: [], actors: ["ä"], addresses: [], measures: {} });
    await store.put(small(1));
    await store.attach("hook");
    const whole = statSync(join(store.folder, "alerts.jsonl")).size;
    await store.put(small(2));
    await store.close();
    const bytes = readFileSync(join(store.folder, "alerts.jsonl"));
    const folder = newFolder();
    for (let length = whole; length < bytes.length; length += 1) {
      writeFileSync(join(folder, "alerts.jsonl"), bytes.subarray(0, length));
      const notes: string[] = [];
      const cut = openStore(folder, { note: (message) => notes.push(message) });
      expect(cut.stats()).toEqual({ alerts: 1, pending: new Map([["hook", 0]]) });
      expect(notes).toHaveLength(length === whole ? 0 : 1);
      await cut.attach("hook");
      // What is written then is the same for all; a sync costs its time.
      if (length % 16 === 0) expect(await cut.put(small(2))).toBe(true);
      await cut.close();
      if (length % 16 === 0) expect(readFileSync(join(folder, "alerts.jsonl"))).toEqual(bytes);
    }
  });

  test("or garbled in the middle loses that record only, and says so", async () => {
    const store = open(newFolder());
    for (let number = 1; number <= 3; number += 1) await store.put(alertOf(number));
    await store.close();
    const path = join(store.folder, "alerts.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, [lines[0], lines[1]!.replace("high", "hugh"), lines[2], ""].join("\n"));
    const notes: string[] = [];
    expect(open(store.folder, { note: (message) => notes.push(message) }).stats().alerts).toBe(2);
    expect(notes).toEqual([`${path}: 1 records are damaged; they were skipped`]);
  });

  test("a reader takes no half-written record for an alert", async () => {
    const folder = newFolder();
    const store = open(folder);
    await store.put(alertOf(1));
    const path = join(folder, "alerts.jsonl");
    const whole = readFileSync(path, "utf8");
    const reader = open(folder, { mode: "read" });
    appendFileSync(path, whole.replaceAll("01-opened", "02-opened").slice(0, -20));
    expect(reader.list()).toHaveLength(1);
    truncateSync(path, Buffer.byteLength(whole));
    await store.put(alertOf(2));
    expect(reader.list()).toHaveLength(2);
  });
});

describe("the lock", () => {
  test("keeps a second writer out, and not a reader", async () => {
    const store = open(newFolder());
    expect(() => openStore(store.folder)).toThrow(/is in use: this process has it open already/);
    expect(open(store.folder, { mode: "read" }).list()).toEqual([]);
    expect((await reopened(store)).stats().alerts).toBe(0);
  });

  test("of a process that is gone, or whose number another one has now, is taken over", async () => {
    const folder = newFolder();
    const store = open(folder);
    const holder = JSON.parse(readFileSync(join(folder, ".lock"), "utf8")) as Record<string, unknown>;
    copyFileSync(join(folder, ".lock"), join(folder, "kept"));
    await store.close();
    for (const change of process.platform === "linux" ? [{ pid: 2 ** 22 + 1 }, { started: "1" }] : [{ pid: 2 ** 22 + 1 }]) {
      writeFileSync(join(folder, ".lock"), JSON.stringify({ ...holder, ...change }));
      await openStore(folder).close();
    }
    writeFileSync(join(folder, ".lock"), JSON.stringify({ ...holder, host: "elsewhere" }));
    expect(() => openStore(folder)).toThrow(/process \d+ of elsewhere keeps its alerts there/);
  });
});

describe("a setup that cannot be", () => {
  test("is refused with the place", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "file"), "");
    expect(() => openStore(join(folder, "file/state"))).toThrow(/file\/state: ENOTDIR/);
    expect(() => openStore(folder, { mode: "read" })).toThrow(/holds no alerts: expected the folder/);
  });
});
