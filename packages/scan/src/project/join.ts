import type { FileIR } from "../ir/nodes.ts";

/** Files that are one package (a folder of Go): read as one file, whose functions and containers keep their own. */
export function createJoin(file: (path: string) => FileIR | undefined): (paths: readonly string[]) => FileIR | undefined {
  const known = new Map<string, FileIR | undefined>();
  // Finders give the same list for the same folder: most questions are answered without putting a key together.
  const byList = new WeakMap<readonly string[], { readonly file: FileIR | undefined }>();
  return (paths) => {
    if (paths.length < 2) return paths[0] === undefined ? undefined : file(paths[0]);
    let found = byList.get(paths);
    if (found !== undefined) return found.file;
    const key = paths.join("\0");
    if (!known.has(key)) known.set(key, join(paths.flatMap((path) => file(path) ?? [])));
    byList.set(paths, (found = { file: known.get(key) }));
    return found.file;
  };
}

function join(files: readonly FileIR[]): FileIR | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  return {
    path: first.path,
    language: first.language,
    text: first.text,
    imports: files.flatMap((one) => one.imports),
    exports: files.flatMap((one) => one.exports),
    containers: files.flatMap((one) => one.containers),
    functions: files.flatMap((one) => one.functions),
    body: files.flatMap((one) => one.body),
    directives: first.directives,
    comments: first.comments,
  };
}
