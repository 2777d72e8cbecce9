import type { Span, SyntaxNode, SyntaxTree } from "@telltale/scan/analysis";
import { pathTo } from "../trees/tree.ts";

/** Nodes whose children are expressions in a row. */
const LISTS: ReadonlySet<string> = new Set(["do_block", "else_block", "rescue_block", "catch_block", "after_block", "body"]);
/** Children of a block that are no expressions of its row. */
export const SECTIONS: ReadonlySet<string> = new Set(["else_block", "rescue_block", "catch_block", "after_block", "stab_clause"]);
/** What decides whether its right side is reached at all. */
const SHORT_CIRCUIT: ReadonlySet<string> = new Set(["&&", "||", "and", "or"]);

/** An expression that stands in a row of them, or is the `x` of `do: x`. */
export interface Slot {
  readonly node: SyntaxNode;
  /** What it stands in, the outermost first. */
  readonly around: readonly SyntaxNode[];
}

/** The innermost expression around a span before which another one can stand; undefined where a value alone decides whether it is reached. */
export function slotAround(tree: SyntaxTree, text: string, at: Span): Slot | undefined {
  const path = pathTo(tree, at);
  for (let i = path.length - 1; i > 0; i--) {
    const [node, around] = [path[i]!, path.slice(0, i)];
    if (isSlot(node, around, text)) return { node, around };
    if (isConditional(node, around.at(-1)!)) return undefined;
  }
  return undefined;
}

/** Whether a node is reached only where what is left of it says so, or runs when somebody else calls it. */
function isConditional(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.type === "unary_operator") return parent.op === "&";
  return parent.type === "binary_operator" && SHORT_CIRCUIT.has(parent.op) && parent.children[1] === node;
}

function isSlot(node: SyntaxNode, around: readonly SyntaxNode[], text: string): boolean {
  const parent = around.at(-1)!;
  if (LISTS.has(parent.type)) return !SECTIONS.has(node.type);
  return parent.type === "pair" && parent.children[1] === node && sectionCall(around, text) !== undefined;
}

/** The call that `do: x, else: y` belongs to, given what is around the `x` of it. */
export function sectionCall(around: readonly SyntaxNode[], text: string): SyntaxNode | undefined {
  const [call, args, keywords, pair] = around.slice(-4);
  if (pair?.type !== "pair" || keywords?.type !== "keywords" || args?.type !== "arguments" || call?.type !== "call") return undefined;
  const isDo = keywords.children.some((one) => keyOf(one, text) === "do");
  return isDo && /^(?:do|else)$/.test(keyOf(pair, text)) ? call : undefined;
}

/** `do` of `do: x`. */
export function keyOf(pair: SyntaxNode, text: string): string {
  const key = pair.children[0];
  return key?.type === "keyword" ? text.slice(key.start, key.end).trim().replace(/:$/, "") : "";
}
