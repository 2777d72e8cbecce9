import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { open, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { causeOf, DetectError } from "../errors.ts";
import { syncFolder } from "../sources/journal/sync-folder.ts";

/** All that a detector needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** Where each stream goes on, by stream. */
  readonly positions: ReadonlyMap<string, number>;
  /** Number of the last event taken. */
  readonly seq: number;
  /** Snapshot of the engine. */
  readonly engine: readonly Uint8Array[];
}

interface Head {
  readonly version: 1;
  readonly positions: readonly (readonly [string, number])[];
  readonly seq: number;
  /** Lengths of the chunks that follow. */
  readonly chunks: readonly number[];
  /** SHA-256 of the chunks, hex: a file that was cut or damaged is not believed. */
  readonly sha256: string;
}

const name = "checkpoint";

/** Reads the checkpoint of a state folder; undefined where there is none. A damaged one throws: going on without it would repeat alerts. */
export function readCheckpoint(folder: string): Checkpoint | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const line = bytes.indexOf(10);
  const head = line === -1 ? undefined : headOf(bytes.subarray(0, line).toString("utf8"));
  if (head === undefined) throw damaged(path);
  const body = bytes.subarray(line + 1);
  if (createHash("sha256").update(body).digest("hex") !== head.sha256) throw damaged(path);
  const engine: Uint8Array[] = [];
  let from = 0;
  for (const length of head.chunks) {
    engine.push(body.subarray(from, from + length));
    from += length;
  }
  return { positions: new Map(head.positions), seq: head.seq, engine };
}

function headOf(text: string): Head | undefined {
  try {
    const head = JSON.parse(text) as Head;
    return head.version === 1 ? head : undefined;
  } catch {
    return undefined;
  }
}

function damaged(path: string): DetectError {
  const problem =
    "the checkpoint is damaged or of another version; move it away to begin anew (events since the last run may then raise their alerts again)";
  return new DetectError("STATE", { place: path, problem });
}

/** Makes the state folder. */
export function prepareState(folder: string): void {
  try {
    // Without `recursive`, which never returns on some special file systems under Node.js 20.
    if (!existsSync(dirname(folder))) prepareState(dirname(folder));
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    throw new DetectError("STATE", { place: folder, problem: `cannot be made: ${causeOf(error)}` });
  }
}

/**
 * Writes a checkpoint beside the old one, syncs it, and puts it in its place: whenever the process dies, one whole
 * checkpoint is there. Rejects with the system's error (a full disk), and leaves the old one.
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const path = join(folder, name);
  const hash = createHash("sha256");
  for (const chunk of checkpoint.engine) hash.update(chunk);
  const head: Head = {
    version: 1,
    positions: [...checkpoint.positions],
    seq: checkpoint.seq,
    chunks: checkpoint.engine.map((chunk) => chunk.byteLength),
    sha256: hash.digest("hex"),
  };
  const beside = `${path}.new`;
  try {
    const file = await open(beside, "w", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(head)}\n`);
      for (const chunk of checkpoint.engine) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}
