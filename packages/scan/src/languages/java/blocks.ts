import type { Stmt } from "../../ir/nodes.ts";
import { within, type Lowering } from "../jvm/lowering.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** The statements of a block, in names of their own. */
export function lowerBody(lo: Lowering, block: SyntaxNode): Stmt[] {
  return within(lo, [], () => block.children.flatMap(lo.statement));
}
