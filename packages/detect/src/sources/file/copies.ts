import type { OpenLeg, Leg } from "./legs.ts";
import { pastFiles } from "./past.ts";
import { startOfText, withFile } from "./text.ts";

/**
 * Copies that were made of a log, which was then emptied, after `leg` was opened and before its turn came: the files before it
 * took long to read. Oldest first. The oldest holds what `leg` was opened for; none are newer than `leg` is now. Empty where the
 * log was not emptied, or where nothing tells which past files were read.
 *
 * @param before First bytes of the files that were read before it.
 */
export async function copiesSince(path: string, leg: OpenLeg, before: readonly (Buffer | undefined)[]): Promise<readonly Leg[]> {
  const found: Leg[] = [];
  for (const file of pastFiles(path).toReversed()) {
    const start = await startOf(file.path);
    if (start === undefined || file.node === leg.file.node) continue;
    if (isStart(leg.head, start)) return [{ file, known: leg.known }, ...found];
    if (before.some((head) => isStart(head, start))) return found;
    found.unshift({ file });
  }
  return [];
}

/** Whether a text begins as another did. */
export function isStart(head: Buffer | undefined, text: Buffer | undefined): boolean {
  return head !== undefined && text !== undefined && text.subarray(0, head.length).equals(head);
}

async function startOf(path: string): Promise<Buffer | undefined> {
  try {
    return await withFile(path, startOfText);
  } catch {
    return undefined;
  }
}
