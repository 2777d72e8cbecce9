import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createSealer } from "../evidence/sealer.ts";
import { verifyFiles } from "../evidence/verify.ts";
import { json } from "../formats/json.ts";
import { createFileSink } from "./file.ts";
import type { FileOptions } from "./file-options.ts";
import { ended, start } from "./harness/children.ts";
import { idsIn, idsOf, lineOf, newFolder, textOf } from "./harness/lines.ts";

const field = "outputs[0].file";

function sealer() {
  return createSealer({}, { field: "outputs[0].chain", format: json });
}

function files(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => join(folder, name));
}

const verified = (folder: string) => verifyFiles(files(folder), { formats: [json], fromStart: true });

describe("a file", () => {
  it("is there with its folders, for its owner only, and holds each line when write returns", async () => {
    const path = join(newFolder(), "deep/er/security.log");
    const sink = createFileSink(path, { field });
    sink.write(lineOf(1), 30);
    expect(readFileSync(path, "utf8")).toBe(`${lineOf(1)}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(sink.stats()).toEqual({ written: 1, buffered: 0, dropped: 0, trouble: undefined });
    await sink.flush();
    await sink.close();
  });

  it("is appended to by the next run", async () => {
    const path = join(newFolder(), "security.log");
    for (const id of [1, 2]) {
      const sink = createFileSink({ path, fsync: "each" }, { field });
      sink.write(lineOf(id, "é\u{1f511}"), 30);
      await sink.close();
    }
    expect(idsOf(readFileSync(path, "utf8"))).toEqual(["1", "2"]);
  });

  it("takes lines of any length", async () => {
    const folder = newFolder();
    const sink = createFileSink({ path: join(folder, "security.log") }, { field, sealer: sealer() });
    for (const length of [1, 21_000, 22_000, 65_536, 3_000_000]) sink.write(lineOf(length, "é".repeat(length)), 30);
    await sink.close();
    expect(idsIn(folder)).toEqual([["1", "21000", "22000", "65536", "3000000"], 0]);
    expect(await verified(folder)).toMatchObject({ intact: true, lines: 5 });
  });

  it("counts what comes after its end", async () => {
    const sink = createFileSink(join(newFolder(), "security.log"), { field });
    await sink.close();
    sink.write(lineOf(1), 30);
    expect(sink.stats()).toMatchObject({ written: 0, dropped: 1 });
  });
});

describe("the end that a crash left", () => {
  async function checkAfterCrash(rest: string): Promise<string> {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const first = createFileSink(path, { field, sealer: sealer() });
    first.write(lineOf(1), 30);
    await first.close();
    appendFileSync(path, rest);
    const second = createFileSink(path, { field, sealer: sealer() });
    second.write(lineOf(2), 30);
    await second.close();
    expect(await verified(folder)).toMatchObject({ intact: true, chains: [{ last: { seq: 2 } }], notes: [{ kind: "torn", line: 2 }] });
    return readFileSync(path, "utf8");
  }

  it("is closed and marked, and the chain goes on", async () => {
    const text = await checkAfterCrash('{"level":30,"ti');
    expect(text.split("\n")[1]).toBe('{"level":30,"ti [telltale: torn line, 15 bytes]');
  });

  it("may be bytes that are no text, or very long", async () => {
    await checkAfterCrash("\0".repeat(5000));
    await checkAfterCrash("x".repeat(200_000));
  });

  it("is left as it is where only the newline is missing", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    for (const id of [1, 2]) {
      const sink = createFileSink(path, { field, sealer: sealer() });
      sink.write(lineOf(id), 30);
      await sink.close();
      truncateSync(path, statSync(path).size - 1);
    }
    expect(await verified(folder)).toMatchObject({ intact: true, noteCount: 0, chains: [{ last: { seq: 2 } }] });
  });
});

describe("rotation", () => {
  it("by hour counts from the first line of a file, not from the start of the process", async () => {
    const folder = newFolder();
    let now = Date.UTC(2026, 10, 21, 10);
    const sink = createFileSink({ path: join(folder, "security.log"), every: "hour" }, { field, now: () => now });
    for (const step of [2 * 3_600_000, 60_000]) {
      now += step;
      sink.write(lineOf(step), 30);
    }
    await sink.close();
    expect(files(folder).length).toBe(1);
  });

  it("by size keeps every file below it, the newest ones, and the chain over all", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const sink = createFileSink({ path, maxSize: "5kB" }, { field, sealer: sealer() });
    for (let id = 1; id <= 100; id += 1) sink.write(lineOf(id), 30);
    await sink.close();
    const all = files(folder);
    expect(all.length).toBeGreaterThan(5);
    for (const file of all) expect(statSync(file).size).toBeLessThanOrEqual(5000);
    expect(new Set(idsIn(folder)[0]).size).toBe(100);
    expect(await verified(folder)).toMatchObject({ intact: true, lines: 100 });

    const pruning = createFileSink({ path, maxSize: "5kB", keep: 2 }, { field, sealer: sealer() });
    for (let id = 101; id <= 150; id += 1) pruning.write(lineOf(id), 30);
    await pruning.close();
    expect(files(folder).length).toBe(3);
    const report = await verifyFiles(files(folder), { formats: [json] });
    expect(report).toMatchObject({ intact: true, chains: [{ last: { seq: 150 } }], notes: [{ kind: "missing-head" }] });
  });

  it("by hour begins a file with the first line of the next", async () => {
    const folder = newFolder();
    let now = Date.UTC(2026, 10, 21, 22, 59, 59, 900);
    const sink = createFileSink({ path: join(folder, "security.log"), every: "hour" }, { field, now: () => now });
    for (const [id, step] of [50, 49, 1, 3_600_000, 2].entries()) {
      sink.write(lineOf(id), 30);
      now += step;
    }
    await sink.close();
    const texts = files(folder).map((file) => [file.slice(folder.length + 1), idsOf(textOf(file))]);
    expect(texts).toEqual([
      ["security.log", ["4"]],
      ["security.log.2026-11-21T23-00-00.000Z", ["0", "1", "2"]],
      ["security.log.2026-11-22T00-00-00.000Z", ["3"]],
    ]);
  });

  it("packs all past files but the newest, and verify reads them", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const sink = createFileSink({ path, maxSize: 4096, gzip: true }, { field, sealer: sealer() });
    for (let id = 1; id <= 100; id += 1) sink.write(lineOf(id), 30);
    await sink.close();
    const names = readdirSync(folder);
    expect(names.filter((name) => !name.endsWith(".gz")).length).toBe(2);
    expect(names.filter((name) => name.endsWith(".gz")).length).toBeGreaterThan(3);
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(await verified(folder)).toMatchObject({ intact: true, lines: 100 });
  });

  it("clears up after a process that stopped while packing", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const options = { path, maxSize: 4096, gzip: true };
    const sink = createFileSink(options, { field, sealer: sealer() });
    for (let id = 1; id <= 40; id += 1) sink.write(lineOf(id), 30);
    await sink.close();
    const packed = files(folder).find((file) => file.endsWith(".gz"))!;
    writeFileSync(packed.slice(0, -3), textOf(packed));
    writeFileSync(join(folder, ".security.log.2026-11-21T22-00-00.000Z.gz.tmp"), "half of it");
    expect(await verified(folder)).toMatchObject({ intact: true, notes: [{ kind: "skipped" }] });
    await createFileSink(options, { field, sealer: sealer() }).close();
    expect(existsSync(packed.slice(0, -3))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("continues the chain where the crash came between two files", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const first = createFileSink(path, { field, sealer: sealer() });
    first.write(lineOf(1), 30);
    await first.close();
    renameSync(path, `${path}.2026-11-21T22-00-00.000Z`);
    const second = createFileSink(path, { field, sealer: sealer() });
    second.write(lineOf(2), 30);
    await second.close();
    expect(await verified(folder)).toMatchObject({ intact: true, chains: [{ last: { seq: 2 } }] });
  });
});

describe("a tool that rotates from outside", () => {
  it("moves the file, and later lines go to a new one", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    let now = 0;
    const sink = createFileSink(path, { field, sealer: sealer(), now: () => (now += 400) });
    sink.write(lineOf(1), 30);
    renameSync(path, `${path}.1`);
    for (let id = 2; id <= 10; id += 1) sink.write(lineOf(id), 30);
    await sink.close();
    expect(idsOf(readFileSync(path, "utf8")).at(-1)).toBe("10");
    expect(await verified(folder)).toMatchObject({ intact: true, lines: 10, chains: [{ last: { seq: 10 } }] });
  });

  it("copies and empties it", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    let now = 0;
    const sink = createFileSink({ path, maxSize: 4096 }, { field, sealer: sealer(), now: () => (now += 400) });
    for (let id = 1; id <= 5; id += 1) sink.write(lineOf(id), 30);
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    for (let id = 6; id <= 15; id += 1) sink.write(lineOf(id), 30);
    await sink.close();
    expect(readFileSync(path, "utf8").startsWith('{"level"')).toBe(true);
    expect(await verified(folder)).toMatchObject({ intact: true, lines: 15 });
  });

  it("takes the whole folder away", async () => {
    const folder = join(newFolder(), "logs");
    const path = join(folder, "security.log");
    let now = 0;
    const sink = createFileSink(path, { field, now: () => (now += 1100) });
    rmSync(folder, { recursive: true });
    sink.write(lineOf(1), 30);
    expect(idsIn(folder)).toEqual([["1"], 0]);
    await sink.close();
  });
});

describe("who writes", () => {
  it("is one process: a second one is refused and told why", async () => {
    const path = join(newFolder(), "security.log");
    const sink = createFileSink(path, { field });
    const second = start("writer.ts", [JSON.stringify({ file: { path }, run: "second", burst: 1, lines: 1, lineLength: 1 })]);
    const { code, err } = await ended(second);
    expect(code).not.toBe(0);
    expect(err).toContain(`${path} cannot be written: process ${process.pid} writes to it`);
    await sink.close();
  });

  it("may be the next process when the first was killed, or a number was used again", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const killed = start("writer.ts", [JSON.stringify({ file: { path }, run: "killed", burst: 1, lineLength: 1 })]);
    await new Promise((acknowledged) => killed.stdout!.once("data", acknowledged));
    killed.kill("SIGKILL");
    await ended(killed);
    expect(existsSync(join(folder, ".security.log.lock"))).toBe(true);
    await createFileSink(path, { field }).close();

    const lock = join(folder, ".security.log.lock");
    const holder = { pid: process.pid, started: "1", host: (await import("node:os")).hostname(), token: "of an earlier process" };
    writeFileSync(lock, JSON.stringify(holder));
    await createFileSink(path, { field }).close();
    writeFileSync(lock, "");
    expect(() => createFileSink(path, { field })).toThrow(/is being taken by another process/);
  });

  it("is told apart by its host, and dead there when it stops to touch its lock", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const lock = join(folder, ".security.log.lock");
    writeFileSync(lock, JSON.stringify({ pid: 1, started: "1", host: "elsewhere", token: "theirs" }));
    expect(() => createFileSink(path, { field })).toThrow(/process 1 of elsewhere writes to it/);
    const { utimesSync } = await import("node:fs");
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await createFileSink(path, { field }).close();
    expect(existsSync(lock)).toBe(false);
  });

  it("notices that another took over, and waits until it has gone: the chain holds", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const sink = createFileSink(path, { field, sealer: sealer() });
    sink.write(lineOf(1), 30);
    const lock = join(folder, ".security.log.lock");
    writeFileSync(lock, JSON.stringify({ pid: 1, started: "1", host: "elsewhere", token: "theirs" }));
    vi.advanceTimersByTime(20_000);
    vi.useRealTimers();
    sink.write(lineOf(2), 30);
    expect(sink.stats()).toMatchObject({ written: 1, buffered: 1, trouble: expect.stringContaining("elsewhere writes to it") });

    // What the other wrote meanwhile, and its end.
    const theirs = sealer();
    theirs.resume([readFileSync(path, "utf8").trim()], path);
    appendFileSync(path, `${theirs.seal(lineOf("theirs"))}\n`);
    rmSync(lock);
    await sink.flush();
    await sink.close();
    expect(idsIn(folder)[0]).toEqual(["1", "theirs", "2"]);
    expect(await verified(folder)).toMatchObject({ intact: true, chains: [{ last: { seq: 3 } }] });
  });

  it("may be several processes that share the file, each line whole", async () => {
    const folder = newFolder();
    const file = { path: join(folder, "security.log"), shared: true };
    const runs = ["a", "b", "c"].map((run) =>
      ended(start("writer.ts", [JSON.stringify({ file, run, burst: 10, lines: 300, lineLength: 5000 })])),
    );
    for (const { code } of await Promise.all(runs)) expect(code).toBe(0);
    const [ids, torn] = idsIn(folder);
    expect([new Set(ids).size, ids.length, torn]).toEqual([900, 900, 0]);
  });

  it("changes where a module is loaded anew: the old sink passes on what it is given", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const old = createFileSink(path, { field, sealer: sealer() });
    old.write(lineOf(1), 30);
    const young = createFileSink(path, { field, sealer: sealer() });
    old.write(lineOf(2), 30);
    young.write(lineOf(3), 30);
    await old.flush();
    old.flushSync();
    await old.close();
    young.write(lineOf(4), 30);
    await young.close();
    expect(idsIn(folder)[0]).toEqual(["1", "2", "3", "4"]);
    expect(await verified(folder)).toMatchObject({ intact: true, chains: [{ last: { seq: 4 } }] });
  });

  it("is not two outputs with different chains", async () => {
    const path = join(newFolder(), "security.log");
    const sink = createFileSink(path, { field, sealer: sealer() });
    expect(() => createFileSink(path, { field })).toThrow(/another output of this process writes to it/);
    sink.write(lineOf(1), 30);
    expect(sink.stats().written).toBe(1);
    await sink.close();
  });
});

describe("a bad setup", () => {
  const bad: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ fsync: "sometimes" }, `${field}.fsync must be each, interval or off`],
    [{ maxSize: "ten" }, `${field}.maxSize must be 4096 bytes or more`],
    [{ maxSize: 10 }, `${field}.maxSize must be 4096 bytes or more`],
    [{ every: "week" }, `${field}.every must be hour or day`],
    [{ keep: 0 }, `${field}.keep must be a whole number from 1`],
    [{ rotate: true }, `${field}.rotate is not an option of the security log; there are path, fsync`],
    [{ shared: true, every: "day" }, `${field}.shared and rotation do not go together: processes that share a file cannot rotate it`],
    [{ whenFull: "block" }, `${field}.whenFull must be drop-newest or drop-oldest`],
    [{ path: "" }, `${field}.path must be a text that is not empty`],
  ];
  it.each(bad)("%o is refused by name", (options, message) => {
    const path = join(newFolder(), "security.log");
    expect(() => createFileSink({ path, ...options } as FileOptions, { field })).toThrow(message);
    expect(existsSync(path)).toBe(false);
  });

  it("a chain in a shared file is refused", () => {
    const path = join(newFolder(), "security.log");
    expect(() => createFileSink({ path, shared: true }, { field, sealer: sealer() })).toThrow(/a chain has one writer/);
  });

  it("what cannot be written is named", () => {
    const folder = newFolder();
    mkdirSync(join(folder, "security.log"));
    expect(() => createFileSink(join(folder, "security.log"), { field })).toThrow(
      /outputs\[0\]\.file: .*security\.log cannot be written: EISDIR/,
    );
    writeFileSync(join(folder, "plain"), "");
    expect(() => createFileSink(join(folder, "plain/security.log"), { field })).toThrow(/cannot be written: (ENOTDIR|EEXIST)/);
    expect(() => createFileSink("/dev/full", { field })).toThrow(/it is not a regular file/);
  });

  it("a chain that cannot be continued is begun anew and says so, or is refused", async () => {
    const folder = newFolder();
    const path = join(folder, "security.log");
    const first = createFileSink(path, { field, sealer: sealer() });
    first.write(lineOf("first"), 30);
    await first.close();
    writeFileSync(path, readFileSync(path, "utf8").replace("event first", "event other"));

    const strict = createSealer({ onBroken: "refuse" }, { field: "outputs[0].chain", format: json });
    expect(() => createFileSink(path, { field, sealer: strict })).toThrow(
      /outputs\[0\]\.chain: .* cannot be continued: of the last line, its content/,
    );

    const lenient = sealer();
    const second = createFileSink(path, { field, sealer: lenient });
    second.write(lineOf(2), 30);
    await second.close();
    expect(lenient.beginning()).toMatchObject({ kind: "begun-anew", broken: { file: path, seq: 1 } });
    expect(await verified(folder)).toMatchObject({ intact: false, problems: [{ kind: "changed", line: 1, seq: 1 }] });
  });
});
