import type { FunctionIR } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { bare } from "../reading.ts";
import { follow, type Placed } from "./follow.ts";

/** The record that a function gives back, where one `return` says it; undefined for all else. */
export function returnedRecord(fn: FunctionIR, placed: Placed, project?: ProjectFacts): Placed | undefined {
  const last = fn.body.findLast((stmt) => stmt.kind === "return");
  if (last?.kind !== "return" || last.value === null) return undefined;
  const value: Placed = { ...placed, expr: bare(last.value), scope: fn };
  const found = project === undefined ? value : follow(value, project);
  return found.expr.kind === "record" ? found : undefined;
}
