import type { Expr } from "../../ir/nodes.ts";
import type { Project } from "../../project/project.ts";
import { createCallees } from "./callees.ts";
import { createCallers } from "./callers.ts";
import { follow } from "./follow.ts";
import type { Origin, Trace } from "./origin.ts";
import { MOST_ORIGINS, type Engine } from "./query.ts";

/** Expressions that are looked at for one question. */
const BUDGET = 400;

/** @param project where calls lead. */
export function createTrace(project: Project): Trace {
  const callees = createCallees(project);
  const callers = createCallers(project, callees);
  const known = new WeakMap<Expr, readonly Origin[]>();
  return (expr, at) => {
    let found = known.get(expr);
    if (found === undefined) {
      const engine: Engine = { project, callees, callers, left: BUDGET, follow };
      found = distinct(follow(engine, { expr, at, want: [], frame: null, depth: 0, whole: expr })).slice(0, MOST_ORIGINS);
      known.set(expr, found);
    }
    return found;
  };
}

/** One beginning may be reached on several ways that say the same. */
function distinct(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Set<string>();
  return origins.filter((one) => {
    const key = [one.file.path, one.expr.start, one.path, one.keys.join("."), one.through.join("."), one.spliced, one.names.join(".")].join(
      " ",
    );
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
