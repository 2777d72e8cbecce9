import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createSealer } from "../evidence/sealer.ts";
import { verifyFiles } from "../evidence/verify.ts";
import { json } from "../formats/json.ts";
import type { BufferOptions, Loss } from "./delivery.ts";
import { createFileSink } from "./file.ts";
import { commandOf, ended } from "./harness/children.ts";
import { idsIn, lineOf, newFolder } from "./harness/lines.ts";

const mounted: string[] = [];

/** A file system of its own with room for so many kB; undefined where this may not be done. */
function smallDisk(kilobytes: number): string | undefined {
  const folder = newFolder();
  if (spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]).status !== 0) return undefined;
  mounted.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of mounted.splice(0)) spawnSync("umount", [folder]);
});

/** Fills a real disk, goes on writing, makes room again, and gives what there is in the end. */
async function fillAndFree(disk: string, options: BufferOptions) {
  const losses: Loss[] = [];
  const folder = join(disk, "logs");
  const sealer = createSealer({}, { field: "chain", format: json });
  const sink = createFileSink(
    { path: join(folder, "security.log"), fsync: "each", ...options },
    {
      field: "file",
      sealer,
      onRecovered: (loss) => {
        losses.push(loss);
        sink.write(lineOf("recovered"), 40);
      },
    },
  );
  writeFileSync(join(disk, "ballast"), Buffer.alloc(128 * 1024));
  let sent = 0;
  const send = (lines: number) => {
    for (let i = 0; i < lines; i += 1) sink.write(lineOf((sent += 1), "x".repeat(sent % 1500)), 30);
  };
  send(600);
  const full = sink.stats();
  rmSync(join(disk, "ballast"));
  await sink.flush();
  send(5);
  const after = sink.stats();
  await sink.close();
  const [ids, torn] = idsIn(folder);
  const report = await verifyFiles([join(folder, "security.log")], { formats: [json], fromStart: true });
  return { full, after, ids, torn, report, losses, sent };
}

describe("a disk that is full", () => {
  it.skipIf(process.platform !== "linux")("keeps the first lines, counts the others, and says so when there is room", async (context) => {
    const disk = smallDisk(256);
    if (disk === undefined) return context.skip();
    const { full, after, ids, torn, report, losses, sent } = await fillAndFree(disk, { bufferSize: 40_000 });
    expect(full.trouble).toBe("ENOSPC: no space left on device");
    expect(full.buffered).toBeGreaterThan(10);
    expect(full.dropped).toBeGreaterThan(100);
    expect(after).toMatchObject({ buffered: 0, dropped: full.dropped, trouble: undefined });
    expect(losses).toMatchObject([{ dropped: full.dropped, problem: "ENOSPC: no space left on device" }]);
    // The gap: everything before it in order, then what came when there was room again.
    const kept = sent - 5 - full.dropped;
    const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
    expect(ids.slice(0, kept - 50)).toEqual(numbers(1, kept - 50));
    expect(ids.slice(-6)).toEqual(["recovered", ...numbers(sent - 4, sent)]);
    expect([ids.length, new Set(ids).size, torn]).toEqual([kept + 6, kept + 6, 0]);
    expect(report).toMatchObject({ intact: true, noteCount: 0, lines: kept + 6, chains: [{ last: { seq: kept + 6 } }] });
  });

  it.skipIf(process.platform !== "linux")("keeps the last lines where that is asked for", async (context) => {
    const disk = smallDisk(256);
    if (disk === undefined) return context.skip();
    const { ids, full, report, sent } = await fillAndFree(disk, { bufferSize: 40_000, whenFull: "drop-oldest" });
    expect(full.dropped).toBeGreaterThan(100);
    expect(ids.slice(-16, -6)).toEqual(Array.from({ length: 10 }, (_, index) => String(sent - 14 + index)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(report.intact).toBe(true);
  });

  it("does not keep an application from starting: lines wait", async (context) => {
    const disk = smallDisk(64);
    if (disk === undefined) return context.skip();
    mkdirSync(join(disk, "logs"));
    const path = join(disk, "logs/security.log");
    writeFileSync(path, '{"level":30,"id":"to');
    const room = Buffer.alloc(1024);
    expect(() => {
      for (let i = 0; i < 100; i += 1) appendFileSync(join(disk, "ballast"), room);
    }).toThrow(/ENOSPC/);
    const sealer = createSealer({}, { field: "chain", format: json });
    const sink = createFileSink(path, { field: "file", sealer });
    sink.write(lineOf(1), 30);
    expect(sink.stats()).toMatchObject({ written: 0, buffered: 1, trouble: "ENOSPC: no space left on device" });
    rmSync(join(disk, "ballast"));
    await sink.flush();
    await sink.close();
    expect(idsIn(join(disk, "logs"))).toEqual([["1"], 1]);
    expect(await verifyFiles([path], { formats: [json], fromStart: true })).toMatchObject({ intact: true, chains: [{ last: { seq: 1 } }] });
  });

  it("is tried again by a timer, without another write", async (context) => {
    const disk = smallDisk(64);
    if (disk === undefined) return context.skip();
    const path = join(disk, "logs/security.log");
    const sink = createFileSink(path, { field: "file" });
    writeFileSync(join(disk, "ballast"), Buffer.alloc(48 * 1024));
    for (let id = 1; id <= 60; id += 1) sink.write(lineOf(id, "x".repeat(400)), 30);
    expect(sink.stats().buffered).toBeGreaterThan(0);
    await expect(sink.flush()).rejects.toThrow(/lines wait for .*ENOSPC/);
    rmSync(join(disk, "ballast"));
    while (sink.stats().buffered > 0) await new Promise((done) => setTimeout(done, 20));
    expect(idsIn(join(disk, "logs"))[0].length).toBe(60);
    await sink.close();
  });
});

describe("a file that may not grow (EFBIG)", () => {
  it.skipIf(process.platform === "win32")("leaves no half line, and gives up what it cannot keep", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "logs"));
    const file = { path: join(folder, "logs/security.log"), bufferSize: 8192 };
    const task = JSON.stringify({ file, chain: {}, run: "a", burst: 100, lines: 500, lineLength: 600 });
    // The shell counts in blocks of 512 or 1024 bytes.
    const command = commandOf("writer.ts", task)
      .map((part) => `'${part}'`)
      .join(" ");
    const { spawn } = await import("node:child_process");
    const { code, out, err } = await ended(spawn("sh", ["-c", `ulimit -f 40; exec ${command}`]));
    expect(err).toBe("");
    expect(code).toBe(0);
    const stats = JSON.parse(out.trim().split("\n").at(-1)!) as { written: number; dropped: number; trouble: string };
    expect(stats.trouble).toMatch(/^EFBIG/);
    const text = readFileSync(file.path, "utf8");
    expect(text.endsWith("}\n")).toBe(true);
    expect(idsIn(join(folder, "logs"))).toEqual([expect.objectContaining({ length: stats.written }), 0]);
    expect(stats.written + stats.dropped).toBe(500);
    expect(await verifyFiles([file.path], { formats: [json] })).toMatchObject({ intact: true, lines: stats.written });
    expect(readdirSync(join(folder, "logs"))).toEqual(["security.log"]);
  });
});
