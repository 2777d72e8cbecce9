import type { ContainerIR, Expr, FunctionIR } from "../../ir/nodes.ts";
import { createWalk } from "../../outcomes/evaluator.ts";
import type { Value } from "../../outcomes/values.ts";
import type { Project } from "../../project/project.ts";
import type { Spot } from "./origin.ts";

/** What a callee means within the project: functions, or the class that is built. */
export interface Callee {
  readonly fns: readonly FunctionIR[];
  readonly builds?: ContainerIR;
}

/** Finds what a callee means; undefined for what is not part of the project. */
export type ResolveCallee = (callee: Expr, at: Spot) => Callee | undefined;

/** Calls that are followed to learn what one name stands for: factories and constructors, not the work of the application. */
const BUDGET = 40;

/** The walk's own look-up of names, members, imports and types, without what handlers do. */
export function createCallees(project: Project): ResolveCallee {
  const facts = {
    project,
    endOfCall: () => undefined,
    endOfAssign: () => undefined,
    recordOf: () => undefined,
    listenersOf: () => undefined,
    deedOf: () => undefined,
    isCheck: () => false,
    isOwnModule: () => false,
    mayRecord: () => false,
  };
  const walk = createWalk(facts, BUDGET);
  const known = new WeakMap<Expr, Callee | null>();
  return (callee, at) => {
    let found = known.get(callee);
    if (found === undefined) {
      walk.reset();
      found = isPlain(callee) ? calleeOf(walk.valueAt(callee, at.file, at.fn, at.fn?.container ?? null)) : null;
      known.set(callee, found);
    }
    return found ?? undefined;
  };
}

/** Names and members only: what a call in it gives is not worked out for this. */
function isPlain(callee: Expr): boolean {
  return callee.kind === "name" || (callee.kind === "member" && callee.property !== null && isPlain(callee.object));
}

function calleeOf(value: Value): Callee | null {
  if (value.kind === "closure") return { fns: value.fns.filter((fn) => fn.body.length > 0) };
  if (value.kind === "container") return { fns: [], builds: value.of };
  return null;
}
