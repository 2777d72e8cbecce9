import type { ContainerIR, FileIR, TypeRef } from "../ir/nodes.ts";
import type { Walk } from "./walk.ts";

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

export function typeContainer(walk: Walk, type: TypeRef, file: FileIR): ContainerIR | undefined {
  const inner = TRANSPARENT.has(type.name) ? type.args?.[0] : undefined;
  if (inner !== undefined) return typeContainer(walk, inner, file);
  const [first, ...rest] = type.name.split(".");
  const whole = walk.declared(type.name, file);
  // `models.User`: a type of a package that is imported by its name.
  const head = whole === undefined && rest.length > 0 ? walk.declared(first!, file) : undefined;
  // `Models.User` with another name for a namespace.
  const renamed =
    head?.kind === "unknown" && head.source !== undefined ? walk.project.container(`${head.source}.${rest.join(".")}`) : undefined;
  if (renamed !== undefined) return renamed;
  const value = head?.kind === "file" ? walk.member(head, rest.join("."), type.name) : whole;
  if (value?.kind === "container") return value.of;
  return value?.kind === "instance" ? value.of : undefined;
}

/** The classes that a class extends, as far as they are part of the project. */
export function parents(walk: Walk, container: ContainerIR): ContainerIR[] {
  return container.extends.flatMap((type) => {
    const found = typeContainer(walk, type, container.file);
    return found === undefined || found === container || found.sort === "interface" ? [] : [found];
  });
}
