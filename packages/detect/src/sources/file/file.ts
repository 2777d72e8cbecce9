import { access, constants, stat } from "node:fs/promises";
import { statSync } from "node:fs";
import type { Stats } from "node:fs";
import type { Positions, Receiver, Source } from "../../contract.ts";
import { DetectError } from "../../errors.ts";
import { defaultMaxLine, LineFeed } from "../feed.ts";
import { readStream } from "../stdin.ts";
import { Bell } from "./bell.ts";
import { Follower } from "./follow.ts";
import { itinerary } from "./legs.ts";
import { openPipe } from "./pipe.ts";
import { readLeg } from "./read-leg.ts";
import { packingOf, readAt, withFile } from "./text.ts";

export interface FileSourceOptions {
  /** False: reads to the end, then resolves. True: waits for more, through rotations, until the signal aborts. */
  readonly follow: boolean;
  /** On a first start, begins behind the last line that is there. Default: false. Only when following. */
  readonly fromEnd?: boolean;
  /** On a first start, reads the files that this log was rotated to before it, oldest first. Default: false. */
  readonly withPast?: boolean;
  /** Longest line, bytes. A longer one is skipped and said. Default: 1 MiB. */
  readonly maxLine?: number;
  /** Milliseconds between two looks at a file that is followed; the system's own notices come sooner. Default: 250. */
  readonly pollEvery?: number;
}

type Settings = Required<FileSourceOptions>;

/**
 * Lines of one log file: plain or gzip (by its first bytes, not its name), UTF-8, or UTF-16 with a byte-order mark. Named pipes and
 * `/dev/stdin` are read as streams, without positions.
 *
 * A stream is `device:inode:hash of the first line`, so a file keeps its name through renames, and another file in the same inode has
 * another. Positions are bytes of the unpacked text. After a restart it goes on in the file where it left off, wherever that was rotated to,
 * and reads every newer one. Lines of one source come in order, one batch at a time. A batch without lines says where a stream begins.
 * A packed file is read once, also when following. Past files that begin with the same line cannot be told apart once they are packed.
 */
export function fileSource(path: string, options: FileSourceOptions): Source {
  const settings: Settings = { fromEnd: false, withPast: false, maxLine: defaultMaxLine, pollEvery: 250, ...options };
  return { name: path, replayable: !isStream(path), run: (to, from, signal) => run(path, settings, to, from, signal) };
}

/** What has no positions. A file that does not exist yet will have them. */
function isStream(path: string): boolean {
  try {
    const found = statSync(path);
    return !found.isFile() && !found.isDirectory();
  } catch {
    return false;
  }
}

async function run(path: string, settings: Settings, to: Receiver, from: Positions, signal: AbortSignal): Promise<void> {
  const found = await check(path, settings.follow);
  if (found && !found.isFile()) return runPipe(path, found.isFIFO(), settings, to, signal);
  const isPlain = !found || (await isReadableText(path));
  if (settings.follow && isPlain) return runFollow(path, settings, to, from, signal);
  const lost = (file: { readonly path: string }, problem: string) =>
    to.note({ kind: "unreadable", source: path, message: `${file.path}: cannot be read: ${problem}` });
  const { legs } = await itinerary(path, from, settings.withPast, lost);
  for (const leg of legs) await readLeg(leg, { to, source: path, maxLine: settings.maxLine }, signal);
}

async function runFollow(path: string, settings: Settings, to: Receiver, from: Positions, signal: AbortSignal): Promise<void> {
  const bell = new Bell(path, settings.pollEvery);
  try {
    await new Follower({ ...settings, path, to }, signal).run(from, bell);
  } finally {
    bell.close();
  }
}

async function runPipe(path: string, isFifo: boolean, { follow, maxLine }: Settings, to: Receiver, signal: AbortSignal): Promise<void> {
  const feed = new LineFeed({ to, source: path, stream: path, place: path, from: 0, maxLine });
  await readStream(await openPipe(path, isFifo, follow, signal), feed, signal);
}

/** Undefined where there is nothing yet and that is fine. Throws DetectError. */
async function check(path: string, follow: boolean): Promise<Stats | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory())
      throw new DetectError("SOURCE", { place: path, problem: "it is a folder; name the files, or a pattern such as folder/*.log" });
    // A pipe is opened later: opening waits for its writer.
    await access(path, constants.R_OK);
    return found;
  } catch (error) {
    if (error instanceof DetectError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && follow) return undefined;
    throw new DetectError("SOURCE", { place: path, problem: problems[code ?? ""] ?? message });
  }
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: "no such file; check the path, or follow it to wait for it",
  EACCES: "permission denied; run as a user who may read it, or add that user to the group of the file",
  ELOOP: "its symbolic links lead in a circle",
  ENOTDIR: "a part of the path is a file, not a folder",
  ENAMETOOLONG: "the name is too long",
};

/** True for text that can be followed, false for gzip. Throws DetectError for what is packed in another way. */
async function isReadableText(path: string): Promise<boolean> {
  // Rotated away since it was looked at: whoever opens it says so, or waits.
  const start = await withFile(path, (handle) => readAt(handle, 0, 8)).catch(() => Buffer.alloc(0));
  const packing = packingOf(start);
  if (packing.kind === "refused") throw new DetectError("SOURCE", { place: path, problem: packing.problem });
  return packing.kind === "plain";
}
