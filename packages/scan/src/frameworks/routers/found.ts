import type { ContainerIR, Expr, FunctionIR, Span } from "../../ir/nodes.ts";
import type { FileView, HandlerFound, HandlerKind } from "../framework.ts";
import { isClosure, SAFE_VERBS } from "../reading.ts";
import { handlerName } from "./functions.ts";

/** The parts of a handler that is given as an argument or entry. */
export interface Given {
  readonly kind?: HandlerKind;
  /** Where neither the expression nor method and path name it. */
  readonly name?: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly entry: Expr;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
  readonly at: Span;
  readonly through?: readonly Expr[];
  readonly hints?: readonly string[];
}

/** A handler found by its registration: named after its function, else after its route. */
export function found(view: FileView, given: Given): HandlerFound {
  const { entry, scope, method, path } = given;
  const label = [method, path].filter((word) => word !== undefined).join(" ");
  return {
    kind: given.kind ?? "route",
    name: handlerName(entry, scope) || given.name || label || "handler",
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    entry: isClosure(entry) ? { fn: entry.fn } : { expr: entry, scope },
    file: view.file,
    ...(given.container === null ? {} : { container: given.container }),
    at: { start: given.at.start, end: given.at.end },
    ...(given.through === undefined || given.through.length === 0 ? {} : { through: given.through }),
    ...(method !== undefined && SAFE_VERBS.has(method) ? { readOnly: true } : {}),
    ...(given.hints === undefined || given.hints.length === 0 ? {} : { hints: given.hints }),
  };
}
