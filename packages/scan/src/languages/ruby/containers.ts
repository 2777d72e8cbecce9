import type { ContainerIR, Expr, Span, Stmt, TypeRef } from "../../ir/nodes.ts";
import { bindAt, containerAt, letAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { addCommands } from "./commands.ts";
import { constantName } from "./constants.ts";
import type { ClassScope, Lowering } from "./lowering.ts";
import { emptyScope, textOf, within } from "./lowering.ts";

function classScope(name: string, parents: readonly TypeRef[] = []): ClassScope {
  return { name, functions: [], fields: [], extends: [...parents], isPrivate: false, isStatic: false };
}

function fullName(lo: Lowering, node: SyntaxNode): string {
  const nameNode = fieldOf(node, "name");
  const written = nameNode === undefined ? "" : (constantName(lo, nameNode) ?? textOf(lo, nameNode));
  const outer = lo.class?.name ?? "";
  return outer === "" ? written : `${outer}.${written}`;
}

export function lowerClass(lo: Lowering, node: SyntaxNode): Stmt {
  const parent = fieldOf(node, "superclass")?.children[0];
  const name = parent === undefined ? undefined : parentName(lo, parent);
  return lowerContainer(lo, node, "class", name === undefined ? [] : [{ name }]);
}

export function lowerModule(lo: Lowering, node: SyntaxNode): Stmt {
  return lowerContainer(lo, node, "module", []);
}

/** `ActiveRecord::Migration[7.0]` and `Struct.new(:a)` are their classes. */
function parentName(lo: Lowering, node: SyntaxNode): string | undefined {
  if (node.type === "element_reference") return parentName(lo, fieldOf(node, "object") ?? { ...node, type: "" });
  if (node.type === "call") {
    const receiver = fieldOf(node, "receiver");
    return receiver === undefined ? undefined : parentName(lo, receiver);
  }
  return constantName(lo, node);
}

function lowerContainer(lo: Lowering, node: SyntaxNode, sort: ContainerIR["sort"], parents: readonly TypeRef[]): Stmt {
  const name = fullName(lo, node);
  const scope = classScope(name, parents);
  if (name !== "") lo.imports.push({ start: node.start, end: node.start, local: "*", imported: "*", source: name });
  const body = inside(lo, scope, fieldOf(node, "body"));
  addCommands(lo, scope, { start: node.end, end: node.end });
  const container = containerAt(node, { sort, name, extends: scope.extends, fields: scope.fields, functions: scope.functions, body });
  lo.containers.push(container);
  return letAt(node, bindAt({ start: node.start, end: node.start }, name), {
    kind: "container",
    start: node.start,
    end: node.end,
    container,
  });
}

function inside(lo: Lowering, scope: ClassScope, body: SyntaxNode | undefined): Stmt[] {
  const { class: outer, inMethod } = lo;
  lo.class = scope;
  lo.inMethod = false;
  const stmts = within(lo, emptyScope(), () => (body === undefined ? [] : lo.statement(body, "drop")));
  lo.class = outer;
  lo.inMethod = inMethod;
  return stmts;
}

/** `class << self`: what is defined in it belongs to the class itself. */
export function lowerSingletonClass(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const body = fieldOf(node, "body");
  return { kind: "blockStmt", start, end, body: body === undefined ? [] : statically(lo, () => lo.statement(body, "drop")) };
}

export function statically(lo: Lowering, work: () => Stmt[]): Stmt[] {
  const scope = lo.class;
  if (scope === undefined) return work();
  const before = { isPrivate: scope.isPrivate, isStatic: scope.isStatic };
  scope.isStatic = true;
  scope.isPrivate = false;
  const stmts = work();
  Object.assign(scope, before);
  return stmts;
}

/** A constant of the class around. */
export function addConstant(lo: Lowering, nameNode: SyntaxNode, at: Span, value: Expr): void {
  lo.class?.fields.push({ start: at.start, end: at.end, name: textOf(lo, nameNode), value, decorators: [], isStatic: true });
}
