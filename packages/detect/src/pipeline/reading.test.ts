import { expect, test } from "vitest";
import type { LineBatch } from "../contract.ts";
import { createReader } from "../formats/index.ts";
import { createBatchReader } from "./reading.ts";
import { Tallies } from "./tally.ts";
import type { Note } from "./tally.ts";

const received = Date.UTC(2026, 10, 22, 12);

function readAll(lines: readonly string[]) {
  const notes: Note[] = [];
  const tallies = new Tallies();
  const offsets = lines.map((_, index) => lines.slice(0, index).join("\n").length + (index === 0 ? 0 : 1));
  const batch: LineBatch = { source: "auth.log", stream: "8:1:ab", lines, offsets, end: lines.join("\n").length + 1, received };
  const read = createBatchReader(
    () => createReader(),
    tallies,
    (note) => notes.push(note),
  )(batch);
  return { read, tally: tallies.of("auth.log"), messages: notes.map(({ message }) => message), offsets, end: batch.end };
}

const failed = (time: string) => `{"event":"authn_login_fail","time":"${time}","level":40,"actor":{"id":"ada"},"writer":"w","seq":1}`;

test("a line that says it was repeated counts so often, and is read again until its last repetition was taken", () => {
  const lines = [
    "Nov 22 10:00:20 web-1 sshd[1015]: Failed password for root from 198.51.100.12 port 50015 ssh2",
    "Nov 22 10:00:22 web-1 sshd[1015]: message repeated 4 times: [ Failed password for root from 198.51.100.12 port 50015 ssh2]",
  ];
  const { read, tally, offsets, end } = readAll(lines);
  expect(read.events.map(({ fields, position }) => [fields["event"], position])).toEqual([
    ["authn_login_fail", 0],
    ...Array.from({ length: 4 }, () => ["authn_login_fail", offsets[1]]),
  ]);
  expect(read.next).toEqual([offsets[1], offsets[1], offsets[1], offsets[1], end]);
  expect(tally).toMatchObject({ lines: 2, events: 5 });
});

test("a line may claim any number; a thousand are believed", () => {
  const line =
    "Nov 22 10:00:22 web-1 sshd[1]: message repeated 999999999 times: [ Failed password for root from 198.51.100.12 port 50015 ssh2]";
  expect(readAll([line]).read.events).toHaveLength(1000);
});

test("unreadable lines are counted, and the first five are shown with their place", () => {
  const { read, tally, messages, offsets } = readAll([failed("2026-11-22T11:00:00.000Z"), ...Array.from({ length: 7 }, () => "{half")]);
  expect(read.events).toHaveLength(1);
  expect(tally).toMatchObject({ lines: 8, events: 1, unreadable: 7 });
  expect(messages).toHaveLength(5);
  expect(messages[0]).toContain(`auth.log: cannot read the line at byte ${offsets[1]}: `);
  expect(messages[4]).toContain("further ones are only counted");
});

test("an event whose clock is far ahead counts at the time it arrived, and that is said once", () => {
  const { read, tally, messages } = readAll([
    failed("2099-01-01T00:00:00.000Z"),
    failed("2099-01-01T00:00:01.000Z"),
    failed("2026-11-22T12:09:00.000Z"),
  ]);
  expect(read.events.map(({ time }) => time)).toEqual([received, received, received + 9 * 60_000]);
  expect(tally.future).toBe(2);
  expect(messages).toEqual([
    expect.stringContaining("auth.log: the event at byte 0 is more than 10 minutes ahead of this machine's clock"),
  ]);
});
