import type { ContainerIR, FileIR, TypeRef } from "../ir/nodes.ts";
import { byConvention } from "./conventions.ts";
import { onlyHeir } from "./heirs.ts";
import { declaredName, instanceOf, memberOf } from "./lookup.ts";
import type { Walk } from "./walk.ts";
import type { Value } from "./values.ts";

/** What is known of a value by the type that it is declared with: it is an instance, if it is there at all. */
export function typedValue(walk: Walk, value: Value, type: TypeRef, file: FileIR): Value {
  if (value.kind === "list" && value.tuple && type.name === "tuple") {
    const items = value.items.map((item, i) => {
      const own = type.args?.[i];
      return own === undefined ? item : typedValue(walk, item, own, file);
    });
    return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
  }
  if (value.kind !== "unknown" || value.of !== undefined || type.name === "error") return value;
  const typed = typeInstance(walk, type, file);
  return (typed?.kind === "instance" || typed?.kind === "unknown") && typed.of !== undefined ? { ...value, of: typed.of } : value;
}

/** Types that stand for what they hold. */
const TRANSPARENT = new Set([
  "Promise",
  "Partial",
  "Required",
  "Readonly",
  "NonNullable",
  "Awaited",
  "InstanceType",
  "Ref",
  "Option",
  "Box",
  "Arc",
  "Rc",
  "Lazy",
  "Provider",
  "Optional",
  "ModuleRef",
]);

export function typeInstance(walk: Walk, type: TypeRef, file: FileIR): Value | undefined {
  const container = typeContainer(walk, type, file);
  if (container === undefined) return undefined;
  if (type.nullable === true && container.sort === "class") return { kind: "unknown", of: container };
  if (container.sort === "interface" || container.isAbstract === true) {
    const heir = onlyHeir(walk, container);
    if (heir !== undefined) return instanceOf(heir);
  }
  if (container.sort !== "interface") return instanceOf(container);
  const bare = container.name.replace(/^I(?=[A-Z])/, "");
  return byConvention(walk, bare);
}

export function typeContainer(walk: Walk, type: TypeRef, file: FileIR): ContainerIR | undefined {
  const inner = TRANSPARENT.has(type.name) ? type.args?.[0] : undefined;
  if (inner !== undefined) return typeContainer(walk, inner, file);
  const [first, ...rest] = type.name.split(".");
  const whole = declaredName(walk, type.name, file, null, null);
  // `models.User`: a type of a package that is imported by its name.
  const head = whole === undefined && rest.length > 0 ? declaredName(walk, first!, file, null, null) : undefined;
  // `Models.User` with another name for a namespace.
  const renamed = head?.kind === "unknown" && head.source !== undefined ? walk.project.container(`${head.source}.${rest.join(".")}`) : undefined;
  if (renamed !== undefined) return renamed;
  const value = head?.kind === "file" ? memberOf(walk, head, rest.join("."), type.name) : whole;
  if (value?.kind === "container") return value.of;
  return value?.kind === "instance" ? value.of : undefined;
}
