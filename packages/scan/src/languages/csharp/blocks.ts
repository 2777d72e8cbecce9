import type { Pattern, Stmt } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, within, type Lowering } from "./lowering.ts";
import { unfolded } from "./preprocessor.ts";
import type { typeRef } from "./types.ts";

/** The statements of a block, in names of their own. */
export function lowerBody(lo: Lowering, block: SyntaxNode): Stmt[] {
  return within(lo, [], () => lo.block(unfolded(block.children)));
}

/** A branch or the body of a loop: a block or one statement. */
export function lowerBranch(lo: Lowering, node: SyntaxNode | undefined): Stmt[] {
  if (node === undefined) return [];
  return node.type === "block" ? lowerBody(lo, node) : within(lo, [], () => lo.statement(node));
}

/** A name, or names in parentheses, which hold from here on. */
export function targetOf(lo: Lowering, node: SyntaxNode, type: ReturnType<typeof typeRef>): Pattern {
  const { start, end } = node;
  if (node.type === "tuple_pattern")
    return { kind: "listPattern", start, end, items: node.children.map((one) => targetOf(lo, one, undefined)), tuple: true };
  if (node.type !== "identifier" || textOf(lo, node) === "_") return { kind: "anyPattern", start, end };
  declare(lo, textOf(lo, node));
  return bindAt(node, textOf(lo, node), type);
}
