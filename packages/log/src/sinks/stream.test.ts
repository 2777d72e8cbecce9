import { spawn } from "node:child_process";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { createSealer } from "../evidence/sealer.ts";
import { verifyFiles } from "../evidence/verify.ts";
import { json } from "../formats/json.ts";
import type { SinkStats } from "../contract.ts";
import type { Loss } from "./delivery.ts";
import { commandOf, ended } from "./harness/children.ts";
import { idsOf, lineOf, newFolder } from "./harness/lines.ts";
import { createStreamSink } from "./stream.ts";

const parts = { field: "outputs[0].stream" };
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe("every kind of stream that pino writes to", () => {
  const kinds = {
    "a destination that writes at once": (path: string) => pino.destination({ dest: path, sync: true }),
    "a destination that writes later": (path: string) => pino.destination({ dest: path, sync: false }),
    "a destination that collects": (path: string) => pino.destination({ dest: path, sync: false, minLength: 4096 }),
    "a transport in a worker": (path: string) => pino.transport({ target: "pino/file", options: { destination: path } }),
    "a multistream of low and high levels": (path: string) =>
      pino.multistream([
        { level: "fatal", stream: pino.destination({ dest: path, sync: true }) },
        { level: 90 as unknown as "fatal", stream: pino.destination({ dest: `${path}.90`, sync: true }) },
      ]),
    "a Writable": (path: string) => createWriteStream(path),
  };

  it.each(Object.entries(kinds))("%s gets every line, whatever its level, sealed", async (_, open) => {
    const path = join(newFolder(), "out");
    const sealer = createSealer({}, { field: "chain", format: json });
    const sink = createStreamSink(open(path), {}, { ...parts, sealer });
    for (let id = 1; id <= 500; id += 1) {
      sink.write(lineOf(id, "x".repeat(500)), 30);
      if (id % 50 === 0) await new Promise(setImmediate);
    }
    await sink.flush();
    expect(idsOf(readFileSync(path, "utf8")).join()).toBe(ids(1, 500).join());
    expect(await verifyFiles([path], { formats: [json], fromStart: true })).toMatchObject({ intact: true, lines: 500 });
    expect(sink.stats()).toEqual({ written: 500, buffered: 0, dropped: 0, trouble: undefined });
    await sink.close();
    sink.write(lineOf("late"), 30);
    expect(sink.stats().dropped).toBe(1);
  });

  it("flushes at once what can be flushed at once", () => {
    const path = join(newFolder(), "out");
    writeFileSync(path, "");
    const destination = pino.destination({ dest: path, sync: false, minLength: 4096 });
    const sink = createStreamSink(destination, {}, parts);
    return new Promise<void>((done) =>
      destination.on("ready", () => {
        sink.write(lineOf(1), 30);
        sink.flushSync();
        expect(idsOf(readFileSync(path, "utf8"))).toEqual(["1"]);
        done();
      }),
    );
  });
});

describe("a stream that loses lines by itself", () => {
  it("is refused: a transport with several targets, or with a level", async () => {
    const target = { target: "pino/file", options: { destination: join(newFolder(), "out") } };
    for (const targets of [[target, target], [{ ...target, level: "error" }]]) {
      const transport = pino.transport({ targets });
      expect(() => createStreamSink(transport, {}, parts)).toThrow(/outputs\[0\]\.stream is a transport with several targets/);
      await new Promise((ready) => transport.once("ready", ready));
      transport.end();
    }
    for (const nothing of [{}, undefined, null, "stdout"]) {
      expect(() => createStreamSink(nothing as never, {}, parts)).toThrow(/outputs\[0\]\.stream has no write/);
    }
  });
});

describe("a stream that is slow", () => {
  it("gets lines in order when it drains; beyond the buffer they are dropped, counted and told", async () => {
    const got: string[] = [];
    let free: (() => void) | undefined;
    const slow = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _, done) => {
        got.push(chunk.toString());
        free = done;
      },
    });
    const losses: Loss[] = [];
    const sealer = createSealer({}, { field: "chain", format: json });
    const sink = createStreamSink(slow, { bufferSize: 4096 }, { ...parts, sealer, onRecovered: (loss) => losses.push(loss) });
    for (let id = 1; id <= 200; id += 1) sink.write(lineOf(id), 30);
    const { buffered, dropped, trouble } = sink.stats();
    expect(buffered).toBeGreaterThan(10);
    expect(buffered + dropped).toBe(199);
    expect(trouble).toMatch(/slower than they come/);
    const state = { isFlushed: false };
    const flushed = sink.flush().then(() => (state.isFlushed = true));
    while (!state.isFlushed) {
      const done = free;
      free = undefined;
      done?.();
      await new Promise(setImmediate);
    }
    await flushed;
    expect(losses).toMatchObject([{ dropped }]);
    expect(idsOf(got.join(""))).toEqual(ids(1, buffered + 1));
    const path = join(newFolder(), "out");
    writeFileSync(path, got.join(""));
    expect(await verifyFiles([path], { formats: [json] })).toMatchObject({ intact: true, lines: buffered + 1 });
  });
});

describe("a stream that breaks", () => {
  it("neither throws nor ends the process, and what it had not written is counted", async () => {
    const broken = new PassThrough();
    broken.resume();
    const sink = createStreamSink(broken, {}, parts);
    sink.write(lineOf(1), 30);
    await sink.flush();
    broken.destroy(new Error("the wire is cut"));
    await sleep(5);
    for (let id = 2; id <= 4; id += 1) sink.write(lineOf(id), 30);
    expect(sink.stats()).toMatchObject({ written: 1, buffered: 3, trouble: "the wire is cut" });
    await expect(sink.flush()).rejects.toThrow("the wire is cut");
    sink.flushSync();
    await sink.close();
    expect(sink.stats()).toMatchObject({ written: 1, buffered: 0, dropped: 3 });
  });

  it("may be a worker that has gone", async () => {
    const worker = createRequire(import.meta.url)("thread-stream") as new (options: object) => Writable;
    const script = join(newFolder(), "worker.cjs");
    writeFileSync(
      script,
      "module.exports = () => { setTimeout(() => process.exit(1), 50); return new (require('stream').Writable)({ write(c, e, cb) { cb(); } }); };",
    );
    const stream = new worker({ filename: script });
    const sink = createStreamSink(stream, {}, parts);
    sink.write(lineOf(1), 30);
    await new Promise((closed) => stream.on("close", closed));
    sink.write(lineOf(2), 30);
    sink.flushSync();
    expect(sink.stats()).toMatchObject({ buffered: 1, trouble: expect.stringMatching(/exit/) });
    await sink.close();
  });

  it("or any object whose write throws", () => {
    const sink = createStreamSink(
      {
        write: () => {
          throw new Error("no");
        },
      },
      {},
      parts,
    );
    sink.write(lineOf(1), 30);
    expect(sink.stats()).toMatchObject({ written: 0, buffered: 1, trouble: "no" });
  });
});

interface Report extends SinkStats {
  readonly failure: string;
}

/** Runs the writer into a shell command; gives what came through and what the writer says. */
async function piped(way: string, count: number, reader: string): Promise<{ readonly got: string; readonly report: Report }> {
  const file = join(newFolder(), "report");
  const writer = commandOf("pipe-writer.ts", way, String(count), file)
    .map((part) => `'${part}'`)
    .join(" ");
  const { out } = await ended(spawn("sh", ["-c", `${writer} | ${reader}`]));
  return { got: out, report: JSON.parse(readFileSync(file, "utf8")) as Report };
}

describe.each(["descriptor", "pino-sync", "stdout"])("standard output by %s", (way) => {
  it("into a reader that is slow at first: every line, in order", async () => {
    const { got, report } = await piped(way, 300, "(sleep 0.7; cat)");
    expect(idsOf(got).join()).toBe(ids(1, 300).join());
    expect(report).toMatchObject({ written: 300, dropped: 0, buffered: 0, failure: "" });
  });

  it("into a reader that closes its end: no exception, and the loss is known", async () => {
    const { got, report } = await piped(way, 500, "head -n 3");
    expect(idsOf(got)).toEqual(ids(1, 3));
    expect(report.trouble).toMatch(/EPIPE|closed/);
    expect(report.buffered + report.dropped).toBeGreaterThan(100);
    expect(report.buffered + report.dropped + report.written).toBe(500);
    expect(report.failure).not.toBe("");
  });
});
