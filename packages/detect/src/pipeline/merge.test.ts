import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { telltaleSource } from "../event.ts";
import { createMerge } from "./merge.ts";
import type { ReadBatch } from "./reading.ts";

function batchOf(stream: string, times: readonly number[], end = times.length): ReadBatch {
  const origin = { source: stream, stream };
  return {
    stream,
    events: times.map((time, position) => ({ time, seq: 0, fields: {}, logsource: telltaleSource, origin, position })),
    next: times.map((_, index) => index + 1),
    end,
  };
}

test("finished files come out as one stream in order of time, and every position is kept", async () => {
  const sorted = fc.array(fc.array(fc.nat(1000), { maxLength: 20 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(sorted, { minLength: 1, maxLength: 4 }), async (files) => {
      const taken: number[] = [];
      const positions = new Map<string, number>();
      const merge = createMerge(
        (event, stream, next) => {
          taken.push(event.time);
          positions.set(stream, next);
        },
        (stream, end) => positions.set(stream, end),
        Infinity,
      );
      const lanes = files.map(() => merge.lane());
      await Promise.all(
        files.map(async (batches, file) => {
          const times = batches.flat().sort((a, b) => a - b);
          let from = 0;
          for (const batch of batches) {
            await lanes[file]!.put(batchOf(`f${file}`, times.slice(from, from + batch.length)));
            from += batch.length;
          }
          lanes[file]!.end();
        }),
      );
      expect(taken).toEqual(files.flat(2).sort((a, b) => a - b));
    }),
    { numRuns: 50 },
  );
});

test("a file that lies behind the others is read first, whatever the order in which the files were named", async () => {
  const taken: string[] = [];
  const merge = createMerge(
    (event, stream) => taken.push(`${stream}${event.time}`),
    () => undefined,
    Infinity,
  );
  const [today, yesterday] = [merge.lane(), merge.lane()];
  const first = today.put(batchOf("t", [200, 201]));
  await sleep(20);
  expect(taken).toEqual([]);
  await yesterday.put(batchOf("y", [100, 101]));
  yesterday.end();
  await first;
  expect(taken).toEqual(["y100", "y101", "t200", "t201"]);
});

test("while following, a quiet source holds the others up only as long as patience lasts", async () => {
  const taken: number[] = [];
  const merge = createMerge(
    (event) => taken.push(event.time),
    () => undefined,
    30,
  );
  merge.lane();
  await merge.lane().put(batchOf("busy", [1, 2, 3]));
  expect(taken).toEqual([1, 2, 3]);
  merge.stop();
});

test("a batch without events gives its position and holds nobody up", async () => {
  const ends: number[] = [];
  const merge = createMerge(
    () => undefined,
    (_, end) => ends.push(end),
    Infinity,
  );
  const lane = merge.lane();
  await lane.put(batchOf("f", [], 77));
  expect(ends).toEqual([77]);
});
