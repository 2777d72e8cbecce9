import type { ScanOptions, ScanOutcome } from "../contract.ts";
import { textOf, type Snapshot } from "../project/files.ts";
import { stateOf, type Sightings, type State } from "../project/sightings.ts";
import { keyOf } from "./key.ts";
import { openStore } from "./store.ts";
import { toolIdentity } from "./tool.ts";

/**
 * The outcome that is remembered of this very snapshot, or what `scan` makes of it, which is remembered then. The snapshot
 * is whole when `scan` is called and may be emptied by it.
 */
export async function remember(
  options: ScanOptions,
  snapshot: Snapshot,
  sightings: Sightings,
  scan: () => Promise<ScanOutcome>,
): Promise<ScanOutcome> {
  const { cacheDir } = options;
  if (cacheDir === undefined || cacheDir === null) return scan();
  const tool = toolIdentity();
  if (tool === undefined) return scan();
  const key = keyOf(tool, options, snapshot);
  const store = openStore(cacheDir, options.root);
  const known = store.read(key);
  if (known !== undefined && isAsSeen(known.seen)) {
    return { result: known.result, comments: known.comments, sources: (file) => sourceOf(snapshot, file) };
  }
  const outcome = await scan();
  if (sightings.isBlind()) return outcome;
  const problem = store.write(key, { result: outcome.result, comments: outcome.comments, seen: sightings.seen });
  return problem === undefined ? outcome : { ...outcome, cacheProblem: `${cacheDir} cannot be written: ${problem}` };
}

function isAsSeen(seen: ReadonlyMap<string, State>): boolean {
  return [...seen].every(([path, state]) => stateOf(path) === state);
}

function sourceOf(snapshot: Snapshot, file: string): string | undefined {
  const bytes = snapshot.sources.get(file);
  const text = bytes === undefined ? undefined : textOf(file, bytes);
  return typeof text === "string" ? text : undefined;
}
