import { writeSync } from "node:fs";
import { openJournal } from "../journal/journal.ts";

/** Appends lines to the journal in `argv[2]` until it is killed; says on standard output the number of each line that is kept. */
const journal = await openJournal(process.argv[2]!, { segmentSize: 20_000, sync: process.argv[3] === "sync" });

async function append(writer: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const text = `${process.pid}-${writer}-${count}`;
    const lines = [text, "x".repeat(Math.floor(Math.random() * 2000))];
    const first = await journal.append({ source: "test", stream: "test", lines, received: 0 });
    writeSync(1, `${first} ${text}\n`);
  }
}

await Promise.all([append(1), append(2), append(3)]);
