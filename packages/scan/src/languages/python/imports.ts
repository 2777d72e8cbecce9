import type { Span } from "../../ir/nodes.ts";
import { childOf, fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

/** `import a.b` binds `a`, `import a.b as c` the module itself. */
export function lowerImport(lo: Lowering, node: SyntaxNode): void {
  for (const name of fieldsOf(node, "name")) {
    const [source, alias] = namedOf(lo, name);
    const local = alias ?? source.split(".")[0]!;
    add(lo, name, local, "*", alias === undefined ? local : source);
  }
}

/** `from a.b import c as d`, `from . import c`, `from a import *`. */
export function lowerImportFrom(lo: Lowering, node: SyntaxNode): void {
  const from = fieldOf(node, "module_name");
  if (from === undefined) return;
  const source = textOf(lo, from).replaceAll(/[\s\\]/g, "");
  for (const name of fieldsOf(node, "name")) {
    const [imported, alias] = namedOf(lo, name);
    add(lo, name, alias ?? imported, imported, source);
  }
  const star = childOf(node, "wildcard_import");
  if (star !== undefined) lo.imports.push({ start: star.start, end: star.end, local: "*", imported: "*", source });
}

function add(lo: Lowering, { start, end }: Span, local: string, imported: string, source: string): void {
  lo.imports.push({ start, end, local, imported, source });
  lo.scope.bound.add(local);
}

function namedOf(lo: Lowering, node: SyntaxNode): readonly [string, string | undefined] {
  if (node.type !== "aliased_import") return [textOf(lo, node), undefined];
  const [name, alias] = [fieldOf(node, "name"), fieldOf(node, "alias")];
  return [name === undefined ? "" : textOf(lo, name), alias === undefined ? undefined : textOf(lo, alias)];
}
