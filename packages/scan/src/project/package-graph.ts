/** What the packages of one tree say of each other. */
import type { Package } from "./dependencies.ts";

/** Packages in between that are looked through. */
const DEEPEST = 4;

/** Whether a package names another of the tree as its dependency, itself or through packages of the tree that it names. */
export function dependsOn(packages: readonly Package[], from: Package, on: Package, depth = DEEPEST): boolean {
  if (from.ecosystem !== on.ecosystem) return false;
  const direct = packages.filter(
    (one) => one !== from && one.ecosystem === from.ecosystem && namesOf(one).some((name) => from.dependencies.has(name)),
  );
  return direct.includes(on) || (depth > 0 && direct.some((one) => dependsOn(packages, one, on, depth - 1)));
}

const known = new WeakMap<Package, readonly string[]>();

/** What other packages of the tree call it: its name, and its folder as Gradle does. */
function namesOf(one: Package): readonly string[] {
  let names = known.get(one);
  if (names === undefined)
    known.set(one, (names = [...(one.name === undefined ? [] : [one.name]), `project:${one.folder.split("/").at(-2) ?? ""}`]));
  return names;
}

/** The range in which the nearest package.json above a path that names a dependency wants it; undefined where none does. */
export function rangeOf(packages: readonly Package[], dependency: string, path: string): string | undefined {
  for (const one of packages) {
    if (one.ecosystem !== "npm" || !path.startsWith(one.folder)) continue;
    for (const key of ["dependencies", "devDependencies", "peerDependencies"]) {
      const wanted = (one.data?.[key] as Readonly<Record<string, unknown>> | undefined)?.[dependency];
      if (typeof wanted === "string") return wanted;
    }
  }
  return undefined;
}
