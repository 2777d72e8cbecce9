import { posix } from "node:path";
import type { FileIR, Project } from "@telltale/scan/analysis";

/** How a name can be had from elsewhere. */
export interface Source {
  readonly imported: string;
  readonly source: string;
}

interface Seen {
  readonly imported: string;
  /** The file that it comes from; undefined for a package. */
  readonly target: string | undefined;
  /** How others write it, with who does. */
  readonly written: { readonly source: string; readonly from: string }[];
}

/** How the other files of a project come by a name: from where it is imported most often, else the file that exports it. */
export function sourceOf(
  project: Project,
  files: readonly FileIR[],
  into: FileIR,
  local: string,
  meant: (target: string | undefined) => boolean,
): Source | undefined {
  const seen = new Map<string, Seen>();
  for (const file of files) {
    if (file.language !== into.language || file === into) continue;
    for (const one of file.imports) {
      if (one.local !== local || one.typeOnly === true) continue;
      const target = project.open(file, one.source)?.path;
      const key = `${target ?? one.source}\0${one.imported}`;
      const entry = seen.get(key) ?? { imported: one.imported, target, written: [] };
      entry.written.push({ source: one.source, from: file.path });
      seen.set(key, entry);
    }
  }
  const best = [...seen.values()].filter(({ target }) => meant(target)).sort((a, b) => b.written.length - a.written.length);
  for (const one of [...best, ...exportersOf(files, into, local)]) {
    const source = specifierOf(project, into, one);
    if (source !== undefined) return { imported: one.imported, source };
  }
  return undefined;
}

/** Files that export a value of that name which nobody imports yet. */
function exportersOf(files: readonly FileIR[], into: FileIR, local: string): readonly Seen[] {
  return files.flatMap((file) => {
    if (file === into || file.language !== into.language) return [];
    const one = file.exports.find(
      ({ exported, source, local: own }) => source === undefined && (exported === local || (exported === "default" && own === local)),
    );
    return one === undefined ? [] : [{ imported: one.exported, target: file.path, written: [] }];
  });
}

function specifierOf(project: Project, into: FileIR, { target, written }: Seen): string | undefined {
  if (target === undefined) return nearest(written, into.path);
  if (target === into.path) return undefined;
  const aliases = written.filter(({ source }) => !source.startsWith("."));
  const own = into.imports.some(({ source }) => !source.startsWith(".") && isAlias(project, into, source));
  const relativeHere = into.imports.some(({ source }) => source.startsWith("."));
  const fits = ({ source }: { readonly source: string }): boolean => project.open(into, source)?.path === target;
  const alias = aliases.find(fits)?.source;
  if (!samePackage(project, into.path, target) && !project.dependsOn(into.path, target)) return undefined;
  if (alias !== undefined && (own || !relativeHere || aliases.length === written.length)) return alias;
  if (!samePackage(project, into.path, target)) return alias;
  return relative(into.path, target, endingOf(written, into));
}

/** A package that an import names must be one of the package around it: the one that a file nearby uses. */
function nearest(written: Seen["written"], path: string): string | undefined {
  const shared = (other: string): number => {
    const [a, b] = [path.split("/"), other.split("/")];
    let n = 0;
    while (n < a.length && a[n] === b[n]) n++;
    return n;
  };
  return [...written].sort((a, b) => shared(b.from) - shared(a.from))[0]?.source;
}

function isAlias(project: Project, file: FileIR, source: string): boolean {
  return project.open(file, source) !== undefined;
}

function samePackage(project: Project, a: string, b: string): boolean {
  return (project.packagesOf(a)[0]?.folder ?? "") === (project.packagesOf(b)[0]?.folder ?? "");
}

/** Which ending relative imports are written with here: `.js`, `.ts` or none. */
function endingOf(written: Seen["written"], into: FileIR): string {
  const near = [...into.imports.map(({ source }) => source), ...written.map(({ source }) => source)].filter((source) =>
    source.startsWith("."),
  );
  return near.map((source) => /\.[cm]?[jt]sx?$/.exec(source)?.[0] ?? "")[0] ?? "";
}

function relative(from: string, target: string, ending: string): string {
  const way = posix.relative(posix.dirname(from), target).replace(/\.[cm]?[jt]sx?$/, "");
  const short = ending === "" ? way.replace(/(^|\/)index$/, (_, slash: string) => (slash === "" ? "." : "")) : `${way}${ending}`;
  return short.startsWith(".") ? short : `./${short}`;
}
