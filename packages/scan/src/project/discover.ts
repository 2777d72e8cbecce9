import type { Config } from "../config/config.ts";
import type { Language } from "../languages/language.ts";
import { intoTree, type Snapshot, type Tree } from "./files.ts";
import { endingOf } from "./listing.ts";
import { createProject, type Project } from "./project.ts";
import type { Sightings } from "./sightings.ts";
import { snapshotOf } from "./snapshot.ts";

/** Reads the tree below `root` and learns what it depends on. */
export async function discover(
  root: string,
  config: Pick<Config, "include" | "exclude">,
  languages: readonly Language[],
): Promise<Project> {
  const extensions = languages.flatMap((language) => language.extensions);
  return openProject(await snapshotOf(root, config, extensions), languages);
}

/** Makes a project of a snapshot, which is empty afterwards. What the languages in use need is loaded. */
export async function openProject(snapshot: Snapshot, languages: readonly Language[], sightings?: Sightings): Promise<Project> {
  return openTree(snapshot.root, intoTree(snapshot), languages, sightings);
}

/** Makes a project of texts. What the languages in use need is loaded. */
export async function openTree(root: string, tree: Tree, languages: readonly Language[], sightings?: Sightings): Promise<Project> {
  const endings = new Set([...tree.texts.keys()].map(endingOf));
  const used = languages.filter((language) => language.extensions.some((extension) => endings.has(extension)));
  for (const language of used) await language.load?.();
  return createProject(root, tree, languages, sightings);
}
