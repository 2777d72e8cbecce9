import { syntaxOf, type FileIR, type FunctionIR, type Span, type SyntaxNode, type SyntaxTree } from "@telltale/scan/analysis";
import { holds } from "../../places/text.ts";

const trees = new WeakMap<FileIR, { readonly tree: SyntaxTree | undefined }>();

/** A file as syntax; undefined where no grammar reads it. */
export function treeOf(file: FileIR): SyntaxTree | undefined {
  let known = trees.get(file);
  if (known === undefined) trees.set(file, (known = { tree: syntaxOf(file.language, file.text) }));
  return known.tree;
}

/** The nodes that hold a span, the outermost first. */
export function pathTo(tree: SyntaxTree, at: Span): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [];
  let node: SyntaxNode | undefined = tree.root;
  while (node !== undefined) {
    path.push(node);
    node = node.children.find((child) => holds(child, at));
  }
  return path;
}

/** Whether the parser could not make sense of something in a stretch: nothing is written there. */
export function isBroken({ wrong }: SyntaxTree, at: Span): boolean {
  return wrong.some((one) => one.start < at.end && at.start < one.end);
}

/**
 * The same of what is around a place: what the parser makes of the rest of a function may begin and end anywhere then;
 * outside of functions that goes for the whole file. Where closures are nested to describe an application, the innermost
 * is looked at alone: the outermost is most of the file.
 */
export function isBrokenAround({ wrong }: SyntaxTree, at: Span, fn: FunctionIR | undefined, how: "whole" | "innermost" = "whole"): boolean {
  let around = fn;
  if (how === "whole") while (around?.parent !== undefined) around = around.parent;
  const { start, end } = around ?? { start: 0, end: Number.POSITIVE_INFINITY };
  return wrong.some((one) => one.start <= Math.max(at.end, end) && Math.min(at.start, start) <= one.end);
}

export const textOf = (file: FileIR, { start, end }: Span): string => file.text.slice(start, end);

/** How many stretches of a text the parser of a language cannot make sense of. */
export const faultsOf =
  (language: string) =>
  (_: string, text: string): number =>
    syntaxOf(language, text)?.wrong.length ?? 1;
