import {
  createReadStream,
  createWriteStream,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  closeSync,
  fstatSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { open, rename, stat, unlink, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { syncFolder } from "./append-file.ts";

const stamp = String.raw`\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z(?:-\d+)?`;

/** `security.log.2026-11-21T23-10-05.123Z`, by the time of rotation, UTC. */
export function pastName(path: string, now: number): string {
  const name = `${path}.${new Date(now).toISOString().replaceAll(":", "-")}`;
  const isTaken = (one: string) => existsSync(one) || existsSync(`${one}.gz`);
  let free = name;
  for (let count = 1; isTaken(free); count += 1) free = `${name}-${count}`;
  return free;
}

/** Past files of this log, packed or not, oldest first. */
function pastFiles(path: string): readonly string[] {
  return namesLike(path, String.raw`${stamp}(?:\.gz)?`)
    .sort(byTime)
    .map((name) => join(dirname(path), name));
}

function namesLike(path: string, ending: string): string[] {
  const escaped = basename(path).replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const form = new RegExp(`^${escaped}(?:${ending})$`);
  return namesIn(path).filter((name) => form.test(name));
}

/** `…Z-2` comes before `…Z-10`, and both after `…Z`. */
function byTime(a: string, b: string): number {
  const parts = (name: string) => /^(.*Z)(?:-(\d+))?(?:\.gz)?$/.exec(name) ?? [];
  const [, timeA = "", countA = "0"] = parts(a);
  const [, timeB = "", countB = "0"] = parts(b);
  if (timeA !== timeB) return timeA < timeB ? -1 : 1;
  return Number(countA) - Number(countB);
}

/** Names that logrotate gives: `.1`, and `-20261121` with dateext. */
const rotatedByOthers = String.raw`\.\d{1,4}|-\d{8,14}`;

/** Files that may hold what was written last, if the file itself is empty: past ones of ours and of logrotate, newest first. */
export function predecessors(path: string): readonly string[] {
  return namesLike(path, `${stamp}|${rotatedByOthers}`)
    .map((name) => join(dirname(path), name))
    .map((file) => ({ file, changed: statSync(file).mtimeMs }))
    .sort((a, b) => b.changed - a.changed || (a.file < b.file ? 1 : -1))
    .slice(0, 3)
    .map(({ file }) => file);
}

/** Deletes all but the newest `keep`. */
export function prune(path: string, keep: number): void {
  if (keep === Infinity) return;
  const past = pastFiles(path);
  for (const file of past.slice(0, Math.max(0, past.length - keep))) unlinkSync(file);
}

/** Packs past files, all but the newest: that one is read at the next start, and shippers may still be at it. Rejects at the first failure. */
export async function packPast(path: string): Promise<void> {
  removeUnfinished(path);
  const plain = pastFiles(path).filter((file) => !file.endsWith(".gz"));
  for (const file of plain.slice(0, -1)) await pack(file);
}

/** What an earlier run left: half a packed file, or both halves of a finished one. */
function removeUnfinished(path: string): void {
  const folder = dirname(path);
  const isHalf = (name: string) => name.startsWith(`.${basename(path)}.`) && name.endsWith(".gz.tmp");
  for (const name of namesIn(path)) if (isHalf(name)) unlinkSync(join(folder, name));
  for (const file of pastFiles(path)) {
    if (!file.endsWith(".gz") && existsSync(`${file}.gz`) && isPackOf(`${file}.gz`, file)) unlinkSync(file);
  }
}

/** RFC 1952: the last four bytes are the size before packing, modulo 2^32. */
function isPackOf(packed: string, plain: string): boolean {
  const handle = openSync(packed, "r");
  try {
    const end = Buffer.alloc(4);
    const { size } = fstatSync(handle);
    return size > 18 && readSync(handle, end, 0, 4, size - 4) === 4 && end.readUInt32LE(0) === statSync(plain).size % 2 ** 32;
  } finally {
    closeSync(handle);
  }
}

/** The packed file takes its name only when all of it is on the disk; only then is the plain one deleted. */
async function pack(file: string): Promise<void> {
  const half = join(dirname(file), `.${basename(file)}.gz.tmp`);
  const { mode, atime, mtime } = await stat(file);
  await pipeline(createReadStream(file), createGzip(), createWriteStream(half, { mode: mode & 0o777 }));
  const handle = await open(half, "r+");
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await utimes(half, atime, mtime);
  await rename(half, `${file}.gz`);
  syncFolder(file);
  await unlink(file);
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path));
  } catch {
    return [];
  }
}
