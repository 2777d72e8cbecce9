import { createHash } from "node:crypto";
import type { ScanOptions } from "../contract.ts";
import type { Snapshot } from "../project/files.ts";

/**
 * A digest of all that a result depends on and that is known before anything is parsed: the tool, the settings, the paths
 * asked for, and every byte of the sources and manifests. Lengths are part of it, so that no byte can change its file.
 */
export function keyOf(tool: string, options: Pick<ScanOptions, "root" | "paths" | "config">, snapshot: Snapshot): string {
  const lengths = (files: ReadonlyMap<string, Buffer>): unknown => [...files].map(([path, bytes]) => [path, bytes.length]);
  const frame = [
    options.root,
    options.paths ?? [],
    options.config,
    snapshot.notAnalysed,
    lengths(snapshot.manifests),
    lengths(snapshot.sources),
  ];
  const hash = createHash("sha256").update(`${tool}\0${JSON.stringify(frame)}\0`);
  for (const files of [snapshot.manifests, snapshot.sources]) {
    for (const bytes of files.values()) hash.update(bytes);
  }
  return hash.digest("hex");
}
