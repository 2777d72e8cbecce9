import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareState, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "telltale-checkpoint-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (...values: number[]) => Uint8Array.from(values);
const checkpoint = { positions: new Map([["8:42:ab", 4096]]), seq: 17, engine: [bytes(1, 2, 3), bytes(), bytes(10, 0, 255)] };

test("what was written is read back", async () => {
  await writeCheckpoint(folder, checkpoint);
  const back = readCheckpoint(folder)!;
  expect(back.positions).toEqual(checkpoint.positions);
  expect(back.seq).toBe(17);
  expect(back.engine.map((chunk) => [...chunk])).toEqual([[1, 2, 3], [], [10, 0, 255]]);
});

test("an empty folder has no checkpoint", () => {
  expect(readCheckpoint(folder)).toBeUndefined();
});

test("a checkpoint that was cut or damaged anywhere is refused with its place and the way out", async () => {
  await writeCheckpoint(folder, checkpoint);
  const path = join(folder, "checkpoint");
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(path, whole.subarray(0, length));
    expect(() => readCheckpoint(folder), `cut to ${length} bytes`).toThrow(
      `${path}: the checkpoint is damaged or of another version; move it away`,
    );
  }
  writeFileSync(path, whole);
  appendFileSync(path, "x");
  expect(() => readCheckpoint(folder)).toThrow("damaged");
});

test("a state folder that cannot be made says which", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => prepareState(join(folder, "file", "state"))).toThrow(`${join(folder, "file", "state")}: cannot be made`);
});
