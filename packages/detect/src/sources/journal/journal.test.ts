import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { LineBatch, Source } from "../../contract.ts";
import { Collector, newFolder, readAll, start, until } from "../harness/collect.ts";
import { httpSource } from "../http/http.ts";
import { stdinSource } from "../stdin.ts";
import { frameOf, readFrames } from "./frames.ts";
import type { Entry } from "./frames.ts";
import { openJournal } from "./journal.ts";
import type { Journal } from "./journal.ts";
import { journaled } from "./journaled.ts";

const batchOf = (...lines: string[]): Entry["batch"] => ({ source: "s", stream: "t", lines, received: 5 });

async function entriesOf(journal: Journal, from = 0): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of journal.read(from)) entries.push(entry);
  return entries;
}

const segments = (folder: string) => readdirSync(folder).sort();

describe("a journal", () => {
  it("gives back what it was given, after a restart too", async () => {
    const folder = join(newFolder(), "deep/journal");
    const first = await openJournal(folder);
    const odd = ["", "é\u{1f511}\ud800", '{"__proto__":1}', "x".repeat(100_000)];
    expect(await Promise.all([first.append(batchOf("a", "b")), first.append({ ...batchOf(...odd), format: "syslog" })])).toEqual([0, 2]);
    await first.close();
    const second = await openJournal(folder);
    expect(await second.append(batchOf("last"))).toBe(6);
    expect(await entriesOf(second)).toEqual([
      { first: 0, batch: batchOf("a", "b") },
      { first: 2, batch: { ...batchOf(...odd), format: "syslog" } },
      { first: 6, batch: batchOf("last") },
    ]);
    expect((await entriesOf(second, 5)).map(({ first }) => first)).toEqual([2, 6]);
    await second.close();
    await expect(second.append(batchOf("x"))).rejects.toThrow("closed");
  });

  it("goes on in new files and lets go of old ones, keeping its numbers", async () => {
    const folder = newFolder();
    const journal = await openJournal(folder, { segmentSize: 100 });
    for (let i = 0; i < 20; i += 1) await journal.append(batchOf(`line ${i}`));
    const before = segments(folder).length;
    expect(before).toBeGreaterThan(5);
    await journal.truncate(10);
    expect((await entriesOf(journal, 10)).map(({ first }) => first)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(segments(folder).length).toBeLessThan(before);
    await journal.truncate(20);
    await journal.close();
    expect(segments(folder).length).toBe(1);
    const again = await openJournal(folder);
    expect(again.next).toBe(20);
    await again.close();
  });

  it("cuts off a tail that was not written to its end, wherever it stops", async () => {
    const frames = [0, 1, 2].map((first) => frameOf({ first, batch: batchOf(`line ${first}`) }));
    const whole = Buffer.concat(frames);
    const ends = frames.map((_, index) => Buffer.concat(frames.slice(0, index + 1)).length);
    for (let size = 0; size <= whole.length; size += 1) {
      const { entries, size: good } = readFrames(whole.subarray(0, size));
      expect(entries.length).toBe(ends.filter((end) => end <= size).length);
      expect(good).toBe(entries.length === 0 ? 0 : ends[entries.length - 1]);
    }
    const folder = newFolder();
    writeFileSync(join(folder, "0000000000000000.journal"), whole.subarray(0, whole.length - 1));
    const notes: string[] = [];
    const journal = await openJournal(folder, { onNote: (message) => notes.push(message) });
    expect(notes).toEqual([expect.stringContaining("were cut off")]);
    expect(await journal.append(batchOf("new"))).toBe(2);
    expect((await entriesOf(journal)).map(({ batch }) => batch.lines[0])).toEqual(["line 0", "line 1", "new"]);
    await journal.close();
  });

  it("never takes garbage for an entry, and never fails on it", async () => {
    const good = frameOf({ first: 0, batch: batchOf("good") });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (garbage, at) => {
        const { entries } = readFrames(Buffer.concat([good, garbage]));
        expect(entries).toEqual([{ first: 0, batch: batchOf("good") }]);
        const flipped = Buffer.from(good);
        flipped[at % good.length]! ^= 1 + (at % 255);
        expect(readFrames(flipped).entries).toEqual([]);
      }),
    );
    const folder = newFolder();
    writeFileSync(join(folder, "0000000000000007.journal"), "no journal at all");
    const journal = await openJournal(folder);
    expect(journal.next).toBe(7);
    await journal.close();
  });

  it("reads on behind a damaged file and says which", async () => {
    const folder = newFolder();
    const notes: string[] = [];
    const journal = await openJournal(folder, { segmentSize: 1, onNote: (message) => notes.push(message) });
    for (const line of ["a", "b", "c"]) await journal.append(batchOf(line));
    truncateSync(join(folder, segments(folder)[1]!), 10);
    expect((await entriesOf(journal)).map(({ batch }) => batch.lines[0])).toEqual(["a", "c"]);
    expect(notes[0]).toContain("0000000000000001.journal: damaged at byte 0");
    await journal.close();
  });

  it("refuses what it has no room for, and goes on when it has", async () => {
    const folder = newFolder();
    const journal = await openJournal(folder, { segmentSize: 100, maxSize: 1000 });
    let kept = 0;
    await expect(
      (async () => {
        for (;;) kept = await journal.append(batchOf("x".repeat(50)));
      })(),
    ).rejects.toThrow("the journal is full");
    await journal.truncate(kept);
    expect(await journal.append(batchOf("room again"))).toBe(kept + 1);
    await journal.close();
  });

  it("says at the start where it cannot be", async () => {
    const path = join(newFolder(), "file");
    writeFileSync(path, "");
    await expect(openJournal(path)).rejects.toMatchObject({ code: "STATE" });
  });
});

describe("a killed process", () => {
  const writer = fileURLToPath(new URL("../harness/journal-writer.ts", import.meta.url));
  const loader = new URL("../harness/load-sources.mjs", import.meta.url).href;

  it("loses nothing that was acknowledged, and doubles nothing", async () => {
    const folder = newFolder();
    const acknowledged = new Map<number, string>();
    for (let round = 0; round < 16; round += 1) {
      const child = spawn(process.execPath, ["--import", loader, writer, folder, round % 2 ? "sync" : ""], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let out = "";
      child.stdout.on("data", (chunk: Buffer) => {
        if (out === "") setTimeout(() => child.kill("SIGKILL"), Math.random() * 40);
        out += chunk.toString();
      });
      await new Promise((resolve) => child.on("close", resolve));
      for (const [, first, text] of out.matchAll(/^(\d+) (\S+)\n/gm)) acknowledged.set(Number(first), text!);
    }
    const journal = await openJournal(folder);
    const entries = await entriesOf(journal);
    await journal.close();
    const kept = new Map(entries.map(({ first, batch }) => [first, batch.lines[0]!]));
    expect(entries.map(({ first }) => first)).toEqual(entries.map((_, index) => index * 2));
    expect(acknowledged.size).toBeGreaterThan(100);
    expect([...acknowledged].filter(([first, text]) => kept.get(first) !== text)).toEqual([]);
    expect(new Set(kept.values()).size).toBe(entries.length);
  }, 60_000);
});

describe("a journaled source", () => {
  it("gives one stream of numbered lines, and after a restart what no checkpoint covers", async () => {
    const folder = newFolder();
    const stdin = (text: string): Source => stdinSource(Readable.from([Buffer.from(text)]));
    const first = await openJournal(folder);
    const got = await readAll(journaled(stdin("a\nb\nc\n"), first));
    await first.close();
    expect(got.placed()).toEqual([
      [0, "a"],
      [1, "b"],
      [2, "c"],
    ]);
    expect([...got.positions]).toEqual([["journal:stdin", 3]]);
    const second = await openJournal(folder);
    const again = await readAll(journaled(stdin("d\n"), second), new Map([["journal:stdin", 1]]));
    await second.close();
    expect(again.placed()).toEqual([
      [1, "b"],
      [2, "c"],
      [3, "d"],
    ]);
    expect(again.batches[0]!.source).toBe("stdin");
  });

  it("takes no number twice where the journal was deleted", async () => {
    const journal = await openJournal(newFolder());
    const got = await readAll(journaled(stdinSource(Readable.from(["x\n"])), journal), new Map([["journal:stdin", 40]]));
    expect(got.placed()).toEqual([[40, "x"]]);
    await journal.close();
  });

  it("answers HTTP when lines are kept, though the receiver is slow, and 503 when they cannot be", async () => {
    const folder = newFolder();
    const journal = await openJournal(folder, { maxSize: 2000 });
    let release = () => {};
    const slow = new (class extends Collector {
      override async take(batch: LineBatch): Promise<void> {
        await new Promise<void>((resolve) => (release = resolve));
        super.take(batch);
      }
    })();
    const running = start(journaled(httpSource({ port: 0 }), journal, "http"), new Map(), slow);
    await until(() => slow.kinds().includes("listening"));
    const url = /http:\S+/.exec(slow.notes[0]!.message)![0];
    const post = async (body: string) => (await fetch(url, { method: "POST", body })).status;
    expect(await post("one\ntwo\n")).toBe(200);
    expect(slow.lines).toEqual([]);
    expect(readFileSync(join(folder, segments(folder)[0]!), "latin1")).toContain('["one","two"]');
    expect(await post("x".repeat(3000))).toBe(503);
    expect(await post("three\n")).toBe(200);
    const ended = running.stop();
    release();
    await ended;
    await journal.close();
    const reopened = await openJournal(folder);
    const rest = new Collector();
    const second = start(journaled(httpSource({ port: 0 }), reopened, "http"), slow.positions, rest);
    await until(() => rest.kinds().includes("listening"));
    await second.stop();
    await reopened.close();
    expect([...slow.lines, ...rest.lines]).toEqual(["one", "two", "three"]);
  });
});

describe("a disk that is full", () => {
  const mounted: string[] = [];
  afterEach(() => {
    for (const folder of mounted.splice(0)) spawnSync("umount", [folder]);
  });

  it("is told to who appends; what was kept stays, and it goes on when there is room", async (context) => {
    const disk = newFolder();
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]).status !== 0) return context.skip();
    mounted.push(disk);
    writeFileSync(join(disk, "ballast"), Buffer.alloc(64 * 1024));
    const folder = join(disk, "journal");
    const journal = await openJournal(folder, { segmentSize: 30_000 });
    const kept: string[] = [];
    let refusals = 0;
    const append = async (count: number) => {
      for (let i = 0; i < count; i += 1) {
        const text = `${kept.length}-${"x".repeat((i * 37) % 3000)}`;
        await journal.append(batchOf(text)).then(
          () => kept.push(text),
          (error: NodeJS.ErrnoException) => {
            expect(error.code).toBe("ENOSPC");
            refusals += 1;
          },
        );
      }
    };
    await append(300);
    expect(refusals).toBeGreaterThan(10);
    rmSync(join(disk, "ballast"));
    const before = refusals;
    await append(10);
    expect(refusals).toBe(before);
    expect((await entriesOf(journal)).map(({ batch }) => batch.lines[0])).toEqual(kept);
    await journal.close();
    const again = await openJournal(folder);
    expect((await entriesOf(again)).map(({ first }) => first)).toEqual(kept.map((_, index) => index));
    await again.close();
  });
});
