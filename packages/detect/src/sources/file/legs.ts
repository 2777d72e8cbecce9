import type { Positions } from "../../contract.ts";
import { headOf, knownByName, knownByText, streamOf } from "./identity.ts";
import type { Known } from "./identity.ts";
import { filesOfLog } from "./past.ts";
import type { LogFile } from "./past.ts";
import { startOfText } from "./text.ts";
import { OpenFile } from "./open-file.ts";

/** A file to read, and where it goes on. */
export interface Leg {
  readonly file: LogFile;
  readonly known?: Known | undefined;
}

export interface OpenLeg extends Leg {
  readonly handle: OpenFile;
  /** How its text began when it was opened, where somebody looked: see `headOf`. */
  readonly head?: Buffer | undefined;
}

export interface Itinerary {
  /** In the order of their lines. The caller closes them. */
  readonly legs: readonly OpenLeg[];
  /** True where a checkpoint knows this log. */
  readonly isResumed: boolean;
}

/** Told of a file that was there and cannot be opened. */
export type OnLost = (file: LogFile, problem: string) => void;

/**
 * Which files of a log are to be read after a start: from the one where the checkpoint left off, which may have been rotated or packed
 * since, to the newest. On a first start the log itself, after its past where that is wanted.
 */
export async function itinerary(path: string, from: Positions, withPast: boolean, onLost: OnLost): Promise<Itinerary> {
  const files = filesOfLog(path);
  const isWanted = (file: LogFile) => withPast || file.path === path;
  if (from.size === 0)
    return {
      legs: openLegs(
        path,
        files.filter(isWanted).map((file) => ({ file })),
        onLost,
      ),
      isResumed: false,
    };

  // Opened before their heads are read: a name may stand for another file a moment later.
  const opened = openLegs(
    path,
    files.map((file) => ({ file })),
    onLost,
  );
  const headed = await withHeads(opened);
  const places = placesOf(headed, path, from);
  const left = places.findLastIndex((known) => known !== undefined);
  const legs = headed.map((leg, index) => ({ ...leg, known: places[index] }));
  // Older files that the checkpoint knows may have grown after their successor began.
  const isNext = (leg: OpenLeg, index: number) => (left === -1 ? isWanted(leg.file) : index >= left || leg.known !== undefined);
  for (const [index, leg] of legs.entries()) if (!isNext(leg, index)) await leg.handle.close();
  return {
    legs: legs.filter(isNext),
    isResumed: left !== -1 || legs.some(({ file }) => file.path === path && isNodeKnown(file.node, from)),
  };
}

/** Looks how each file begins, where nobody has yet. */
export async function withHeads(legs: readonly OpenLeg[]): Promise<readonly OpenLeg[]> {
  const headed: OpenLeg[] = [];
  for (const leg of legs) headed.push(leg.head ? leg : { ...leg, head: await headOfFile(leg.handle) });
  return headed;
}

/** For each file, where the checkpoint left it. */
function placesOf(legs: readonly OpenLeg[], path: string, from: Positions): readonly (Known | undefined)[] {
  const places = legs.map(({ file, head }) => head && knownByName(streamOf(file.node, head), from));
  if (places.some((known) => known !== undefined)) return places;
  const copy = legs.findLastIndex(({ file, head }) => isTextKnown(file, head, path, from));
  return copy === -1 ? places : places.with(copy, knownByText(legs[copy]!.head!, from));
}

/**
 * A past file in another inode: packed, or copied before the original was emptied. Not the log itself: a new one that begins with the
 * same line as its predecessor is to be read from its start.
 */
function isTextKnown(file: LogFile, head: Buffer | undefined, path: string, from: Positions): boolean {
  if (file.path === path || !head) return false;
  const known = knownByText(head, from);
  return known !== undefined && (file.size >= known.position || file.path.endsWith(".gz"));
}

function isNodeKnown(node: string, from: Positions): boolean {
  for (const stream of from.keys()) if (stream.startsWith(`${node}:`)) return true;
  return false;
}

export async function headOfFile(handle: OpenFile): Promise<Buffer | undefined> {
  try {
    const start = await startOfText(handle);
    return headOf(start) ?? (start.length > 0 ? start : undefined);
  } catch {
    return undefined;
  }
}

/** Opens files of a log before a rotation takes their names away; one that was renamed meanwhile is found by its inode. Does not wait. */
export function openLegs(path: string, legs: readonly Leg[], onLost: OnLost): readonly OpenLeg[] {
  const opened: OpenLeg[] = [];
  for (const leg of legs) {
    const found = openLeg(path, leg);
    if (typeof found === "string") onLost(leg.file, found);
    else opened.push(found);
  }
  return opened;
}

const mostTries = 100;

/** The reason, where it cannot be opened. */
function openLeg(path: string, leg: Leg): OpenLeg | string {
  let file: LogFile | undefined = leg.file;
  let problem = "it is gone";
  for (let tries = 0; file && tries < mostTries; tries += 1) {
    try {
      const handle = new OpenFile(file.path);
      if (handle.node === leg.file.node) return { ...leg, file, handle };
      void handle.close();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problem = error.message;
      if (!problem.startsWith("ENOENT")) return problem;
    }
    file = filesOfLog(path).find(({ node }) => node === leg.file.node);
  }
  return problem;
}
