import type { ContainerIR, FunctionIR } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";

/** Classes and modules above one that are looked through. */
const DEEPEST = 8;

const known = new WeakMap<ContainerIR, readonly ContainerIR[]>();

/** A constant as seen from inside a class: sought in the namespaces around it, the innermost first. */
export function resolve(project: ProjectFacts, from: string, name: string): ContainerIR | undefined {
  for (let outer = from; outer !== ""; outer = outer.slice(0, Math.max(0, outer.lastIndexOf(".")))) {
    const found = project.container(`${outer}.${name}`);
    if (found !== undefined) return found;
  }
  return project.container(name);
}

/** The class itself, then its modules and parents, as far as they are part of the project. */
export function lineOf(container: ContainerIR, project: ProjectFacts): readonly ContainerIR[] {
  const done = known.get(container);
  if (done !== undefined) return done;
  const line: ContainerIR[] = [];
  const visit = (one: ContainerIR, depth: number): void => {
    if (line.includes(one) || depth === 0) return;
    line.push(one);
    const outer = one.name.slice(0, Math.max(0, one.name.lastIndexOf(".")));
    for (const type of one.extends) {
      const found = resolve(project, outer, type.name);
      if (found !== undefined) visit(found, depth - 1);
    }
  };
  visit(container, DEEPEST);
  known.set(container, line);
  return line;
}

/** Names of everything that a class is, those of packages included. */
export function parentNames(container: ContainerIR, project: ProjectFacts): readonly string[] {
  return lineOf(container, project).flatMap((one) => [one.name, ...one.extends.map(({ name }) => name)]);
}

/** The method of a class or of what it inherits from. */
export function methodOn(container: ContainerIR, name: string, project: ProjectFacts): FunctionIR | undefined {
  for (const one of lineOf(container, project)) {
    const fn = one.functions.find((method) => method.name === name && method.isStatic !== true);
    if (fn !== undefined) return fn;
  }
  return undefined;
}
