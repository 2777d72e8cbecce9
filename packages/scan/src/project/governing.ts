import type { Package } from "./dependencies.ts";

/** The packages whose folder a path lies in, from the nearest up. It asks the folders above the path, not all packages. */
export function createGoverning(packages: readonly Package[]): (path: string) => readonly Package[] {
  const byFolder = group(packages);
  const known = new Map<string, readonly Package[]>();
  const around = (folder: string): readonly Package[] => {
    let all = known.get(folder);
    if (all === undefined) {
      const own = byFolder.get(folder) ?? [];
      known.set(folder, (all = folder === "" ? own : [...own, ...around(folderOf(folder.slice(0, -1)))]));
    }
    return all;
  };
  return (path) => around(folderOf(path));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function group(packages: readonly Package[]): Map<string, Package[]> {
  const groups = new Map<string, Package[]>();
  for (const one of packages) groups.set(one.folder, [...(groups.get(one.folder) ?? []), one]);
  return groups;
}
