import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Collector, newFolder, start, until } from "../harness/collect.ts";
import type { Running } from "../harness/collect.ts";
import { fileSource } from "./file.ts";
import type { FileSourceOptions } from "./file.ts";
import type { LineBatch } from "../../contract.ts";

const writer = fileURLToPath(new URL("../harness/rotating-writer.mjs", import.meta.url));

function follow(path: string, options: Partial<FileSourceOptions> = {}, from?: ReadonlyMap<string, number>): Running {
  return start(fileSource(path, { follow: true, pollEvery: 20, ...options }), from);
}

const newPath = () => join(newFolder(), "security.log");
const has = ({ got }: Running, count: number) =>
  until(
    () => got.lines.length >= count,
    () => [got.lines, got.notes],
  );

/** Takes the first lines, and the next only when it is told to. */
class HeldUp extends Collector {
  release: () => void = () => undefined;
  private readonly gate = new Promise<void>((resolve) => (this.release = resolve));

  override take(batch: LineBatch): Promise<void> {
    super.take(batch);
    return batch.lines.length > 0 ? this.gate : Promise.resolve();
  }
}

describe("a followed file", () => {
  it("gives what is there and what is appended, each line when it has its end", async () => {
    const path = newPath();
    writeFileSync(path, "one\ntw");
    const running = follow(path);
    await has(running, 1);
    appendFileSync(path, "o\nthr");
    await has(running, 2);
    appendFileSync(path, "ee\n");
    await has(running, 3);
    expect(running.got.placed()).toEqual([
      [0, "one"],
      [4, "two"],
      [8, "three"],
    ]);
    expect(running.got.notes).toEqual([]);
  });

  it("may not exist yet, and grows under one name from its first byte", async () => {
    const path = newPath();
    const running = follow(path);
    await until(() => running.got.kinds().includes("vanished"));
    for (const text of ["o", "ne\n", "two\n", `${"x".repeat(300)}\n`]) {
      appendFileSync(path, text);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await has(running, 3);
    expect(running.got.positions.size).toBe(1);
    expect(running.got.kinds()).toEqual(["vanished", "opened"]);
  });

  it("can begin at its end, and a restart goes on there", async () => {
    const path = newPath();
    writeFileSync(path, "old\nolder\nhalf");
    const first = follow(path, { fromEnd: true });
    await until(() => first.got.positions.size === 1);
    await first.stop();
    appendFileSync(path, " of it\nnew\n");
    const second = follow(path, { fromEnd: true }, first.got.positions);
    await has(second, 2);
    expect(second.got.lines).toEqual(["half of it", "new"]);
  });

  it("is read to its end when it was renamed, then the new one", async () => {
    const path = newPath();
    writeFileSync(path, "1\n");
    const running = follow(path);
    await has(running, 1);
    appendFileSync(path, "2\n");
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, "3\n");
    writeFileSync(path, "");
    await new Promise((resolve) => setTimeout(resolve, 60));
    // The writer has not noticed yet.
    appendFileSync(`${path}.1`, "4\n");
    appendFileSync(path, "5\n");
    await has(running, 5);
    expect(running.got.lines).toEqual(["1", "2", "3", "4", "5"]);
    // Nor now.
    appendFileSync(`${path}.1`, "6\n");
    await has(running, 6);
    expect(running.got.kinds()).toContain("rotated");
  });

  it("may be rotated several times between two looks, and packed", async () => {
    const path = newPath();
    writeFileSync(path, "1\n");
    const running = follow(path, { pollEvery: 400 });
    await has(running, 1);
    appendFileSync(path, "2\n");
    writeFileSync(`${path}.4.gz`, gzipSync("never\n"));
    writeFileSync(`${path}.3.gz`, gzipSync("1\n2\n"));
    writeFileSync(`${path}.2.gz`, gzipSync("3\n"));
    writeFileSync(`${path}.1`, "4\n");
    rmSync(path);
    writeFileSync(path, "5\n");
    await has(running, 5);
    expect(running.got.lines).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("may be copied and emptied, with lines that were written meanwhile in the copy", async () => {
    const path = newPath();
    writeFileSync(path, "1\n2\n");
    const running = follow(path, { pollEvery: 300 });
    await has(running, 2);
    appendFileSync(path, "3\n");
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, "4\n");
    await has(running, 4);
    expect(running.got.lines).toEqual(["1", "2", "3", "4"]);
    expect(running.got.kinds()).toContain("truncated");
    // Longer than before at the next look.
    truncateSync(path);
    appendFileSync(path, "five and more\nsix\n");
    await has(running, 6);
    expect(running.got.lines.slice(4)).toEqual(["five and more", "six"]);
    expect(running.got.positions.size).toBe(3);
  });

  it("may be emptied under a writer that goes on at its old place", async () => {
    const path = newPath();
    writeFileSync(path, "1\n".repeat(5000));
    const running = follow(path);
    await has(running, 5000);
    truncateSync(path);
    truncateSync(path, 9000);
    appendFileSync(path, "after the hole\n");
    await has(running, 5001);
    expect(running.got.lines.at(-1)).toBe("after the hole");
  });

  it("may vanish and come back", async () => {
    const path = newPath();
    writeFileSync(path, "1\n");
    const running = follow(path);
    await has(running, 1);
    rmSync(path);
    await until(() => running.got.kinds().includes("vanished"));
    writeFileSync(path, "2\n");
    await has(running, 2);
    expect(running.got.lines).toEqual(["1", "2"]);
    await until(() => running.got.kinds().includes("opened"));
    expect(running.got.kinds().sort()).toEqual(["opened", "rotated", "vanished"]);
  });
});

describe("a restart", () => {
  it("goes on in the file that was rotated while nobody looked", async () => {
    const path = newPath();
    writeFileSync(`${path}.1`, "0\n");
    writeFileSync(path, "1\n2\n");
    const first = follow(path);
    await has(first, 2);
    await first.stop();
    appendFileSync(path, "3\n");
    renameSync(`${path}.1`, `${path}.3`);
    renameSync(path, `${path}.2`);
    writeFileSync(`${path}.1`, "4\n");
    writeFileSync(path, "5\n");
    const second = follow(path, {}, first.got.positions);
    await has(second, 3);
    expect(second.got.lines).toEqual(["3", "4", "5"]);
    expect(second.got.batches.find(({ lines }) => lines[0] === "3")!.stream).toBe(first.got.batches[0]!.stream);
  });

  it("finds what was copied and emptied while it read older files", async () => {
    const path = newPath();
    writeFileSync(`${path}.1`, "1\n2\n");
    writeFileSync(path, "3\n4\n");
    const got = new HeldUp();
    const running = start(fileSource(path, { follow: true, pollEvery: 20, withPast: true }), new Map(), got);
    await has(running, 2);
    for (const line of ["5\n", "6\n7\n"]) {
      renameSync(`${path}.1`, `${path}.2`);
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
      appendFileSync(path, line);
      if (line === "5\n") renameSync(`${path}.2`, `${path}.3`);
    }
    got.release();
    await has(running, 7);
    expect(got.lines).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(got.kinds()).toEqual(["truncated"]);
  });

  it("is not misled by an inode that is used again", async () => {
    const path = newPath();
    writeFileSync(path, "1\n2\n");
    const first = follow(path);
    await has(first, 2);
    await first.stop();
    const { ino } = statSync(path);
    writeFileSync(path, "another\nfile\n");
    expect(statSync(path).ino).toBe(ino);
    const second = follow(path, { fromEnd: true }, first.got.positions);
    await has(second, 2);
    expect(second.got.lines).toEqual(["another", "file"]);
  });
});

describe("rotation under load", () => {
  const numbersOf = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as { n: number }).n);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  const missing = (lines: readonly string[]) => {
    const seen = new Set(numbersOf(lines));
    return upTo(6000).filter((number) => !seen.has(number));
  };

  it.each(["numbered", "stamped"])("%s: every line once, in order", async (way) => {
    const path = newPath();
    const running = follow(path);
    const child = spawn(process.execPath, [writer, path, "6000", way, "60"], { stdio: ["ignore", "pipe", "inherit"] });
    let rotations = "";
    child.stdout.on("data", (chunk: Buffer) => (rotations += chunk.toString()));
    await until(
      () => child.exitCode !== null && running.got.lines.length >= 6000,
      () => [missing(running.got.lines), rotations, running.got.notes.filter(({ kind }) => kind !== "rotated")],
      20_000,
    );
    expect(numbersOf(running.got.lines)).toEqual(upTo(6000));
    expect(Number(rotations)).toBeGreaterThan(20);
  });

  it("with restarts: every line once, in order", async () => {
    const path = newPath();
    spawn(process.execPath, [writer, path, "6000", "numbered", "100"], { stdio: "ignore" });
    await until(() => existsSync(path));
    const got = new Collector();
    const end = Date.now() + 20_000;
    while (got.lines.length < 6000 && Date.now() < end) {
      const running = start(fileSource(path, { follow: true, pollEvery: 20, withPast: true }), new Map(got.positions), got);
      await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 100));
      await running.stop();
    }
    expect(readdirSync(join(path, "..")).length).toBeGreaterThan(20);
    expect(numbersOf(got.lines)).toEqual(upTo(6000));
  });
});
