import type { Span } from "../../ir/nodes.ts";

/**
 * A node of the syntax tree, copied out of WebAssembly memory. `type` is the rule of tree-sitter-elixir's grammar;
 * children are the named ones without comments. `op` is the operator of `unary_operator` and `binary_operator`, else "".
 */
export interface SyntaxNode extends Span {
  readonly type: string;
  readonly op: string;
  readonly children: readonly SyntaxNode[];
}

/** A whole text as syntax. `wrong` are the stretches that the parser could not make sense of, outermost only. */
export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly comments: readonly Span[];
  readonly wrong: readonly Span[];
}

export function childOf(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return node.children.find((child) => child.type === type);
}

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

/** The span from the start of one to the end of another. */
export function spanOf(from: Span, to: Span): Span {
  return { start: from.start, end: to.end };
}
