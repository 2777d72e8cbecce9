import type { HandlerFound } from "../../frameworks/framework.ts";
import type { FunctionIR } from "../../ir/nodes.ts";
import type { Judged } from "../../judge/handler.ts";

/** What is known of a function that serves requests; a clause of one that has several is known by the others. */
export function createHandlerOf(judged: readonly Judged[]): (fn: FunctionIR) => HandlerFound | undefined {
  const byFn = new Map<FunctionIR, HandlerFound>();
  const byName = new Map<string, HandlerFound>();
  for (const { fn, found } of judged) {
    if (fn === undefined) continue;
    byFn.set(fn, found.handler);
    if (fn.name !== "" && fn.container !== undefined) byName.set(keyOf(fn), found.handler);
  }
  return (fn) => byFn.get(fn) ?? (fn.name === "" || fn.container === undefined ? undefined : byName.get(keyOf(fn)));
}

function keyOf(fn: FunctionIR): string {
  return `${fn.file.path} ${fn.container?.name ?? ""} ${fn.name} ${fn.params.length}`;
}
