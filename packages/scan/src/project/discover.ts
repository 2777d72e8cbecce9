import picomatch from "picomatch";
import type { Config } from "../config/config.ts";
import type { Language } from "../languages/language.ts";
import { isManifest } from "./dependencies.ts";
import { readTree } from "./files.ts";
import { createProject, type Project } from "./project.ts";

/** Reads the tree below `root` and learns what it depends on. */
export async function discover(root: string, config: Pick<Config, "include" | "exclude">, languages: readonly Language[]): Promise<Project> {
  const extensions = new Set(languages.flatMap((language) => language.extensions));
  const isExcluded = config.exclude.length === 0 ? () => false : matcher(config.exclude);
  const isIncluded = config.include.length === 0 ? () => true : picomatch([...config.include], { dot: true });
  const tree = readTree({
    root,
    isSource: (path) => extensions.has(path.slice(path.lastIndexOf("."))) && isIncluded(path),
    isManifest,
    isExcluded,
  });
  const used = languages.filter((language) => [...tree.texts.keys()].some((path) => language.extensions.includes(path.slice(path.lastIndexOf(".")))));
  for (const language of used) await language.load?.();
  return createProject(root, tree, languages);
}

/** `src/generated/**` leaves out the folder itself as well. */
function matcher(globs: readonly string[]): (path: string) => boolean {
  const test = picomatch([...globs], { dot: true });
  return (path) => test(path) || (path.endsWith("/") && test(path.slice(0, -1)));
}
