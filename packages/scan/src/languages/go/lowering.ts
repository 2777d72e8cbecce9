import type { ContainerIR, Expr, FunctionIR, ImportIR, Span, Stmt, TypeRef } from "../../ir/nodes.ts";
import { functionAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** What holds inside the function at hand. */
export interface FunctionScope {
  /** The name of the receiver; "" where there is none. */
  readonly receiver: string;
  /** Names of the results, where they have names. */
  readonly results: readonly string[];
  /** How many values it gives where the last of them is an error; 0 where none is. */
  readonly fails: number;
  /** Types of `var x T`, for `errors.As(err, &x)`. */
  readonly types: Map<string, TypeRef>;
}

/** The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other. */
export interface Lowering {
  readonly text: string;
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  scope: FunctionScope;
  readonly expr: (node: SyntaxNode) => Expr;
  /** A sequence of statements; what follows a `defer` goes into its `try`. */
  readonly block: (nodes: readonly SyntaxNode[]) => Stmt[];
}

export const TOP: FunctionScope = { receiver: "", results: [], fails: 0, types: new Map() };

export function textOf(cx: Pick<Lowering, "text">, node: Span): string {
  return cx.text.slice(node.start, node.end);
}

export function keepFunction(cx: Lowering, at: Span, parts: FunctionParts): FunctionIR {
  const fn = functionAt(at, parts);
  cx.functions.push(fn);
  return fn;
}

/** The source of the package that a local name stands for; "" where it is no package. */
export function sourceOf(cx: Lowering, name: string): string {
  return cx.imports.find((one) => one.local === name)?.source ?? "";
}

/** The statements of a block; a missing block has none. */
export function statementsOf(block: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (block === undefined) return [];
  return block.children.flatMap((child) => (child.type === "statement_list" ? child.children : [child]));
}

const ERROR_NAME = /^(?:e|er|err|error)\d*$|(?:[eE]rr|[eE]rror)\d*$/;

/** Whether people give this name to an error. */
export function isErrorName(name: string): boolean {
  return ERROR_NAME.test(name);
}

const ERROR_TYPE = /^error$|(?:^|\.)(?:\w*Err(?:or)?|Err[A-Z]\w*)$/;

/** Whether a type is that of an error: `error`, `*HTTPError`, `ErrNotFound`. */
export function isErrorType(type: TypeRef | undefined): boolean {
  return type !== undefined && ERROR_TYPE.test(type.name);
}
