import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, openSync, closeSync, symlinkSync, truncateSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { DetectError } from "../../errors.ts";
import { newFolder, readAll, start, until } from "../harness/collect.ts";
import { fileSource } from "./file.ts";

const finished = (path: string, withPast = false) => fileSource(path, { follow: false, withPast });

/** A new file with this content. */
function file(content: string | Buffer, name = "security.log"): string {
  const path = join(newFolder(), name);
  writeFileSync(path, content);
  return path;
}

const manyLines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `{"n":${from + i},"msg":"é ${"x".repeat(i % 300)}"}`);

describe("a finished file", () => {
  it("is read whole, with the offset of each line", async () => {
    const lines = manyLines(20_000);
    const text = Buffer.from(lines.join("\n") + "\n");
    const got = await readAll(finished(file(text)));
    expect(got.lines).toEqual(lines);
    for (const [offset, line] of got.placed()) expect(text.subarray(offset, offset + Buffer.byteLength(line)).toString()).toBe(line);
    expect([...got.positions.values()]).toEqual([text.length]);
    expect(got.notes).toEqual([]);
  });

  it("goes on from a position, and gives a last line without its end", async () => {
    const path = file("one\ntwo\nthree");
    const first = await readAll(finished(path));
    expect(first.lines).toEqual(["one", "two", "three"]);
    expect(first.kinds()).toEqual(["incomplete-last-line"]);
    const [stream] = first.positions.keys();
    expect((await readAll(finished(path), new Map([[stream!, 4]]))).placed()).toEqual([
      [4, "two"],
      [8, "three"],
    ]);
    expect((await readAll(finished(path), first.positions)).lines).toEqual([]);
  });

  it("may be empty, or one line without an end", async () => {
    expect((await readAll(finished(file("")))).lines).toEqual([]);
    expect((await readAll(finished(file("x")))).lines).toEqual(["x"]);
  });

  it("is known again after it became shorter", async () => {
    const path = file("one\ntwo\nthree\n");
    const { positions } = await readAll(finished(path));
    truncateSync(path, 8);
    const got = await readAll(finished(path), positions);
    expect(got.lines).toEqual(["one", "two"]);
    expect(got.kinds()).toEqual(["truncated"]);
  });

  it("is unpacked by its content, not its name, all members of it", async () => {
    const lines = manyLines(20_000);
    const half = (part: readonly string[]) => gzipSync(part.join("\n") + "\n");
    const path = file(Buffer.concat([half(lines.slice(0, 11_111)), half(lines.slice(11_111))]), "odd-name.log");
    const got = await readAll(finished(path));
    expect(got.lines).toEqual(lines);
    const middle = got.placed()[15_000]![0];
    const [stream] = got.positions.keys();
    expect((await readAll(finished(path), new Map([[stream!, middle]]))).lines).toEqual(lines.slice(15_000));
  });

  it("keeps what a cut-off gzip file holds, and says that it is cut off", async () => {
    const lines = manyLines(60_000);
    const packed = gzipSync(lines.join("\n"));
    const got = await readAll(finished(file(packed.subarray(0, packed.length - 2000), "security.log.gz")));
    expect(got.lines.length).toBeGreaterThan(40_000);
    expect(got.lines.slice(0, -1)).toEqual(lines.slice(0, got.lines.length - 1));
    expect(got.kinds()).toContain("unreadable");
    expect(got.notes.at(-1)!.message).toMatch(/security\.log\.gz: the packed data is broken or cut off \(unexpected end of file\)/);
  });

  it("does not fill the memory with what unpacks a thousandfold", async () => {
    const member = gzipSync(Buffer.alloc(1 << 20, "x"));
    const path = file(Buffer.concat([...Array.from({ length: 200 }, () => member), gzipSync("\nlast\n")]));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 5);
    const got = await readAll(finished(path));
    clearInterval(timer);
    expect(got.lines).toEqual(["last"]);
    expect(got.kinds()).toEqual(["line-too-long"]);
    expect(most - before).toBeLessThan(100 << 20);
  });

  it("skips a line of 100 MB in little memory, and names its place", async () => {
    const path = file("first\n");
    const handle = openSync(path, "a");
    for (let i = 0; i < 100; i += 1) writeSync(handle, Buffer.alloc(1 << 20, "x"));
    writeSync(handle, "\nlast\n");
    closeSync(handle);
    const before = process.memoryUsage().arrayBuffers;
    const got = await readAll(finished(path));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
    expect(got.lines).toEqual(["first", "last"]);
    expect(got.notes.map(({ message }) => message)).toEqual([`${path}: the line at byte 6 is longer than 1 MB; it was skipped`]);
  });

  it("says hostile lines a few times only", async () => {
    const got = await readAll(fileSource(file("xxxx\n".repeat(1000)), { follow: false, maxLine: 3 }));
    expect(got.lines).toEqual([]);
    expect(got.notes.map(({ message }) => /\((\d+) such/.exec(message)?.[1] ?? "1")).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "10",
      "100",
      "1000",
    ]);
  });

  it("may have a byte-order mark, Windows line ends, or be UTF-16", async () => {
    expect((await readAll(finished(file("\ufeffone\r\ntwo\r\n")))).placed()).toEqual([
      [3, "one"],
      [8, "two"],
    ]);
    const little = Buffer.from("\ufeffone é\r\ntwo\n", "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const path = file(bytes);
      const got = await readAll(finished(path));
      expect(got.lines).toEqual(["one é", "two"]);
      expect(got.kinds()).toEqual(["encoding"]);
      const [stream] = got.positions.keys();
      expect((await readAll(finished(path), new Map([[stream!, got.placed()[1]![0]]]))).lines).toEqual(["two"]);
    }
  });

  it("may be no text at all", async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 256));
    const got = await readAll(finished(file(bytes)));
    expect(got.kinds().sort()).toEqual(["binary", "encoding", "incomplete-last-line"]);
    expect(got.positions.values().next().value).toBe(bytes.length);
  });

  it("stops when told to, at a place from where it can go on", async () => {
    const lines = manyLines(50_000);
    const path = file(lines.join("\n") + "\n");
    const controller = new AbortController();
    const first = start(finished(path)).got;
    await until(() => first.lines.length > 0);
    const stopped: string[] = [];
    const positions = new Map<string, number>();
    await finished(path).run(
      {
        take: (batch) => (stopped.push(...batch.lines), positions.set(batch.stream, batch.end), controller.abort()),
        note: () => undefined,
      },
      new Map(),
      controller.signal,
    );
    expect(stopped.length).toBeLessThan(lines.length);
    expect([...stopped, ...(await readAll(finished(path), positions)).lines]).toEqual(lines);
  });
});

describe("the past of a file", () => {
  it("is read before it, oldest first, packed or not", async () => {
    const path = file("10\n");
    const beside = (ending: string, text: string, day: number) => {
      writeFileSync(path + ending, ending.endsWith(".gz") ? gzipSync(text) : text);
      utimesSync(path + ending, day, day);
    };
    beside(".1", "9\n", 9);
    beside(".2.gz", "8\n", 8);
    beside(".10.gz", "7\n", 7);
    expect((await readAll(finished(path, true))).lines).toEqual(["7", "8", "9", "10"]);
    beside(".11.gz", "0\n", 1);
    beside(".11", "6\n", 6);
    beside(".bak", "never\n", 5);
    beside("-20261120.gz", "4\n", 4);
    beside("-20261121", "5\n", 5);
    beside(".2026-11-19T23-10-05.123Z", "1\n", 1);
    beside(".2026-11-19T23-10-05.123Z-2.gz", "2\n", 2);
    beside(".2026-11-19T23-10-05.123Z-10", "3\n", 3);
    expect((await readAll(finished(path, true))).lines).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    expect((await readAll(finished(path))).lines).toEqual(["10"]);
  });

  it("is in the order of its names where one tool gave them, whatever its times", async () => {
    const path = file("d\n");
    writeFileSync(`${path}.2026-11-19T23-10-05.123Z`, "a\n");
    writeFileSync(`${path}.2026-11-19T23-10-05.123Z-2`, "b\n");
    writeFileSync(`${path}.2026-11-19T23-10-05.123Z-10.gz`, gzipSync("c\n"));
    for (const [index, ending] of ["", "-2", "-10.gz"].entries())
      utimesSync(`${path}.2026-11-19T23-10-05.123Z${ending}`, 90 - index, 90 - index);
    expect((await readAll(finished(path, true))).lines).toEqual(["a", "b", "c", "d"]);
  });

  it("is skipped and said where it cannot be read", async () => {
    const path = file("1\n");
    writeFileSync(`${path}.1.zst`, Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]));
    const got = await readAll(finished(path, true));
    expect(got.lines).toEqual(["1"]);
    expect(got.notes[0]).toMatchObject({ kind: "unreadable", source: path });
    expect(got.notes[0]!.message).toContain("packed with zstd");
  });

  it("is found again after a restart where it was packed since", async () => {
    const path = file("one\ntwo\nthree\n");
    const [stream] = (await readAll(finished(path))).positions.keys();
    writeFileSync(`${path}.3.gz`, gzipSync("older\n"));
    writeFileSync(`${path}.2.gz`, gzipSync("one\ntwo\nthree\n"));
    writeFileSync(`${path}.1`, "four\n");
    execFileSync("rm", [path]);
    writeFileSync(path, "five\n");
    const got = await readAll(finished(path), new Map([[stream!, 4]]));
    expect(got.lines).toEqual(["two", "three", "four", "five"]);
    expect(got.batches[0]!.stream).toBe(stream);
  });
});

describe("what is no readable file", () => {
  const problem = async (path: string, follow = false): Promise<string> => {
    const error: DetectError = await readAll(fileSource(path, { follow })).then(
      () => expect.fail("it was read"),
      (error) => error,
    );
    expect(error).toMatchObject({ name: "DetectError", code: "SOURCE" });
    return error.message;
  };

  it("is refused at the start, with place and way out", async () => {
    const folder = newFolder();
    expect(await problem(folder)).toBe(`${folder}: cannot be read: it is a folder; name the files, or a pattern such as folder/*.log`);
    expect(await problem(folder, true)).toContain("it is a folder");
    expect(await problem(join(folder, "none"))).toContain("no such file");
    expect(await problem(file("x\n") + "/below")).toContain("not a folder");
    symlinkSync("loop", join(folder, "loop"));
    expect(await problem(join(folder, "loop"), true)).toContain("lead in a circle");
    expect(await problem(file(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])))).toContain("packed with zstd");
  });

  it.skipIf(process.getuid?.() === 0)("is one without permission", async () => {
    const path = file("x\n");
    chmodSync(path, 0);
    expect(await problem(path)).toContain("permission denied");
  });
});

describe("a named pipe", () => {
  function pipe(): string {
    const path = join(newFolder(), "pipe");
    execFileSync("mkfifo", [path]);
    return path;
  }

  it("is read until its writer closes it", async () => {
    const path = pipe();
    expect(fileSource(path, { follow: false }).replayable).toBe(false);
    const read = readAll(finished(path));
    await writeFile(path, "one\ntwo\n");
    expect((await read).lines).toEqual(["one", "two"]);
  });

  it("has one writer after the other when followed, and can be stopped", async () => {
    const path = pipe();
    const { got, stop } = start(fileSource(path, { follow: true }));
    for (const text of ["one", "two"]) {
      await appendFile(path, `${text}\n`);
      await until(() => got.lines.includes(text));
    }
    await stop();
    expect(got.lines).toEqual(["one", "two"]);
  });

  it("can be stopped while nobody has written", async () => {
    const { got, stop } = start(finished(pipe()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await stop();
    expect(got.lines).toEqual([]);
  });
});

it("a folder of the file may be a link", async () => {
  const folder = newFolder();
  mkdirSync(join(folder, "real"));
  writeFileSync(join(folder, "real/a.log"), "x\n");
  symlinkSync("real", join(folder, "link"));
  expect((await readAll(finished(join(folder, "link/a.log")))).lines).toEqual(["x"]);
});
