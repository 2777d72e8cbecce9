import { createSocket } from "node:dgram";
import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { start, until } from "./harness/collect.ts";
import type { Running } from "./harness/collect.ts";
import { FrameReader } from "./syslog-frames.ts";
import { syslogSource } from "./syslog.ts";

async function serve(transport: "udp" | "tcp", maxLine?: number): Promise<Running & { readonly port: number }> {
  const running = start(syslogSource({ transport, port: 0, maxLine }));
  await until(() => running.got.notes.length > 0);
  return { ...running, port: Number(/:(\d+)$/.exec(running.got.notes[0]!.message)![1]) };
}

async function send(port: number, text: string | Buffer): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await new Promise<void>((resolve) => socket.end(text, resolve));
}

describe("syslog over UDP", () => {
  it("is one message a datagram, in the order of the peer", async () => {
    const { got, port } = await serve("udp");
    const socket = createSocket("udp4");
    for (let i = 0; i < 50; i += 1) {
      await new Promise((resolve) => socket.send(`<34>1 - host app - - - message ${i}\n`, port, "127.0.0.1", resolve));
    }
    await until(() => got.lines.length === 50);
    socket.close();
    expect(got.lines).toEqual(Array.from({ length: 50 }, (_, i) => `<34>1 - host app - - - message ${i}`));
    expect(got.batches[0]).toMatchObject({ stream: "udp:127.0.0.1", format: "syslog", source: "syslog+udp://127.0.0.1:0" });
    expect(got.placed().map(([offset]) => offset)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});

describe("syslog over TCP", () => {
  it("is lines or counted messages, each connection its own way", async () => {
    const { got, port } = await serve("tcp");
    await send(port, "<1>one\n<2>two\n");
    await until(() => got.lines.length === 2);
    await send(port, "6 <3>six12 <4>two\nlines<5>line\n7 <6>last");
    await until(() => got.lines.length === 6);
    expect(got.lines).toEqual(["<1>one", "<2>two", "<3>six", "<4>two lines", "<5>line", "<6>last"]);
    expect([...got.positions.keys()]).toEqual(["tcp:127.0.0.1:1", "tcp:127.0.0.1:2"]);
  });

  it("skips what is too long, counted or not", async () => {
    const { got, port } = await serve("tcp", 100);
    await send(port, `${"x".repeat(5000)}\n5000 ${"y".repeat(5000)}5 <1>ok`);
    await until(() => got.lines.length === 1);
    expect(got.lines).toEqual(["<1>ok"]);
    expect(got.kinds().filter((kind) => kind === "line-too-long").length).toBe(2);
  });

  it("ends while connections are open", async () => {
    const { got, port, stop } = await serve("tcp");
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.on("close", resolve));
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write("<1>half");
    await stop();
    await closed;
    expect(got.lines).toEqual([]);
  });
});

it("frames are the same however they are cut", () => {
  const message = fc.string({ minLength: 1, maxLength: 20 }).map((text) => `<1>${text.replace(/[\n\r\0]/g, " ")}`);
  const sent = fc.array(fc.tuple(message, fc.boolean()), { maxLength: 10 });
  fc.assert(
    fc.property(sent, fc.array(fc.nat(300), { maxLength: 10 }), (messages, cuts) => {
      const bytes = Buffer.from(
        messages.map(([text, isCounted]) => (isCounted ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`)).join(""),
      );
      const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
      const reader = new FrameReader();
      const got = edges.slice(1).map((edge, index) => reader.toLines(bytes.subarray(edges[index], edge)));
      expect(Buffer.concat(got).toString()).toBe(messages.map(([text]) => `${text}\n`).join(""));
    }),
  );
});
