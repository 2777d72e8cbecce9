import type { ContainerIR, FileIR, FunctionIR, Project, Stmt } from "@telltale/scan/analysis";
import { listsOf } from "../../places/statement.ts";

/** The function of the project that a path means where it is called: `find`, `this.find`, `this.users.find`, `users.find`. */
export function functionNamed(project: Project, file: FileIR, fn: FunctionIR | undefined, path: string): FunctionIR | undefined {
  const parts = path.split(".");
  const method = parts.at(-1)!;
  if (parts.length === 1) return plainFunction(project, file, path);
  if (parts[0] === "this" && parts.length === 2) return inheritedMethod(project, file, containerOf(fn), method);
  if (parts.length === 2) return ofModule(project, file, parts[0]!, method) ?? ofCreated(project, file, fn, parts[0]!, method);
  const holder = parts[0] === "this" && parts.length === 3 ? typeOfField(containerOf(fn), parts[1]!) : undefined;
  if (holder === undefined) return undefined;
  const { home, name } = homeOf(project, file, holder);
  return methodOf(
    home?.containers.find((one) => one.name === name),
    method,
  );
}

/** The class around a function, also of a closure in a method. */
function containerOf(fn: FunctionIR | undefined): ContainerIR | undefined {
  let at = fn;
  while (at !== undefined && at.container === undefined) at = at.parent;
  return at?.container;
}

const nameIn = (imported: string, local: string): string => (imported === "default" || imported === "*" ? local : imported);

/** The file in which a local name is declared, and what it is called there. */
function homeOf(project: Project, file: FileIR, local: string): { readonly home: FileIR | undefined; readonly name: string } {
  const from = file.imports.find((one) => one.local === local);
  return from === undefined ? { home: file, name: local } : { home: project.open(file, from.source), name: nameIn(from.imported, local) };
}

function plainFunction(project: Project, file: FileIR, name: string): FunctionIR | undefined {
  const own = topLevel(file, name);
  if (own !== undefined) return own;
  const { home, name: there } = homeOf(project, file, name);
  return home === undefined || home === file ? undefined : topLevel(home, there);
}

function topLevel(file: FileIR, name: string): FunctionIR | undefined {
  return file.functions.find((one) => one.name === name && one.parent === undefined && one.container === undefined);
}

/** `users.find()` of `import users from "./users"`: the module's own function of that name. */
function ofModule(project: Project, file: FileIR, local: string, method: string): FunctionIR | undefined {
  const from = file.imports.find((one) => one.local === local);
  if (from === undefined || (from.imported !== "default" && from.imported !== "*")) return undefined;
  const home = project.open(file, from.source);
  return home === undefined ? undefined : topLevel(home, method);
}

/** `const write = new Write(…); write.execute()`: a method of the class, or of the prototype. */
function ofCreated(project: Project, file: FileIR, fn: FunctionIR | undefined, local: string, method: string): FunctionIR | undefined {
  const made = fn === undefined ? undefined : letsIn(fn.body).find(({ target }) => target.kind === "bind" && target.name === local)?.value;
  if (made?.kind !== "call" || made.creates !== true || made.callee.kind !== "name") return undefined;
  const { home, name } = homeOf(project, file, made.callee.name);
  if (home === undefined) return undefined;
  const owner = home.containers.find((one) => one.name === name);
  if (owner !== undefined) return inheritedMethod(project, home, owner, method);
  const assigned = new RegExp(`\\b${name}\\.prototype\\.${method}\\s*=\\s*`).exec(home.text);
  const start = assigned === null ? -1 : assigned.index + assigned[0].length;
  return home.functions.find((one) => one.start === start);
}

function letsIn(stmts: readonly Stmt[]): readonly (Stmt & { readonly kind: "let" })[] {
  return stmts.flatMap((stmt) => (stmt.kind === "let" ? [stmt] : listsOf(stmt).flatMap(letsIn)));
}

/** How far up classes are followed. */
const HIGHEST = 4;

function inheritedMethod(
  project: Project,
  file: FileIR,
  container: ContainerIR | undefined,
  name: string,
  up = HIGHEST,
): FunctionIR | undefined {
  const own = methodOf(container, name);
  const base = container?.extends[0]?.name;
  if (own !== undefined || base === undefined || up === 0) return own;
  const { home, name: there } = homeOf(project, file, base);
  const parent = home?.containers.find((one) => one.name === there);
  return home === undefined ? undefined : inheritedMethod(project, home, parent, name, up - 1);
}

function methodOf(container: ContainerIR | undefined, name: string): FunctionIR | undefined {
  return container?.functions.find((one) => one.name === name);
}

function typeOfField(own: ContainerIR | undefined, name: string): string | undefined {
  const field = own?.fields.find((one) => one.name === name)?.type?.name;
  if (field !== undefined) return field;
  const params = own?.functions.find(({ role }) => role === "constructor")?.params ?? [];
  const param = params.find((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === name);
  return param?.pattern.kind === "bind" ? param.pattern.type?.name : undefined;
}
