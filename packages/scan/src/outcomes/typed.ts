import type { FileIR, TypeRef } from "../ir/nodes.ts";
import { byConvention } from "./conventions.ts";
import { onlyHeir } from "./heirs.ts";
import { typeContainer } from "./type-containers.ts";
import type { Walk } from "./walk.ts";
import { instanceOf, type Value } from "./values.ts";

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
