import type { ExportIR, ImportIR } from "../../ir/nodes.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

/** `use a::{b as c, d::*};`: an import a name. `pub use` hands them on as well. */
export function lowerUse(cx: Lowering, node: SyntaxNode): void {
  const argument = fieldOf(node, "argument");
  const found = argument === undefined ? [] : importsOf(cx, argument, "");
  cx.imports.push(...found);
  if (childOf(node, "visibility_modifier") !== undefined) cx.exports.push(...found.map(handedOn));
}

function handedOn({ local, imported, source, start, end }: ImportIR): ExportIR {
  return local === "*" ? { exported: "*", source, start, end } : { exported: local, local: imported, source, start, end };
}

function importsOf(cx: Lowering, node: SyntaxNode, prefix: string): ImportIR[] {
  const path = fieldOf(node, "path");
  switch (node.type) {
    case "use_list":
      return node.children.flatMap((one) => importsOf(cx, one, prefix));
    case "scoped_use_list":
      return importsOf(cx, fieldOf(node, "list") ?? node, join(prefix, path === undefined ? "" : plain(cx, path)));
    case "use_wildcard": {
      const source = join(prefix, node.children[0] === undefined ? "" : plain(cx, node.children[0]));
      return source === "" ? [] : [{ local: "*", imported: "*", source, start: node.start, end: node.end }];
    }
    case "use_as_clause": {
      const alias = fieldOf(node, "alias");
      return path === undefined || alias === undefined ? [] : [named(join(prefix, plain(cx, path)), node, textOf(cx, alias))];
    }
    case "self":
      return prefix === "" ? [] : [named(prefix, node)];
    case "identifier":
    case "scoped_identifier":
      return [named(join(prefix, plain(cx, node)), node)];
    default:
      return [];
  }
}

function plain(cx: Lowering, node: SyntaxNode): string {
  return textOf(cx, node).replace(/\s+/g, "");
}

function join(prefix: string, path: string): string {
  return prefix === "" || path === "" ? prefix + path : `${prefix}::${path}`;
}

function named(path: string, { start, end }: SyntaxNode, alias?: string): ImportIR {
  const whole = path.replace(/^::/, "").replace(/::self$/, "");
  const at = whole.lastIndexOf("::");
  const name = at < 0 ? whole : whole.slice(at + 2);
  const local = alias ?? name;
  return at < 0 ? { local, imported: "*", source: whole, start, end } : { local, imported: name, source: whole.slice(0, at), start, end };
}
