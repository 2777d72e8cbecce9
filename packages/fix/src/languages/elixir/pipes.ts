import type { SyntaxNode } from "@telltale/scan/analysis";

/** The steps of a chain of pipes in order, what is piped first left out; none where the node is no chain. */
export function stepsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type !== "binary_operator" || node.op !== "|>") return [];
  const [left, right] = node.children;
  return left === undefined || right === undefined ? [] : [...stepsOf(left), right];
}
