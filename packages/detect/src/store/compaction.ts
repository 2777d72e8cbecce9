import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { AlertIndex, outputBody } from "./alert-index.ts";
import type { Entry } from "./alert-index.ts";
import { journalBody, journalLine } from "./journal-line.ts";
import { bytesAt } from "./lines.ts";
import type { AlertState } from "./state-file.ts";

/** Beyond the number that is kept, so many more may gather before the journal is written anew. */
const slack = 1.25;

/** Whether most of the journal is of no use any more, or far more alerts stand there than are kept. */
export function isWorthCompacting(index: AlertIndex, size: number, keep: number, smallest: number): boolean {
  if (index.entries.size > keep * slack + 1) return true;
  return size > smallest && size > index.liveBytes * 2;
}

/** The alerts that stay: all that an attached output waits for, then those that nobody has closed, the newest first. */
export function keptEntries(index: AlertIndex, keep: number, stateOf: (id: string) => AlertState): ReadonlySet<string> {
  const awaited = new Set(
    [...index.attached].flatMap((output) => [...(index.pending.get(output) ?? [])]).map((key) => index.messages.get(key)?.id),
  );
  const rank = ({ id }: Entry) => (awaited.has(id) ? 0 : stateOf(id) === "closed" ? 2 : 1);
  // A Map keeps the order in which they came, and sorting is stable.
  const ranked = [...index.entries.values()].reverse().sort((a, b) => rank(a) - rank(b));
  return new Set(ranked.filter((entry, at) => at < keep || awaited.has(entry.id)).map(({ id }) => id));
}

/** Writes a journal of what is kept, synced: the lines as they stand, then what each output waits for. Gives its index. */
export async function writeCompacted(path: string, from: number, index: AlertIndex, kept: ReadonlySet<string>): Promise<AlertIndex> {
  const to = openSync(path, "w", 0o600);
  const next = new AlertIndex();
  let size = 0;
  const put = (line: Buffer) => {
    const body = journalBody(line);
    // What the disk garbled since is not carried on.
    if (body === undefined) return;
    writeAll(to, Buffer.concat([line, lineEnd]));
    next.take(body, size, line.length);
    size += line.length + 1;
  };
  try {
    for (const { id, offset, length } of index.messages.values()) {
      if (!kept.has(id)) continue;
      put(bytesAt(from, offset, length));
      // Events that come meanwhile shall be taken.
      if (next.messages.size % 64 === 0) await new Promise((done) => setImmediate(done));
    }
    for (const [output, keys] of index.pending) {
      const pending = [...keys].filter((key) => next.messages.has(key));
      put(Buffer.from(journalLine(outputBody(output, index.attached.has(output) ? { pending } : { detached: true, pending }))));
    }
    fsyncSync(to);
  } finally {
    closeSync(to);
  }
  return next;
}

const lineEnd = Buffer.from("\n");

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
