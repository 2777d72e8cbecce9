import type { FileIR, ImportIR } from "../ir/nodes.ts";
import type { Language } from "../languages/language.ts";
import type { Package } from "./dependencies.ts";

/** Imports that a package writes once for all of its files (`global using` of C#): made part of each file as it is read. */
export function createEverywhere(
  texts: ReadonlyMap<string, string>,
  languageOf: (path: string) => Language | undefined,
  packagesOf: (path: string) => readonly Package[],
): (file: FileIR) => FileIR {
  let known: ReadonlyMap<string, readonly string[]> | undefined;
  const folderOf = (path: string): string => packagesOf(path)[0]?.folder ?? "";
  const index = (): ReadonlyMap<string, readonly string[]> => {
    const found = new Map<string, readonly string[]>();
    for (const [path, text] of texts) {
      const linking = languageOf(path)?.linking;
      if (linking?.by !== "name" || linking.everywhere === undefined) continue;
      const sources = [...text.matchAll(linking.everywhere)].map((match) => match[1]!);
      const folder = folderOf(path);
      if (sources.length > 0) found.set(folder, [...(found.get(folder) ?? []), ...sources]);
    }
    return found;
  };
  return (file) => {
    const linking = languageOf(file.path)?.linking;
    if (linking?.by !== "name" || linking.everywhere === undefined) return file;
    const sources = (known ??= index()).get(folderOf(file.path)) ?? [];
    if (sources.length === 0) return file;
    const more = sources.map((source): ImportIR => ({ start: 0, end: 0, local: "*", imported: "*", source }));
    // Functions and containers know their file by identity.
    return Object.assign(file, { imports: [...file.imports, ...more] });
  };
}
