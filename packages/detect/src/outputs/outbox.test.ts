import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Alert } from "../alert.ts";
import type { Output } from "../contract.ts";
import { alertKey } from "../store/bounded-alert.ts";
import { alertOf } from "../store/harness/alerts.ts";
import { openStore } from "../store/store.ts";
import type { Store } from "../store/store.ts";
import { openOutbox } from "./outbox.ts";
import type { Outbox, OutboxOptions } from "./outbox.ts";
import { createWebhookOutput } from "./webhook.ts";

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-outbox-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function newStore(folder = newFolder()): Store {
  const store = openStore(folder);
  ends.push(() => store.close());
  return store;
}

async function open(options: OutboxOptions): Promise<Outbox> {
  const outbox = await openOutbox({ firstWait: 2, longestWait: 20, ...options });
  ends.push(() => outbox.close(100));
  return outbox;
}

/** A real HTTP server on one port that can be taken down and up, and what it was sent. */
async function hook() {
  const ids: string[] = [];
  let server: Server | undefined;
  let port = 0;
  const up = async () => {
    server = createServer((request, response) => {
      ids.push(String(request.headers["webhook-id"]));
      request.resume().on("end", () => response.end());
    });
    await new Promise<void>((done) => server!.listen(port, "127.0.0.1", done));
    port = (server.address() as AddressInfo).port;
  };
  const down = () => {
    server?.closeAllConnections();
    return new Promise((done) => server!.close(done));
  };
  await up();
  ends.push(() => server?.listening && down());
  return { ids, up, down, output: () => createWebhookOutput({ url: `http://127.0.0.1:${port}/` }) };
}

/** An output of a library's user: takes what it is let take. */
function outputThat(deliver: (alert: Alert) => Promise<void>, name = "own"): Output & { readonly taken: Alert[] } {
  const taken: Alert[] = [];
  return {
    name,
    taken,
    deliver: async (alert) => {
      await deliver(alert);
      taken.push(alert);
    },
    close: () => Promise.resolve(),
  };
}

const works = () => Promise.resolve();
const keys = (...numbers: readonly number[]) => numbers.map((number) => alertKey(alertOf(number)));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 2));
}

describe("a webhook that is down", () => {
  test("gets every alert in order when it is up again, is said once, and stops nobody else", async () => {
    const { ids, up, down, output } = await hook();
    const notes: string[] = [];
    const other = outputThat(works);
    const store = newStore();
    const outbox = await open({ outputs: [output(), other], store, note: (message) => notes.push(message) });
    await outbox.take(alertOf(1));
    await outbox.idle();
    await down();
    for (let number = 2; number <= 20; number += 1) await outbox.take(alertOf(number));
    await until(() => notes.length > 0 && other.taken.length === 20);
    const states = outbox.states();
    expect(states[0]).toMatchObject({ pending: 19, delivered: 1, lost: 0, failing: expect.stringContaining("cannot be reached") });
    expect(states[1]).toEqual({ name: "own", pending: 0, delivered: 20, lost: 0 });
    await up();
    await outbox.idle();
    expect(ids).toEqual(keys(...Array.from({ length: 20 }, (_, at) => at + 1)));
    expect(notes).toEqual([
      // How the system puts it depends on the moment at which the server went.
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+: cannot be reached: [^;]+; alerts wait and are tried again$/),
      expect.stringMatching(/^webhook http:\/\/127\.0\.0\.1:\d+ [0-9a-f]{8}: works again; 18 alerts are on their way$/),
    ]);
    expect([...store.stats().pending.values()]).toEqual([0, 0]);
  });

  test("over a restart gets what was pending, and nothing twice", async () => {
    const { ids, up, down, output } = await hook();
    const folder = newFolder();
    const first = openStore(folder);
    const outbox = await open({ outputs: [output()], store: first });
    await outbox.take(alertOf(1));
    await outbox.idle();
    await down();
    await outbox.take(alertOf(2));
    await outbox.take(alertOf(3));
    await outbox.close(50);
    await first.close();
    await up();
    const after = await open({ outputs: [output()], store: newStore(folder) });
    expect(await after.take(alertOf(1))).toBe(false);
    expect(await after.take(alertOf(3))).toBe(false);
    expect(await after.take(alertOf(4))).toBe(true);
    await after.idle();
    expect(ids).toEqual(keys(1, 2, 3, 4));
  });
});

describe("memory", () => {
  test("holds so many alerts; the others are read from the store, in order", async () => {
    let isDown = true;
    const output = outputThat(() => (isDown ? Promise.reject(new Error("down")) : works()));
    const outbox = await open({ outputs: [output], store: newStore(), held: 3 });
    for (let number = 1; number <= 10; number += 1) await outbox.take(alertOf(number));
    expect(outbox.states()).toMatchObject([{ pending: 10, lost: 0 }]);
    isDown = false;
    await outbox.idle();
    expect(output.taken).toEqual(Array.from({ length: 10 }, (_, at) => alertOf(at + 1)));
  });

  test("without a store keeps the last ones, and says that others are lost", async () => {
    let isDown = true;
    const notes: string[] = [];
    const output = outputThat(() => (isDown ? Promise.reject(new Error("down")) : works()));
    const outbox = await open({ outputs: [output], held: 3, note: (message) => notes.push(message) });
    for (let number = 1; number <= 10; number += 1) await outbox.take(alertOf(number));
    expect(outbox.states()).toMatchObject([{ pending: 3, lost: 7 }]);
    isDown = false;
    await outbox.idle();
    expect(output.taken.map(alertKey)).toEqual(keys(8, 9, 10));
    expect(notes).toContain("own: more than 3 alerts wait and cannot be stored; the oldest are given up");
  });
});

test("an output is given up on an alert after so many tries, where that is asked for", async () => {
  const notes: string[] = [];
  const output = outputThat((alert) => (alert.id === alertOf(1).id ? Promise.reject(new Error("too large\u001b[2J")) : works()));
  const outbox = await open({ outputs: [output], store: newStore(), tries: 3, note: (message) => notes.push(message) });
  await outbox.take(alertOf(1));
  await outbox.take(alertOf(2));
  await outbox.idle();
  expect(output.taken.map(alertKey)).toEqual(keys(2));
  expect(outbox.states()).toEqual([{ name: "own", pending: 0, delivered: 1, lost: 1 }]);
  expect(notes[1]).toBe("own: an alert was given up after 3 tries: too large\\x1b[2J");
});

test("two outputs of one name are refused", async () => {
  await expect(openOutbox({ outputs: [outputThat(works), outputThat(works)] })).rejects.toThrow("own: is given twice");
});

test("an output that hangs does not keep the outbox from closing", async () => {
  const outbox = await open({ outputs: [outputThat(() => new Promise(() => undefined))], store: newStore() });
  await outbox.take(alertOf(1));
  await outbox.close(10);
  expect(outbox.states()).toMatchObject([{ pending: 1 }]);
});

test("a full disk under the store: alerts go out at once, are stored when there is room, and are not sent again", async (context) => {
  const disk = newFolder();
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status !== 0) return context.skip();
  ends.push(() => spawnSync("umount", [disk]));
  const notes: string[] = [];
  const store = newStore(join(disk, "state"));
  const output = outputThat(works);
  const outbox = await open({ outputs: [output], store, note: (message) => notes.push(message) });
  await outbox.take(alertOf(1));
  expect(() => {
    for (;;) appendFileSync(join(disk, "ballast"), Buffer.alloc(1024));
  }).toThrow(/ENOSPC/);
  const large = (number: number) => alertOf(number, { targets: Array.from({ length: 20 }, () => "t".repeat(500)) });
  const stored: unknown[] = [];
  const takes = [large(2), large(3)].map((alert) => outbox.take(alert).then((isNew) => stored.push(isNew)));
  await until(() => output.taken.length === 3);

  await expect(store.put(large(4))).rejects.toThrow(/alerts\.jsonl: ENOSPC/);
  expect(stored).toEqual([]);
  expect(notes).toEqual([expect.stringMatching(/ENOSPC: .*; alerts go out and are kept in memory until it works$/)]);
  rmSync(join(disk, "ballast"));
  await Promise.all(takes);
  expect(stored).toEqual([true, true]);
  expect(notes[1]).toMatch(/alerts are stored again$/);
  await outbox.idle();
  await outbox.close();
  await store.close();
  const after = newStore(join(disk, "state"));
  expect(after.pending("own")).toEqual([]);
  expect(after.stats().alerts).toBe(3);
  expect(output.taken.map(alertKey)).toEqual(keys(1, 2, 3));
});
