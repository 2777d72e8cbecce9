import type { Span } from "../../ir/nodes.ts";

/**
 * A node of a tree-sitter tree, copied out of WebAssembly memory. `type` is the rule of the grammar, `field` the name
 * under which the parent holds the node ("" where it has none). `children` are the named ones without comments, and the
 * unnamed ones that the grammar's spec keeps. `tokens` are the other unnamed ones in order (operators, modifiers), without
 * punctuation; `op` is the first of them, or "".
 */
export interface SyntaxNode extends Span {
  readonly type: string;
  readonly field: string;
  readonly op: string;
  readonly tokens: readonly string[];
  readonly children: readonly SyntaxNode[];
}

/** A whole text as syntax. `wrong` are the stretches that the parser could not make sense of, outermost only. */
export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly comments: readonly Span[];
  readonly wrong: readonly Span[];
}

/** The first child of a type. */
export function childOf(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return node.children.find((child) => child.type === type);
}

export function childrenOf(node: SyntaxNode, type: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.type === type);
}

/** The first child that stands in a field: `fieldOf(node, "condition")`. */
export function fieldOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

/** All children that stand in a field. */
export function fieldsOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.tokens.includes(token);
}

/** The span from the start of one to the end of another. */
export function spanOf(from: Span, to: Span): Span {
  return { start: from.start, end: to.end };
}
