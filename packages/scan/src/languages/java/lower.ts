import { linkFile } from "../../ir/link.ts";
import type { FileIR, ImportIR, Stmt } from "../../ir/nodes.ts";
import { bindAt, letAt } from "../tree-sitter/build.ts";
import { childOf, hasToken, type SyntaxNode, type SyntaxTree } from "../tree-sitter/syntax.ts";
import { isContainer, lowerAnonymous, lowerContainer } from "./classes.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerMethod } from "./functions.ts";
import { textOf, type Lowering } from "../jvm/lowering.ts";
import { lowerStatement } from "./statements.ts";

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
    statement: (node) => lowerStatement(lo, node),
    container: (node) => lowerContainer(lo, node),
    anonymous: (parent, body) => lowerAnonymous(lo, parent, body),
  };
  const body = tree.root.children.flatMap((node) => lowerTop(lo, node));
  return linkFile({
    path,
    language: "java",
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
  if (node.type === "package_declaration") {
    const name = node.children.findLast((child) => child.type !== "annotation" && child.type !== "marker_annotation");
    lo.package = name === undefined ? "" : textOf(lo, name).replaceAll(/\s/g, "");
    // Every name of the own package is at hand.
    if (lo.package !== "") lo.imports.push({ start: node.start, end: node.end, local: "*", imported: "*", source: lo.package });
    return [];
  }
  if (node.type === "import_declaration") {
    lo.imports.push(...lowerImport(lo, node));
    return [];
  }
  if (node.type === "method_declaration") {
    const fn = lowerMethod(lo, node);
    return [letAt(node, bindAt(node, fn.name), { kind: "function", start: node.start, end: node.end, fn })];
  }
  if (!isContainer(node)) return lo.statement(node);
  const container = lo.container(node);
  return [letAt(node, bindAt(node, container.name), { kind: "container", start: node.start, end: node.end, container })];
}

/** `import a.B`, `import a.*`, `import static a.B.c`, `import static a.B.*`. */
function lowerImport(lo: Lowering, node: SyntaxNode): ImportIR[] {
  const { start, end } = node;
  const [path] = node.children;
  if (path === undefined) return [];
  const full = textOf(lo, path).replaceAll(/\s/g, "");
  if (childOf(node, "asterisk") !== undefined) return [{ start, end, local: "*", imported: "*", source: full }];
  const dot = full.lastIndexOf(".");
  const last = full.slice(dot + 1);
  if (!hasToken(node, "static")) return [{ start, end, local: last, imported: "*", source: full }];
  return [{ start, end, local: last, imported: last, source: full.slice(0, dot) }];
}
