import { UNLINKED } from "../../ir/link.ts";
import type { FileIR } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";

/** A file by its path: a module beside an imagined one of its folder. */
export function openPath(project: ProjectFacts, path: string): FileIR | undefined {
  const slash = path.lastIndexOf("/") + 1;
  const module = path.slice(slash, -".py".length);
  const from = { ...UNLINKED, path: `${path.slice(0, slash)}_.py` };
  return project.open(from, module === "__init__" ? "." : `.${module}`);
}
