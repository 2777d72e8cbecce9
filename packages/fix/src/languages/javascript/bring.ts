import type { Edit, Refused } from "../../contract.ts";
import { sourceOf } from "../../imports/sources.ts";
import type { BringAsk } from "../writer.ts";
import { importEdits } from "./imports.ts";

/** Imports a name as another file does: from the same place, in this file's own way. */
export function bring({ project, root, from, into, files, style }: BringAsk): readonly Edit[] | Refused {
  const missing: Refused = { kind: "no-place", reason: `no file shows where ${root} comes from` };
  const theirs = from.imports.find(({ local }) => local === root);
  if (theirs === undefined) return missing;
  const target = project.open(from, theirs.source)?.path;
  const source = sourceOf(project, files(), into, root, (one) => one === target);
  return source === undefined ? missing : importEdits(into, { local: root, ...source }, style);
}
