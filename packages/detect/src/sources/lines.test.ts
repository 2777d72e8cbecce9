import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter } from "./lines.ts";

type Placed = [offset: number, line: string];

interface Split {
  readonly placed: readonly Placed[];
  readonly tooLong: readonly number[];
  readonly end: number;
}

/** The plainest way to the same lines: one byte after the other over the whole input. */
function naive(bytes: Buffer, maxLine: number): Split {
  const placed: Placed[] = [];
  const tooLong: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let end = at;
    while (end < bytes.length && bytes[end] !== 0x0a) end += 1;
    let start = at;
    while (start < end && bytes[start] === 0) start += 1;
    if (at === 0 && bytes.subarray(start, start + 3).toString("hex") === "efbbbf") start += 3;
    const stop = end < bytes.length && end > start && bytes[end - 1] === 0x0d ? end - 1 : end;
    if (stop - start > maxLine) tooLong.push(at);
    else placed.push([start, bytes.subarray(start, stop).toString("utf8")]);
    at = end + 1;
  }
  return { placed, tooLong, end: bytes.length };
}

function split(bytes: Buffer, cuts: readonly number[], maxLine: number): Split {
  const placed: Placed[] = [];
  const tooLong: number[] = [];
  const splitter = new LineSplitter({ from: 0, maxLine, onOddity: (kind, offset) => kind === "line-too-long" && tooLong.push(offset) });
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const collect = (found: ReturnType<LineSplitter["push"]>) =>
    found?.lines.forEach((line, index) => placed.push([found.offsets[index]!, line]));
  for (let index = 1; index < edges.length; index += 1) {
    // One buffer for all chunks, as the readers have it: what is kept must have been copied.
    const chunk = Buffer.from(bytes.subarray(edges[index - 1], edges[index]));
    collect(splitter.push(chunk));
    chunk.fill(0x21);
  }
  collect(splitter.finish());
  return { placed, tooLong, end: splitter.position };
}

/** Bytes that have a meaning here, much oftener than chance would give them. */
const pieces = fc.oneof(
  fc.constantFrom("\n", "\r\n", "\r", "\0", "\0\0\0\n", "a", "bcd", "é", "\u{1f511}", "\ufeff").map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom([0xef], [0xbb], [0xbf], [0xff], [0xc3], [0xed, 0xa0, 0x80]).map((bytes) => Buffer.from(bytes)),
);

describe("cutting bytes into lines", () => {
  it("gives the lines and offsets of a naive split, whatever the bytes and wherever the chunks are cut", () => {
    const input = fc.tuple(
      fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.concat(parts)),
      fc.array(fc.nat(400), { maxLength: 12 }),
      fc.constantFrom(0, 1, 5, 20, 1000),
    );
    fc.assert(
      fc.property(input, ([bytes, cuts, maxLine]) => {
        expect(split(bytes, cuts, maxLine)).toEqual(naive(bytes, maxLine));
      }),
      { numRuns: 2000 },
    );
  });

  it("goes on at any line start as if it had never stopped", () => {
    const bytes = Buffer.from("one\r\ntwo é\n\nfour");
    const all = split(bytes, [], 100).placed;
    for (const [index, [offset]] of all.entries()) {
      const placed: Placed[] = [];
      const splitter = new LineSplitter({ from: offset, maxLine: 100, onOddity: () => undefined });
      for (const found of [splitter.push(bytes.subarray(offset)), splitter.finish()]) {
        found?.lines.forEach((line, at) => placed.push([found.offsets[at]!, line]));
      }
      expect(placed).toEqual(all.slice(index));
    }
  });

  it("keeps no line that is too long", () => {
    const chunk = Buffer.alloc(1 << 20, "x");
    const odd: unknown[] = [];
    const splitter = new LineSplitter({ from: 0, maxLine: 1 << 20, onOddity: (kind, offset) => odd.push([kind, offset]) });
    splitter.push(Buffer.from("first\n"));
    for (let i = 0; i < 4; i += 1) splitter.push(chunk);
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 96; i += 1) splitter.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20);
    expect(splitter.push(Buffer.from("\nlast\n"))).toEqual({ lines: ["last"], offsets: [6 + (100 << 20) + 1], end: 6 + (100 << 20) + 6 });
    expect(odd).toEqual([["line-too-long", 6]]);
  });

  it("says which bytes are no text", () => {
    const odd: unknown[] = [];
    const splitter = new LineSplitter({ from: 7, maxLine: 100, onOddity: (kind, offset) => odd.push([kind, offset]) });
    expect(splitter.push(Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x00, 0x0a]))?.lines).toEqual(["a\ufffd", "b\0"]);
    expect(odd).toEqual([
      ["encoding", 7],
      ["binary", 7],
    ]);
  });
});
