import type { FileIR, FunctionIR, Project } from "@telltale/scan/analysis";
import { bare, field, nodeIn, textOf, type Node, type Sited } from "./syntax.ts";

/** Whether a call gives a promise: read from the function that it means, where that is in the project. */
export function givesPromise(project: Project, file: FileIR, fn: FunctionIR | undefined, value: Node): boolean | undefined {
  const call = bare(value);
  const callee = call.type === "CallExpression" ? nodeIn(call, "callee") : undefined;
  if (callee === undefined) return undefined;
  const meant = functionNamed(project, file, fn, textOf(file, callee).replace(/[?!\s]/g, ""));
  return meant === undefined ? undefined : isAsync(meant);
}

/** Types that may stand for a promise: parameters of a generic function and what the compiler makes of others. */
const UNSURE = /^(?:[A-Z]\w?|T[A-Z]\w*|any|unknown|ReturnType|Awaited|MaybePromise|\w*OrPromise)$/;

/** Says so itself, or declares a promise; undefined where its type is left to be inferred. */
function isAsync(fn: FunctionIR): boolean | undefined {
  const head = fn.file.text.slice(fn.start, fn.end);
  const name = fn.name.replace(/[^\w]/g, "");
  if (new RegExp(`\\basync\\s+(?:function\\s*\\*?\\s*)?\\*?\\s*${name}\\b|^async\\b|^[^{]{0,200}=\\s*async\\b`).test(head)) return true;
  if (fn.returns === undefined || UNSURE.test(fn.returns.name)) return undefined;
  return /Promise/.test(fn.returns.name);
}

function functionNamed(project: Project, file: FileIR, fn: FunctionIR | undefined, path: string): FunctionIR | undefined {
  const parts = path.split(".");
  if (parts.length === 1) return plainFunction(project, file, path);
  if (parts[0] === "this" && parts.length === 2) return methodOf(fn?.container, parts[1]!);
  const method = parts.at(-1)!;
  const holder = parts[0] === "this" && parts.length === 3 ? typeOfField(fn, parts[1]!) : undefined;
  if (holder === undefined) return undefined;
  const from = file.imports.find(({ local }) => local === holder);
  const home = from === undefined ? file : project.open(file, from.source);
  return methodOf(
    home?.containers.find(({ name }) => name === (from === undefined ? holder : nameIn(from.imported, holder))),
    method,
  );
}

const nameIn = (imported: string, local: string): string => (imported === "default" || imported === "*" ? local : imported);

function plainFunction(project: Project, file: FileIR, name: string): FunctionIR | undefined {
  const own = topLevel(file, name);
  if (own !== undefined) return own;
  const from = file.imports.find(({ local }) => local === name);
  const home = from === undefined ? undefined : project.open(file, from.source);
  return home === undefined || from === undefined ? undefined : topLevel(home, nameIn(from.imported, name));
}

function topLevel(file: FileIR, name: string): FunctionIR | undefined {
  return file.functions.find((one) => one.name === name && one.parent === undefined && one.container === undefined);
}

function methodOf(container: FunctionIR["container"], name: string): FunctionIR | undefined {
  return container?.functions.find((one) => one.name === name);
}

function typeOfField(fn: FunctionIR | undefined, name: string): string | undefined {
  const own = fn?.container;
  const field = own?.fields.find((one) => one.name === name)?.type?.name;
  if (field !== undefined) return field;
  const params = own?.functions.find(({ role }) => role === "constructor")?.params ?? [];
  const param = params.find((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === name);
  return param?.pattern.kind === "bind" ? param.pattern.type?.name : undefined;
}

/** What a function says of what it returns: `Promise<User>`; undefined where it leaves that to be inferred. */
export function returnTypeOf(file: FileIR, fn: Node): string | undefined {
  const type = nodeIn(fn, "returnType");
  return type === undefined ? undefined : textOf(file, type).replace(/^:\s*/, "");
}

export function isAsyncNode(fn: Node): boolean {
  return field(fn, "async") === true;
}

/** Where `async` is written to make a function wait. */
export function asyncAt({ node, up, under }: Sited): number | undefined {
  if (field(node, "generator") === true) return undefined;
  if (node.type !== "FunctionExpression" || up === undefined) return node.start;
  if (under !== "value") return node.start;
  const kind = field(up.node, "kind");
  if (up.node.type === "MethodDefinition") return kind === "method" ? nodeIn(up.node, "key")!.start : undefined;
  if (up.node.type === "Property" && field(up.node, "method") === true) return nodeIn(up.node, "key")!.start;
  return up.node.type === "Property" && (kind === "get" || kind === "set") ? undefined : node.start;
}
