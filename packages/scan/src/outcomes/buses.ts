import type { ContainerIR, Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { BUS_NAMES, BUS_PATHS, BUS_SOURCES, BUS_TYPES, NOT_BUSES } from "../loggers/event-buses.ts";
import { originIn } from "../loggers/origin.ts";
import { parents } from "./type-containers.ts";
import { pathOf, type Value } from "./values.ts";
import type { Walk } from "./walk.ts";

/** Whether an expression stands for a bus of the application: by what it is, else by its origin, else by its name. */
export function isBus(walk: Walk, expr: Expr, value: Value, file: FileIR, scope: FunctionIR | null): boolean {
  const path = pathOf(expr);
  if (BUS_PATHS.has(path)) return true;
  const names = path.split(".");
  const last = names.at(-1) ?? "";
  if (NOT_BUSES.test(last)) return false;
  if (value.kind === "instance")
    return value.of === undefined ? BUS_TYPES.test(value.name) : isBusClass(walk, value.of, 4) || BUS_NAMES.test(last);
  if (value.kind === "container") return isBusClass(walk, value.of, 4);
  if (BUS_NAMES.test(last)) return true;
  const root = names[0] === "this" ? `this.${names[1] ?? ""}` : names[0]!;
  return names.length <= (names[0] === "this" ? 2 : 1) && BUS_SOURCES.has(originIn(file, scope)(root));
}

function isBusClass(walk: Walk, container: ContainerIR, depth: number): boolean {
  if (BUS_TYPES.test(container.name) || container.extends.some((type) => BUS_TYPES.test(type.name))) return true;
  return depth > 0 && parents(walk, container).some((parent) => isBusClass(walk, parent, depth - 1));
}

/** Whether what is sent at one can be heard at the other: not where both are known, and are two. */
export function mayBeSame(walk: Walk, a: Value, b: Value): boolean {
  if (a.kind !== "instance" || b.kind !== "instance") return true;
  if (a.of === undefined && b.of === undefined) return a === b;
  if (a.of === undefined || b.of === undefined) return true;
  return a.of === b.of || ancestors(walk, a.of, 4).has(b.of) || ancestors(walk, b.of, 4).has(a.of);
}

function ancestors(walk: Walk, container: ContainerIR, depth: number): Set<ContainerIR> {
  const found = new Set<ContainerIR>();
  for (const parent of depth === 0 ? [] : parents(walk, container)) {
    found.add(parent);
    for (const one of ancestors(walk, parent, depth - 1)) found.add(one);
  }
  return found;
}
