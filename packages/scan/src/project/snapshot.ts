import type { Config } from "../config/config.ts";
import { isManifest } from "./dependencies.ts";
import { takeSnapshot, type Snapshot } from "./files.ts";
import { endingOf } from "./listing.ts";

type Globs = Pick<Config, "include" | "exclude">;

/** The bytes of all sources below `root` that end in one of `extensions`, and of the manifests. */
export async function snapshotOf(root: string, { include, exclude }: Globs, extensions: readonly string[]): Promise<Snapshot> {
  const known = new Set(extensions);
  const isIncluded = include.length === 0 ? () => true : await matcher(include);
  const isGlobExcluded = exclude.length === 0 ? () => false : await matcher(exclude);
  return takeSnapshot({
    root,
    isSource: (path) => known.has(endingOf(path)) && isIncluded(path),
    isManifest,
    // `src/generated/**` leaves out the folder itself as well.
    isExcluded: (path) => isGlobExcluded(path) || (path.endsWith("/") && isGlobExcluded(path.slice(0, -1))),
  });
}

async function matcher(globs: readonly string[]): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import("picomatch");
  return picomatch([...globs], { dot: true });
}
