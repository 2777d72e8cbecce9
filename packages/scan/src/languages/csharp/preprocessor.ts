import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** `#if`, `#else`: what stands in any of the branches counts. */
export function unfolded(nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  if (!nodes.some((node) => BRANCHES.has(node.type))) return nodes;
  return nodes.flatMap((node) =>
    BRANCHES.has(node.type) ? unfolded(node.children.filter((child) => child.field !== "condition")) : [node],
  );
}

const BRANCHES: ReadonlySet<string> = new Set(["preproc_if", "preproc_elif", "preproc_else"]);
