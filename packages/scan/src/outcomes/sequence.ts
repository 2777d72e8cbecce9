import type { Expr } from "../ir/nodes.ts";
import type { Scope, Walk } from "./walk.ts";
import type { Value } from "./values.ts";
import { merge } from "./join.ts";
import type { Way } from "./way.ts";

/** One way through a sequence of expressions, with their values. */
export interface Sequence {
  readonly way: Way;
  readonly values: readonly Value[];
}

/** Arguments are seldom where ways part; where they are, the product is cut. */
const MAX_PRODUCT = 24;

/** Evaluates expressions one after another; the ways through all of them with their values. */
export function evaluateAll(walk: Walk, exprs: readonly Expr[], way: Way, scope: Scope): readonly Sequence[] {
  let partial: { way: Way; values: Value[] }[] = [{ way, values: [] }];
  for (const expr of exprs) {
    const next: { way: Way; values: Value[] }[] = [];
    for (const one of partial) {
      const flows = merge(walk.evaluate(expr, one.way, scope), scope.base);
      if (flows.length === 1) {
        // No parting: the list so far belongs to this way alone and grows in place.
        one.values.push(flows[0]!.value);
        next.push({ way: flows[0]!.way, values: one.values });
      } else for (const flow of flows) next.push({ way: flow.way, values: [...one.values, flow.value] });
    }
    partial = next.length > MAX_PRODUCT ? next.slice(0, MAX_PRODUCT) : next;
  }
  return partial;
}
