import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SinkStats } from "../contract.ts";
import { createDescriptorSink } from "./descriptor.ts";
import { commandOf, ended } from "./harness/children.ts";
import { idsOf, lineOf, newFolder } from "./harness/lines.ts";

describe("a descriptor", () => {
  it.skipIf(process.platform !== "linux")("that is a pipe which does not block is tried again without waiting (EAGAIN)", async () => {
    const report = join(newFolder(), "report");
    const writer = commandOf("nonblocking.ts", "400", report)
      .map((part) => `'${part}'`)
      .join(" ");
    // Perl sets the pipe not to block; the writer inherits it.
    const unblock = `perl -e 'use Fcntl; fcntl(STDOUT, F_SETFL, O_NONBLOCK | O_WRONLY) or die; exec @ARGV' -- ${writer}`;
    const { out, err } = await ended(spawn("sh", ["-c", `${unblock} | (sleep 1; cat)`]));
    expect(err).toBe("");
    expect(idsOf(out).join()).toBe(Array.from({ length: 400 }, (_, index) => index + 1).join());
    const { atOnce, end } = JSON.parse(readFileSync(report, "utf8")) as { atOnce: SinkStats; end: SinkStats };
    expect(atOnce.trouble).toMatch(/^EAGAIN/);
    expect(atOnce.buffered).toBeGreaterThan(100);
    expect(end).toEqual({ written: 400, buffered: 0, dropped: 0 });
  });

  it.skipIf(process.platform !== "linux")("that takes nothing keeps lines and says why", async () => {
    const full = openSync("/dev/full", "w");
    const sink = createDescriptorSink(full, { bufferSize: 4096 }, { field: "stdout" });
    for (let id = 1; id <= 100; id += 1) sink.write(lineOf(id), 30);
    const { written, buffered, dropped, trouble } = sink.stats();
    expect([written, trouble]).toEqual([0, "ENOSPC: no space left on device"]);
    expect(buffered + dropped).toBe(100);
    await expect(sink.flush()).rejects.toThrow(/lines wait for descriptor/);
    await sink.close();
    expect(sink.stats()).toMatchObject({ buffered: 0, dropped: 100 });
    closeSync(full);
  });
});
