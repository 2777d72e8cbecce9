import { spawn } from "node:child_process";
import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Collector, readAll, start, until } from "./harness/collect.ts";
import { stdinSource } from "./stdin.ts";

describe("standard input", () => {
  it("is read from a pipe to its end, the last line without its end too", async () => {
    const child = spawn(process.execPath, [
      "-e",
      "for (let i = 0; i < 50000; i += 1) process.stdout.write(`line ${i}\\n`); process.stdout.write('half')",
    ]);
    const got = await readAll(stdinSource(child.stdout));
    expect(got.lines).toEqual([...Array.from({ length: 50_000 }, (_, i) => `line ${i}`), "half"]);
    expect(got.kinds()).toEqual(["incomplete-last-line"]);
    expect(got.positions.get("stdin")).toBe(got.placed().at(-1)![0] + 4);
  });

  it("waits for the receiver", async () => {
    const stream = Readable.from([Buffer.from("a\n"), Buffer.from("b\n")]);
    const order: string[] = [];
    const slow = new (class extends Collector {
      override async take(batch: Parameters<Collector["take"]>[0]): Promise<void> {
        order.push(`begin ${batch.lines[0]}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
        order.push(`end ${batch.lines[0]}`);
      }
    })();
    await stdinSource(stream).run(slow, new Map(), new AbortController().signal);
    expect(order).toEqual(["begin a", "end a", "begin b", "end b"]);
  });

  it("stops when told to, and says where it breaks", async () => {
    const stream = new PassThrough();
    const { got, stop } = start(stdinSource(stream));
    stream.write("a\n");
    await until(() => got.lines.length === 1);
    await stop();
    expect(stream.destroyed).toBe(true);

    const broken = new PassThrough();
    const second = start(stdinSource(broken));
    broken.write("b\nc");
    await until(() => second.got.lines.length === 1);
    broken.destroy(new Error("the other side went away"));
    await until(() => second.got.kinds().includes("disconnected"));
    await second.stop();
  });
});
