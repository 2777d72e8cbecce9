/** Questions about classes of PHP: what a name means, what a class extends, where a method stands. */
import type { ContainerIR, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";

/** Parents of parents that are looked through. */
const DEEPEST = 5;

export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The class that a name means in a file. */
export function classNamed(name: string, file: FileIR, project: ProjectFacts): ContainerIR | undefined {
  const direct = file.imports.find((one) => one.local === name && one.imported === "*");
  if (direct !== undefined) return project.container(direct.source);
  const own = file.imports.find((one) => one.local === "*");
  return (own === undefined ? undefined : project.container(`${own.source}.${name}`)) ?? project.container(name);
}

/** `X::class` → X. */
export function classIn(expr: Expr | undefined): string | undefined {
  return expr?.kind === "member" && expr.property === "class" && expr.object.kind === "name" ? expr.object.name : undefined;
}

/** Last names of what a class extends, implements and mixes in, as far as the project says; its own name is not among them. */
export function basesOf(container: ContainerIR, project: ProjectFacts, depth = DEEPEST): readonly string[] {
  return container.extends.flatMap(({ name }) => {
    const parent = depth === 0 ? undefined : classNamed(name, container.file, project);
    return [sourceName(container.file, name), ...(parent === undefined || parent === container ? [] : basesOf(parent, project, depth - 1))];
  });
}

/** The name that a class has where it comes from: `use Foo as Bar` is Foo. */
function sourceName(file: FileIR, name: string): string {
  const direct = file.imports.find((one) => one.local === name && one.imported === "*");
  return lastOf(direct?.source ?? name);
}

/** A method of a class, of its traits and parents. */
export function methodNamed(container: ContainerIR, name: string, project: ProjectFacts, depth = DEEPEST): FunctionIR | undefined {
  const own = container.functions.find((fn) => fn.name === name);
  if (own !== undefined || depth === 0) return own;
  for (const type of container.extends) {
    const parent = classNamed(type.name, container.file, project);
    const found = parent === undefined || parent === container ? undefined : methodNamed(parent, name, project, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function memberName(container: ContainerIR, fn: FunctionIR): string {
  return `${lastOf(container.name)}.${fn.name}`;
}

/** Methods that a request can reach by their looks: public, of the object, no magic ones but `__invoke`. */
export function actionsOf(container: ContainerIR): readonly FunctionIR[] {
  return container.functions.filter(
    (fn) => !fn.isPrivate && !fn.isStatic && fn.role === undefined && (fn.name === "__invoke" || !fn.name.startsWith("__")),
  );
}
