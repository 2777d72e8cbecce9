import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { bindAt, letAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, type Lowering } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** What a call is given; named arguments are one record at the end. */
export function argsIn(lo: Lowering, list: SyntaxNode | undefined): Expr[] {
  if (list === undefined) return [];
  const plain: Expr[] = [];
  const entries: RecordEntry[] = [];
  for (const one of childrenOf(list, "argument")) {
    const name = fieldOf(one, "name");
    const value = lowerArgument(lo, one);
    if (name === undefined) plain.push(value);
    else entries.push({ start: one.start, end: one.end, key: textOf(lo, name), value });
  }
  return entries.length === 0 ? plain : [...plain, { kind: "record", start: list.start, end: list.end, entries, named: true }];
}

export function lowerArgument(lo: Lowering, node: SyntaxNode): Expr {
  const value = node.children.findLast((child) => child.field !== "name");
  if (value === undefined) return opaqueAt(node, []);
  return value.type === "declaration_expression" ? lowerDeclaration(lo, value) : lo.expr(value);
}

/** `out var user`: declared before the statement, with a value that only the callee knows. */
export function lowerDeclaration(lo: Lowering, node: SyntaxNode): Expr {
  const name = fieldOf(node, "name");
  if (name === undefined) return opaqueAt(node, []);
  const local = textOf(lo, name);
  declare(lo, local);
  lo.hoisted.push(letAt(name, bindAt(name, local, typeRef(lo, fieldOf(node, "type"))), opaqueAt(name, [])));
  return nameAt(name, local);
}
