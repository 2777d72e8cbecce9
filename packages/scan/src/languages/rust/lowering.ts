import type { ContainerIR, ExportIR, Expr, FunctionIR, ImportIR, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { functionAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** What happens to the value of the last expression of a block: it is the answer of the function, of a block expression, or of no use. */
export type Tail = "return" | "yield" | "drop";

/** What holds inside the function at hand. */
export interface FunctionScope {
  /** The type of the `impl` or `trait` around it; "" where there is none. */
  readonly self: string;
  /** It gives an `Option`: `?` returns null early. */
  readonly option: boolean;
  /** Variables that hold a `Result` which is looked at later. */
  readonly results: ReadonlySet<string>;
}

/** The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other. */
export interface Lowering {
  readonly text: string;
  /** How deep macros stand inside each other. */
  depth: number;
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  readonly exports: ExportIR[];
  scope: FunctionScope;
  readonly expr: (node: SyntaxNode) => Expr;
  readonly pattern: (node: SyntaxNode) => Pattern;
  /** The statements of a block or of any other expression in its place. */
  readonly body: (node: SyntaxNode | undefined, tail: Tail) => Stmt[];
}

export const TOP: FunctionScope = { self: "", option: false, results: new Set() };

export function textOf(cx: Pick<Lowering, "text">, at: Span): string {
  return cx.text.slice(at.start, at.end);
}

export function keepFunction(cx: Lowering, at: Span, parts: FunctionParts): FunctionIR {
  const fn = functionAt(at, parts);
  cx.functions.push(fn);
  return fn;
}

/** The value of a block as its tail wants it. */
export function finish(value: Expr, tail: Tail): Stmt {
  const { start, end } = value;
  if (tail === "drop") return { kind: "expr", start, end, value };
  return { kind: tail, start, end, value };
}

export function throwAt({ start, end }: Span, value: Expr): Stmt {
  return { kind: "throw", start, end, value };
}

/** `&x`, `&mut x`, `*x`, `(x)`: x. */
export function bareNode(node: SyntaxNode): SyntaxNode {
  const reference = node.type === "reference_expression" || node.type === "parenthesized_expression";
  const inner = node.children.at(-1);
  return (reference || (node.type === "unary_expression" && node.op === "*")) && inner !== undefined ? bareNode(inner) : node;
}
