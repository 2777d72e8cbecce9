import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { lineOf } from "../sinks/harness/lines.ts";
import { check, checkBytes, forge, lineAt, placeOf, produce, sealedOf, splice } from "./harness/tampering.ts";
import type { At, Files } from "./harness/tampering.ts";
import type { ProblemKind, VerifyReport } from "./report.ts";

const count = 80;
let files: Files;

beforeAll(async () => {
  files = await produce(count);
});

/** More of them: `TELLTALE_RUNS=5000`. */
const numRuns = Number(process.env["TELLTALE_RUNS"] ?? 40);

const line = (least = 0, most = count - 1) => fc.integer({ min: least, max: most });

/** The first problem is of one of these kinds and stands there. */
function checkFirst(report: VerifyReport, kinds: readonly ProblemKind[], [file, at]: At): void {
  const [first] = report.problems;
  expect(report.intact).toBe(false);
  expect(kinds).toContain(first?.kind);
  expect([first?.file.split("/").at(-1), first?.line]).toEqual([String(file), at + 1]);
}

const checkProperty = (property: fc.IAsyncProperty<unknown>) => fc.assert(property, { numRuns });

describe("files as they were written", () => {
  it("are intact over rotation and restart, in whatever order they are given", async () => {
    expect(files.length).toBeGreaterThan(5);
    await checkProperty(
      fc.asyncProperty(fc.nat(20), async (shift) => {
        const report = await check(files, "\n", {}, shift);
        expect(report.problems).toEqual([]);
        expect(report.notes).toEqual([]);
        expect(report.intact).toBe(true);
        expect(report.chains).toMatchObject([{ lines: count, first: { seq: 1 }, last: { seq: count } }]);
      }),
    );
  });

  it("may end in a line that a crash tore", async () => {
    const last = Buffer.from(files.at(-1)!.join("\n"));
    const lineStart = last.lastIndexOf("\n") + 1;
    await checkProperty(
      fc.asyncProperty(fc.integer({ min: lineStart + 1, max: last.length - 1 }), async (cut) => {
        const report = await checkBytes([
          ...files.slice(0, -1).map((lines) => Buffer.from(`${lines.join("\n")}\n`)),
          last.subarray(0, cut),
        ]);
        expect(report.problems).toEqual([]);
        expect(report.intact).toBe(true);
        expect(report.notes).toMatchObject([{ kind: "torn", line: files.at(-1)!.length }]);
      }),
    );
  });

  it("may lack the newline of the last line", async () => {
    const report = await check(files, "");
    expect(report).toMatchObject({ intact: true, noteCount: 0, chains: [{ last: { seq: count } }] });
  });

  it("may lack their oldest, unless asked for", async () => {
    const rest = files.slice(2);
    const kept = await check(rest, "\n", { fromStart: false });
    expect(kept).toMatchObject({ intact: true, notes: [{ kind: "missing-head", line: 1 }] });
    checkFirst(await check(rest), ["missing-head"], [0, 0]);
  });
});

describe("what is found, and where", () => {
  it("a byte that was changed", async () => {
    await checkProperty(
      fc.asyncProperty(line(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (nth, offset, change) => {
        const at = placeOf(files, nth);
        const bytes = Buffer.from(lineAt(files, at));
        const where = offset % bytes.length;
        const byte = bytes[where]! ^ change;
        fc.pre(byte !== 0x0a);
        bytes[where] = byte;
        const [file, index] = at;
        const all = files.map((lines, each) => {
          if (each !== file) return Buffer.from(`${lines.join("\n")}\n`);
          const parts = lines.map((one, other) => (other === index ? bytes : Buffer.from(one)));
          return Buffer.concat(parts.flatMap((one) => [one, Buffer.from("\n")]));
        });
        // Without a line after it, nothing tells a line that lost its seal from one that was added.
        checkFirst(await checkBytes(all), nth === count - 1 ? ["changed", "inserted", "bad-signature"] : ["changed", "bad-signature"], at);
      }),
    );
  });

  it("a line whose content was changed and whose hash was made to fit", async () => {
    await checkProperty(
      fc.asyncProperty(line(0, count - 2), async (nth) => {
        const at = placeOf(files, nth);
        const { seal } = sealedOf(lineAt(files, at));
        const forged = forge(lineOf("forged"), seal.seq, seal.prev, seal.chain);
        checkFirst(await check(splice(files, at, 1, forged)), nth === 0 ? ["changed", "unsigned"] : ["changed"], at);
      }),
    );
  });

  it("lines that were removed", async () => {
    await checkProperty(
      fc.asyncProperty(line(1, count - 2), fc.integer({ min: 1, max: 5 }), async (nth, many) => {
        const left = Math.min(many, count - 1 - nth);
        let rest = files;
        for (let i = 0; i < left; i += 1) rest = splice(rest, placeOf(rest, nth), 1);
        const report = await check(rest);
        checkFirst(report, ["removed"], placeOf(rest, nth));
        expect(report.problems[0]).toMatchObject({
          seq: nth + 1,
          found: expect.stringContaining(left === 1 ? "1 line is" : `${left} lines are`),
        });
      }),
    );
  });

  it("a line that was added, sealed or not", async () => {
    const added = fc.constantFrom("plain text", lineOf("added"), "{", " ", "\u0000");
    await checkProperty(
      fc.asyncProperty(line(1, count), added, async (nth, text) => {
        const [file, index] = placeOf(files, nth - 1);
        const at: At = [file, index + 1];
        checkFirst(await check(splice(files, at, 0, text)), ["inserted"], at);
      }),
    );
  });

  it("a line that was added with the number and hash that fit its place", async () => {
    await checkProperty(
      fc.asyncProperty(line(1, count - 2), fc.integer({ min: 1, max: 4 }), async (nth, many) => {
        const at = placeOf(files, nth);
        let { seq, prev, chain } = sealedOf(lineAt(files, at)).seal;
        const forged: string[] = [];
        for (let i = 0; i < Math.min(many, count - 1 - nth); i += 1, seq += 1) {
          forged.push(forge(lineOf("forged"), seq, prev, chain));
          prev = sealedOf(forged.at(-1)!).seal.hash;
        }
        checkFirst(await check(splice(files, at, 0, ...forged)), ["inserted"], at);
      }),
    );
  });

  it("a line that stands there twice", async () => {
    await checkProperty(
      fc.asyncProperty(line(), line(), async (from, to) => {
        fc.pre(from <= to);
        const [file, index] = placeOf(files, to);
        const at: At = [file, index + 1];
        checkFirst(await check(splice(files, at, 0, lineAt(files, placeOf(files, from)))), ["inserted"], at);
      }),
    );
  });

  it("lines that changed places", async () => {
    await checkProperty(
      fc.asyncProperty(line(0, count - 2), line(1), async (one, other) => {
        fc.pre(one < other);
        const [a, b] = [placeOf(files, one), placeOf(files, other)];
        const swapped = splice(splice(files, a, 1, lineAt(files, b)), b, 1, lineAt(files, a));
        checkFirst(await check(swapped), one === 0 ? ["missing-head", "unsigned"] : ["reordered"], a);
      }),
    );
  });

  it("a line that was moved", async () => {
    await checkProperty(
      fc.asyncProperty(line(1), line(1), async (from, to) => {
        fc.pre(from !== to);
        const text = lineAt(files, placeOf(files, from));
        const without = splice(files, placeOf(files, from), 1);
        const [file, index] = placeOf(without, to - 1);
        const moved = splice(without, [file, index + 1], 0, text);
        checkFirst(await check(moved), ["reordered"], placeOf(moved, Math.min(from, to)));
      }),
    );
  });

  it("the end of an older file that was cut off", async () => {
    await checkProperty(
      fc.asyncProperty(fc.integer({ min: 0, max: files.length - 2 }), fc.nat(), async (file, offset) => {
        const all = files.map((lines) => Buffer.from(`${lines.join("\n")}\n`));
        // Of a file without any sealed line left, nobody could tell where it belongs.
        const first = all[file]!.indexOf("\n") + 1;
        const cut = first + (offset % (all[file]!.length - first - 1));
        all[file] = all[file]!.subarray(0, cut);
        const before = all[file]!.toString("latin1").split("\n").length - 1;
        const isBetween = all[file]!.at(-1) === 0x0a;
        // A line that only lacks its newline is whole.
        const isWhole = files[file]!.some((_, index) => Buffer.byteLength(files[file]!.slice(0, index + 1).join("\n")) === cut);
        checkFirst(await checkBytes(all), ["changed", "removed"], isBetween || isWhole ? [file + 1, 0] : [file, before]);
      }),
    );
  });

  it("the end of the newest file, against a line noted down before", async () => {
    const { seal } = sealedOf(files.at(-1)!.at(-1)!);
    const last = { seq: seal.seq, hash: seal.hash };
    const shorter = splice(files, [files.length - 1, files.at(-1)!.length - 1], 1);
    expect(await check(files, "\n", { last })).toMatchObject({ intact: true });
    expect(await check(shorter)).toMatchObject({ intact: true });
    expect(await check(shorter, "\n", { last })).toMatchObject({ intact: false, problems: [{ kind: "missing-tail", seq: seal.seq }] });
  });
});
