/** A folder of fixtures, read as the small project that it is: the same walk, manifests and links as in a scan. */
import { isManifest } from "../../project/dependencies.ts";
import { readTree } from "../../project/files.ts";
import { createProject, type Project } from "../../project/project.ts";
import type { FileIR } from "../../ir/nodes.ts";
import type { Language } from "../../languages/language.ts";
import type { Framework } from "../framework.ts";

export interface Fixtures {
  readonly project: Project;
  readonly files: readonly FileIR[];
}

/**
 * Every file under `folder`, parsed. A folder without a manifest of its own gets one that names the framework.
 * Throws on a fixture that is not analysed: what does not parse would pass every test about noise.
 */
export function fixturesOf(framework: Framework, folder: string, languages: readonly Language[]): Fixtures {
  const extensions = languages.flatMap((language) => language.extensions);
  const tree = readTree({
    root: folder,
    isSource: (path) => extensions.some((extension) => path.endsWith(extension)),
    isManifest,
    isExcluded: () => false,
  });
  const manifests = tree.manifests.length > 0 ? tree.manifests : [{ path: "package.json", text: manifestFor(framework) }];
  const project = createProject(folder, { ...tree, manifests }, languages);
  const files = project.paths.flatMap((path) => project.file(path) ?? []);
  const failed = project.notAnalysed().map((one) => `${one.file}: ${one.message}`);
  if (failed.length > 0) throw new Error(`fixtures of ${framework.id} that are not analysed:\n${failed.join("\n")}`);
  return { project, files };
}

function manifestFor(framework: Framework): string {
  const names = (framework.enabledBy.npm ?? []).filter((name) => typeof name === "string");
  return JSON.stringify({ name: framework.id, dependencies: Object.fromEntries(names.map((name) => [name, "*"])) });
}
