/** Attributes of C#: what they are given, and what the classes around them say. */
import type { ContainerIR, Decorator, FunctionIR } from "../../ir/nodes.ts";
import { nameOfDecorator } from "../classes/decorated.ts";
import type { FileView } from "../framework.ts";
import { containerOf } from "../jvm/annotations.ts";
import { stringOf } from "../reading.ts";

export function attribute(decorators: readonly Decorator[], ...names: readonly string[]): Decorator | undefined {
  return decorators.find((one) => names.includes(nameOfDecorator(one)));
}

/** The first text among the arguments: a template of a route. */
export function textGiven({ args }: Decorator): string | undefined {
  return args.map((arg) => stringOf(arg)).find((text) => text !== undefined);
}

/** How deep classes are followed to what they extend. */
const DEEPEST = 5;

/** The class and those of the project that it extends, nearest first. */
export function lineOf(view: FileView, container: ContainerIR, depth = DEEPEST): readonly ContainerIR[] {
  if (depth === 0) return [container];
  const parents = container.extends.flatMap((type) => {
    const found = containerOf(view, container.file, type.name);
    return found === undefined || found === container || found.sort === "interface" ? [] : [found];
  });
  return [container, ...parents.flatMap((one) => lineOf(view, one, depth - 1))];
}

/** Whether the class, or one that it extends, extends a type of this name. */
export function isA(view: FileView, container: ContainerIR, name: RegExp): boolean {
  return lineOf(view, container).some((one) => one.extends.some((type) => name.test(type.name.slice(type.name.lastIndexOf(".") + 1))));
}

/** Methods that requests can reach: public, no accessors, constructors and helpers. */
export function actionsOf(container: ContainerIR): readonly FunctionIR[] {
  return container.functions.filter(
    (fn) => fn.role === undefined && fn.isStatic !== true && fn.isPrivate !== true && fn.name !== "" && fn.parent === undefined,
  );
}
