import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { journalBody, journalLine } from "./journal-line.ts";
import { Journal } from "./journal.ts";
import { linesFrom } from "./lines.ts";

const folders: string[] = [];

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-journal-"));
  folders.push(folder);
  return join(folder, "journal.jsonl");
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("a line gives its body back, and is JSON; with any byte changed it gives none", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (value, place, change) => {
        const body = JSON.stringify(value);
        const line = Buffer.from(journalLine(body));
        expect(journalBody(line)).toBe(body);
        expect(JSON.parse(line.toString())).toMatchObject({ sum: expect.any(String) });
        line[place % line.length]! ^= change;
        expect(journalBody(line)).toBeUndefined();
      },
    ),
  );
});

test("whatever is appended at whatever moment is written, in order", async () => {
  const journal = new Journal(newPath());
  const appended: Promise<number>[] = [];
  const sent: string[] = [];
  for (let at = 0; at < 300; at += 1) {
    sent.push(`line ${at}`);
    appended.push(journal.append(`line ${at}`, at % 7 === 0));
    if (at % 50 === 0) void journal.between(() => Promise.resolve());
    // Between any two steps of the writer.
    for (let turn = 0; turn < at % 9; turn += 1) await Promise.resolve();
    if (at % 5 === 0) await Promise.all(appended);
  }
  const offsets = await Promise.all(appended);
  const bytes = readFileSync(journal.path);
  expect(offsets.map((offset) => bytes.toString("utf8", offset, bytes.indexOf(10, offset)))).toEqual(sent);
  expect(bytes.toString()).toBe(sent.map((line) => `${line}\n`).join(""));
  await journal.close();
  await expect(journal.append("late", true)).rejects.toThrow("the store is closed");
});

test("lines are read with their places, however long they are", async () => {
  const path = newPath();
  const lines = ["", "a", "ä".repeat(300_000), "", "b"];
  writeFileSync(path, lines.join("\n"));
  const journal = new Journal(path);
  const read = [...linesFrom(journal.descriptor, 1)];
  expect(read.map(({ bytes }) => bytes.toString())).toEqual(lines.slice(1));
  expect(read.map(({ offset }) => offset)).toEqual([1, 3, 600_004, 600_005]);
  expect(read.map(({ isEnded }) => isEnded)).toEqual([true, true, true, false]);
  await journal.close();
});
