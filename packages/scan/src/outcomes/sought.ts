import type { FileIR } from "../ir/nodes.ts";
import type { Project } from "../project/project.ts";

const known = new WeakMap<Project, Map<RegExp, readonly string[]>>();

/** Paths of the files whose text holds the pattern, read once a project. */
export function pathsWith(project: Project, pattern: RegExp): readonly string[] {
  let mine = known.get(project);
  if (mine === undefined) known.set(project, (mine = new Map()));
  let paths = mine.get(pattern);
  if (paths === undefined) mine.set(pattern, (paths = [...project.texts].filter(([, text]) => pattern.test(text)).map(([path]) => path)));
  return paths;
}

/** The same files, parsed. */
export function filesWith(project: Project, pattern: RegExp): readonly FileIR[] {
  return pathsWith(project, pattern).flatMap((path) => project.file(path) ?? []);
}
