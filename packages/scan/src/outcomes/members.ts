import type { ContainerIR, FunctionIR, TypeRef } from "../ir/nodes.ts";
import { byConvention } from "./conventions.ts";
import { exportedValue, submodule } from "./exports.ts";
import { wholeOf } from "./parts.ts";
import { successOf } from "./success.ts";
import { parents, typeContainer } from "./type-containers.ts";
import { typeInstance } from "./typed.ts";
import type { Walk } from "./walk.ts";
import { instanceOf, type Value } from "./values.ts";

/** `value.property`. `path` is how the code writes it, for the words of what is not known. */
export function memberOf(walk: Walk, value: Value, property: string, path: string): Value {
  const told = successOf(value, property);
  if (told !== undefined) return told;
  switch (value.kind) {
    case "record":
      return value.entries.get(property) ?? (value.open ? { kind: "unknown", path } : { kind: "literal", value: null });
    case "file":
      return exportedValue(walk, value.file, property, 8) ?? submodule(walk, value.file, ".", property) ?? { kind: "unknown", path };
    case "container":
      return staticMember(walk, value.of, property) ?? { kind: "unknown", path };
    case "instance":
      return (
        (value.of === undefined ? undefined : instanceMember(walk, value.of, property, value)) ??
        errorMember(value, property) ??
        byConvention(walk, property) ?? { kind: "unknown", path }
      );
    case "unknown":
      return (
        (value.of === undefined ? undefined : instanceMember(walk, value.of, property, instanceOf(value.of))) ??
        (value.source === undefined ? byConvention(walk, property) : undefined) ?? {
          kind: "unknown",
          path: value.source === undefined || value.path === undefined ? path : `${value.path}.${property}`,
          ...(value.source === undefined ? {} : { source: value.source }),
          ...(value.args === undefined ? {} : { args: value.args }),
        }
      );
    case "list":
      return value.items.length === 0 ? { kind: "literal", value: null } : { kind: "unknown", path };
    default:
      return { kind: "unknown", path };
  }
}

/** `error.message`, `error.status` and the like of an error that the code built itself. */
function errorMember(value: Value & { kind: "instance" }, property: string): Value | undefined {
  if (property === "message" || property === "name")
    return property === "name"
      ? { kind: "literal", value: value.name }
      : value.args.find((arg) => arg.kind === "literal" || arg.kind === "text");
  const given = value.args.find((arg) => arg.kind === "record");
  return given?.kind === "record" ? given.entries.get(property) : undefined;
}

/** Where a class has a method of its own and one of its objects under one name, the one that is meant. */
function oneSort(fns: readonly FunctionIR[], isStatic: boolean): readonly FunctionIR[] {
  const meant = fns.length < 2 ? [] : fns.filter((fn) => (fn.isStatic === true) === isStatic);
  return meant.length > 0 ? meant : fns;
}

export function staticMember(walk: Walk, container: ContainerIR, property: string): Value | undefined {
  const fns = oneSort(
    container.functions.filter((fn) => fn.name === property && fn.role !== "constructor"),
    true,
  );
  if (fns.length > 0) return { kind: "closure", fns, env: null, self: { kind: "container", of: container } };
  const field = container.fields.find((one) => one.name === property);
  if (field?.value !== undefined) return walk.valueAt(field.value, container.file, null, container);
  const typed = field?.type === undefined || container.sort !== "class" ? undefined : typeInstance(walk, field.type, container.file);
  if (typed !== undefined) return typed;
  const nested = walk.project.container(`${container.name}.${property}`);
  if (nested !== undefined) return { kind: "container", of: nested };
  const parent = parents(walk, container)[0];
  return parent === undefined || parent === container ? undefined : staticMember(walk, parent, property);
}

export function instanceMember(walk: Walk, part: ContainerIR, property: string, self: Value, depth = 6): Value | undefined {
  const container = wholeOf(walk, part);
  const named = container.functions.filter((fn) => fn.name === property && fn.role !== "constructor" && fn.role !== "getter");
  const fns = oneSort(named, false);
  if (fns.length > 0) return { kind: "closure", fns, env: null, self };
  const field = container.fields.find((one) => one.name === property);
  if (field !== undefined) {
    const value =
      field.value === undefined
        ? undefined
        : walk.valueAt(field.value, container.file, container.functions.find((fn) => fn.role === "constructor") ?? null, container);
    if (value !== undefined && value.kind !== "unknown" && value.kind !== "literal") return value;
    return (
      (field.type === undefined ? undefined : typeInstance(walk, field.type, container.file)) ??
      byConvention(walk, property) ?? { kind: "unknown", path: property }
    );
  }
  const injected = injectedType(container, property);
  if (injected !== undefined)
    return typeInstance(walk, injected, container.file) ?? byConvention(walk, property) ?? { kind: "unknown", path: property };
  for (const parent of depth === 0 ? [] : parents(walk, container)) {
    const found = instanceMember(walk, parent, property, self, depth - 1);
    if (found !== undefined) return found;
  }
  return depth === 0 ? undefined : inheritedDefault(walk, container, property, self, depth - 1);
}

/** A method that an interface of the class has a body for. */
function inheritedDefault(walk: Walk, container: ContainerIR, property: string, self: Value, depth: number): Value | undefined {
  for (const type of container.extends) {
    const parent = typeContainer(walk, type, container.file);
    if (parent === undefined || parent.sort !== "interface") continue;
    const fns = parent.functions.filter((fn) => fn.name === property && fn.body.length > 0);
    if (fns.length > 0) return { kind: "closure", fns, env: null, self };
    const further = depth === 0 ? undefined : inheritedDefault(walk, parent, property, self, depth - 1);
    if (further !== undefined) return further;
  }
  return undefined;
}

function injectedType(container: ContainerIR, property: string): TypeRef | undefined {
  const constructor = container.functions.find((fn) => fn.role === "constructor");
  const param = constructor?.params.find((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === property);
  return param?.pattern.kind === "bind" ? (param.pattern.type ?? { name: "unknown" }) : undefined;
}
