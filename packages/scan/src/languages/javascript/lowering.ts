import type { Expression, Statement } from "oxc-parser";
import type { ContainerIR, ExportIR, Expr, FunctionIR, ImportIR, Stmt } from "../../ir/nodes.ts";

/**
 * What the parts of the lowering share: where they put what they find, and how they call each other for nested nodes
 * (so that no two files import each other).
 */
export interface Lowering {
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  readonly exports: ExportIR[];
  /** `break`s of the `switch` that is being lowered; null outside of one. */
  switchBreaks: Set<Stmt> | null;
  /** `name` is what a function or class without a name of its own is called. */
  readonly expression: (node: Expression, name?: string) => Expr;
  /** Statements of a block; function declarations come first, as they hoist. */
  readonly statements: (nodes: readonly Statement[]) => Stmt[];
}
