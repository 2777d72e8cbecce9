import { remember } from "./cache/remember.ts";
import type { ScanOptions, ScanOutcome, Tell } from "./contract.ts";
import { extensions } from "./languages/extensions.ts";
import { snapshotOf } from "./project/snapshot.ts";
import { createSightings } from "./project/sightings.ts";

/**
 * Reads a folder and judges its handlers. The result depends on nothing but the sources, the paths and the settings.
 * What analyses (parsers, frameworks, loggers) is loaded only where no result is remembered of what was read: loading it
 * takes longer than reading a large tree.
 */
export async function scan(options: ScanOptions, tell: Tell = () => {}): Promise<ScanOutcome> {
  tell({ step: "discover", done: 0, total: 1 });
  const snapshot = await snapshotOf(options.root, options.config, extensions);
  const sightings = createSightings();
  return remember(options, snapshot, sightings, async () => {
    const { analyse } = await import("./analyse.ts");
    return analyse(snapshot, sightings, options, tell);
  });
}
