import type { Expr, Stmt } from "../../ir/nodes.ts";
import type { Lowering as JvmLowering } from "../jvm/lowering.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** What happens to the value of the last expression of a block: the answer of the function, of a block expression, or of no use. */
export type Tail = "return" | "yield" | "drop";

/** What the parts of the lowering know of each other: beside what the JVM languages share, blocks have values here. */
export interface Lowering extends JvmLowering {
  /** Statements in names of their own. */
  readonly block: (nodes: readonly SyntaxNode[], tail: Tail) => Stmt[];
}

/** The value of a block as its tail wants it. */
export function finish(value: Expr, tail: Tail): Stmt {
  const { start, end } = value;
  return tail === "drop" ? { kind: "expr", start, end, value } : { kind: tail, start, end, value };
}
