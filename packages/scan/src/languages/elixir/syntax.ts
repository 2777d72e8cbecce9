import type { SyntaxNode } from "../tree-sitter/syntax.ts";

export { childOf, spanOf } from "../tree-sitter/syntax.ts";
export type { SyntaxNode, SyntaxTree } from "../tree-sitter/syntax.ts";

export interface BinaryNode extends SyntaxNode {
  readonly type: "binary_operator";
}

export function isBinary(node: SyntaxNode | undefined, op: string): node is BinaryNode {
  return node !== undefined && node.type === "binary_operator" && node.op === op && node.children.length === 2;
}

/** Left and right of a binary operator, or both undefined where recovery from an error lost one. */
export function sidesOf(node: SyntaxNode): readonly [SyntaxNode, SyntaxNode] | readonly [undefined, undefined] {
  const [left, right] = node.children;
  return left && right ? [left, right] : [undefined, undefined];
}
