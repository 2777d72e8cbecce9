import type { FileIR } from "../ir/nodes.ts";
import { exportsOf } from "./parts.ts";
import { identity } from "./value-keys.ts";
import type { Walk } from "./walk.ts";
import type { Value } from "./values.ts";

const looking = new Set<string>();

/** Files that import each other in a circle: what is being looked for already is not found there. */
export function once(file: FileIR, name: string, look: () => Value | undefined): Value | undefined {
  const key = `${identity(file)} ${name}`;
  if (looking.has(key)) return undefined;
  looking.add(key);
  try {
    return look();
  } finally {
    looking.delete(key);
  }
}

/** A module inside another, where the language has such: `from app import views` with a file `app/views.py`. */
export function submodule(walk: Walk, file: FileIR, source: string, name: string): Value | undefined {
  const linking = walk.project.languageOf(file.path)?.linking;
  if (linking?.by !== "finder" || linking.submodule === undefined || name === "*") return undefined;
  const found = walk.project.open(file, linking.submodule(source, name));
  return found === undefined ? undefined : { kind: "file", file: found };
}

/** What a file exports under a name, through re-exports; undefined where it exports no such name. */
export function exportedValue(walk: Walk, file: FileIR, name: string, depth: number): Value | undefined {
  if (depth === 0) return undefined;
  const { named, stars } = exportsOf(file);
  for (const one of named.get(name) ?? []) {
    if (one.source !== undefined) {
      const target = walk.project.open(file, one.source);
      if (target === undefined) return { kind: "unknown", path: name, source: one.source, truthy: true };
      return one.local === "*" ? { kind: "file", file: target } : exportedValue(walk, target, one.local ?? name, depth - 1);
    }
    if (one.local !== undefined) return walk.declared(one.local, file);
    if (one.value !== undefined) return walk.valueAt(one.value, file, null, null);
  }
  for (const one of stars) {
    const target = one.source === undefined ? undefined : walk.project.open(file, one.source);
    const found = target === undefined ? undefined : exportedValue(walk, target, name, depth - 1);
    if (found !== undefined) return found;
  }
  if (name === "default") return undefined;
  const whole = exportedValue(walk, file, "default", 1);
  // A value that is only known by its name may be taken for the file that bears it.
  if (whole === undefined || whole.kind === "unknown" || (whole.kind === "file" && whole.file === file)) return undefined;
  return walk.member(whole, name, name);
}
