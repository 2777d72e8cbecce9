import { syntaxOf, type FileIR, type Span, type SyntaxNode, type SyntaxTree } from "@telltale/scan/analysis";
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

export const textOf = (file: FileIR, { start, end }: Span): string => file.text.slice(start, end);

/** How many stretches of a text the parser of a language cannot make sense of. */
export const faultsOf =
  (language: string) =>
  (_: string, text: string): number =>
    syntaxOf(language, text)?.wrong.length ?? 1;
