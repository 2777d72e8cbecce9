import type { Expr, FileIR, FunctionIR, Project, Stmt } from "@telltale/scan/analysis";
import { listsOf } from "../../places/statement.ts";
import { isChain } from "./chain.ts";
import { functionNamed } from "./named.ts";
import { bare, field, nodeIn, textOf, type Node, type Sited } from "./syntax.ts";

/** Whether a call gives a promise: a chain of promises does; else read from the function that it means, where that is in the project. */
export function givesPromise(project: Project, file: FileIR, fn: FunctionIR | undefined, value: Node): boolean | undefined {
  const call = bare(value);
  if (isChain(call)) return true;
  const callee = call.type === "CallExpression" ? nodeIn(call, "callee") : undefined;
  if (callee === undefined) return undefined;
  if (textOf(file, callee).startsWith("Promise.")) return true;
  const meant = functionNamed(project, file, fn, textOf(file, callee).replace(/[?!\s]/g, ""));
  return meant === undefined ? undefined : isAsync(project, meant);
}

/** Types that may stand for a promise: parameters of a generic function and what the compiler makes of others. */
const UNSURE = /^(?:[A-Z]\w?|T[A-Z]\w*|any|unknown|ReturnType|Awaited|MaybePromise|\w*OrPromise)$/;
/** How far functions are followed that give what others give. */
const DEEPEST = 4;

/** Says so itself, declares a promise, or gives one on every way; undefined where that is not to be seen. */
function isAsync(project: Project, fn: FunctionIR, depth = DEEPEST): boolean | undefined {
  const head = fn.file.text.slice(fn.start, fn.end);
  const name = fn.name.replace(/[^\w]/g, "");
  if (new RegExp(`\\basync\\s+(?:function\\s*\\*?\\s*)?\\*?\\s*${name}\\b|^async\\b|^[^{]{0,200}=\\s*async\\b`).test(head)) return true;
  if (fn.returns === undefined) return givesPromises(project, fn, depth) ? true : undefined;
  if (UNSURE.test(fn.returns.name)) return undefined;
  return /Promise/.test(fn.returns.name);
}

/** Whether each `return` of a function gives a promise, and it ends in one or throws. */
function givesPromises(project: Project, fn: FunctionIR, depth: number): boolean {
  const given = returnsIn(fn.body);
  const last = fn.body.at(-1);
  if (depth === 0 || given.length === 0 || (last?.kind !== "return" && last?.kind !== "throw" && last?.kind !== "try")) return false;
  return given.every((value) => value !== null && isPromise(project, fn, value, depth));
}

function returnsIn(stmts: readonly Stmt[]): readonly (Expr | null)[] {
  return stmts.flatMap((stmt) => (stmt.kind === "return" ? [stmt.value] : listsOf(stmt).flatMap(returnsIn)));
}

/** `Promise.resolve(x)`, `new Promise(…)`, `work().then(…)`, or a call of a function that gives one. */
function isPromise(project: Project, fn: FunctionIR, value: Expr, depth: number): boolean {
  if (value.kind !== "call") return false;
  const { callee } = value;
  const path = fn.file.text.slice(callee.start, callee.end).replace(/[?!\s]/g, "");
  if (path === "Promise" || path.startsWith("Promise.")) return true;
  if (callee.kind === "member" && /^(?:then|catch|finally)$/.test(callee.property ?? "")) return true;
  const meant = functionNamed(project, fn.file, fn, path);
  return meant !== undefined && isAsync(project, meant, depth - 1) === true;
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
