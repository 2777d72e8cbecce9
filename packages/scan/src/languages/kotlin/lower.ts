import { linkFile } from "../../ir/link.ts";
import type { FileIR, ImportIR, Stmt } from "../../ir/nodes.ts";
import { textOf } from "../jvm/lowering.ts";
import { childOf, hasToken, type SyntaxNode, type SyntaxTree } from "../tree-sitter/syntax.ts";
import { lowerAnonymous, lowerContainer } from "./classes.ts";
import { lowerExpression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { lowerBlock, lowerStatement } from "./statements.ts";

/** Syntax → IR. */
export function lowerFile(path: string, text: string, tree: SyntaxTree): FileIR {
  const lo: Lowering = {
    text,
    functions: [],
    containers: [],
    imports: [],
    package: "",
    classes: [],
    locals: [new Set()],
    hoisted: [],
    annotating: false,
    expr: (node) => lowerExpression(lo, node),
    block: (nodes, tail) => lowerBlock(lo, nodes, tail),
    statement: (node) => lowerStatement(lo, node, "drop"),
    container: (node) => lowerContainer(lo, node),
    anonymous: (parent, body) => lowerAnonymous(lo, parent, body),
  };
  const body = tree.root.children.flatMap((node) => lowerTop(lo, node));
  return linkFile({
    path,
    language: "kotlin",
    text,
    imports: lo.imports,
    exports: [],
    containers: lo.containers,
    functions: lo.functions,
    body,
    directives: [],
    comments: tree.comments,
  });
}

function lowerTop(lo: Lowering, node: SyntaxNode): Stmt[] {
  if (node.type === "package_header") {
    const name = node.children.at(-1);
    lo.package = name === undefined ? "" : textOf(lo, name).replaceAll(/\s/g, "");
    // Every name of the own package is at hand.
    if (lo.package !== "") lo.imports.push({ start: node.start, end: node.end, local: "*", imported: "*", source: lo.package });
    return [];
  }
  if (node.type !== "import") return lo.statement(node);
  lo.imports.push(...lowerImport(lo, node));
  return [];
}

/** `import a.B`, `import a.*`, `import a.B as C`, `import a.B.c`. */
function lowerImport(lo: Lowering, node: SyntaxNode): ImportIR[] {
  const { start, end } = node;
  const path = childOf(node, "qualified_identifier") ?? node.children[0];
  if (path === undefined) return [];
  const full = textOf(lo, path).replaceAll(/\s/g, "");
  if (hasToken(node, "*")) return [{ start, end, local: "*", imported: "*", source: full }];
  const dot = full.lastIndexOf(".");
  const last = full.slice(dot + 1);
  const alias = hasToken(node, "as") ? node.children.at(-1) : undefined;
  const local = alias === undefined || alias === path ? last : textOf(lo, alias);
  const isMember = /^\p{Ll}/u.test(last) && /(?:^|\.)\p{Lu}\w*$/u.test(full.slice(0, Math.max(0, dot)));
  return isMember
    ? [{ start, end, local, imported: last, source: full.slice(0, dot) }]
    : [{ start, end, local, imported: "*", source: full }];
}
