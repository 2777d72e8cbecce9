import { linkFile } from "../../ir/link.ts";
import type { FileIR, ImportIR, Stmt } from "../../ir/nodes.ts";
import { fieldOf, hasToken, type SyntaxNode, type SyntaxTree } from "../tree-sitter/syntax.ts";
import { declared, isContainer, lowerContainer } from "./classes.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerMethod } from "./functions.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { unfolded } from "./preprocessor.ts";
import { lowerAll, lowerStatement } from "./statements.ts";
import { bindAt, letAt } from "../tree-sitter/build.ts";
import { typeName } from "./types.ts";

/** Syntax → IR. */
export function lowerFile(path: string, text: string, tree: SyntaxTree): FileIR {
  const lo: Lowering = {
    text,
    functions: [],
    containers: [],
    imports: [],
    namespace: "",
    classes: [],
    locals: [new Set()],
    hoisted: [],
    annotating: false,
    expr: (node) => lowerExpression(lo, node),
    statement: (node) => lowerStatement(lo, node),
    block: (nodes) => lowerAll(lo, nodes),
    container: (node) => lowerContainer(lo, node),
  };
  const body = lowerTops(lo, tree.root.children);
  return linkFile({
    path,
    language: "csharp",
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

/** Declarations and the statements of a program without a class around it; its functions are known in all of it. */
function lowerTops(lo: Lowering, nodes: readonly SyntaxNode[]): Stmt[] {
  const tops = unfolded(nodes).flatMap((node) => (node.type === "global_statement" ? node.children : [node]));
  const isDeclaration = (node: SyntaxNode): boolean => DECLARATIONS.has(node.type) || isContainer(node);
  const made = tops.filter(isDeclaration).flatMap((node) => lowerTop(lo, node));
  return [
    ...made,
    ...lowerAll(
      lo,
      tops.filter((node) => !isDeclaration(node) && node.type !== "attribute_list" && node.type !== "global_attribute"),
    ),
  ];
}

const DECLARATIONS: ReadonlySet<string> = new Set([
  "using_directive",
  "extern_alias_directive",
  "namespace_declaration",
  "file_scoped_namespace_declaration",
  "delegate_declaration",
  "method_declaration",
]);

function lowerTop(lo: Lowering, node: SyntaxNode): Stmt[] {
  switch (node.type) {
    case "using_directive":
      lo.imports.push(...lowerUsing(lo, node));
      return [];
    case "namespace_declaration":
    case "file_scoped_namespace_declaration":
      return lowerNamespace(lo, node);
    case "method_declaration": {
      const fn = lowerMethod(lo, node);
      return [letAt(node, bindAt(node, fn.name), { kind: "function", start: node.start, end: node.end, fn })];
    }
    default:
      return isContainer(node) ? [declared(lo, node)] : [];
  }
}

/** What stands in a namespace knows the names of it and of all namespaces around it. */
function lowerNamespace(lo: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  const outer = lo.namespace;
  const own = name === undefined ? "" : textOf(lo, name).replaceAll(/\s/g, "");
  lo.namespace = outer === "" ? own : `${outer}.${own}`;
  const { start, end } = name ?? node;
  const parts = lo.namespace.split(".");
  const around = parts.map((_, i) => ({ start, end, local: "*", imported: "*", source: parts.slice(0, parts.length - i).join(".") }));
  // What stands in the own namespace hides what is brought in.
  lo.imports.unshift(...around);
  if (node.type === "file_scoped_namespace_declaration")
    return lowerTops(
      lo,
      node.children.filter((child) => child !== name),
    );
  const made = lowerTops(lo, fieldOf(node, "body")?.children ?? []);
  lo.namespace = outer;
  return made;
}

/** `using A.B;`, `using static A.B;`, `using X = A.B;`. */
function lowerUsing(lo: Lowering, node: SyntaxNode): ImportIR[] {
  const { start, end } = node;
  const alias = hasToken(node, "=") ? (fieldOf(node, "name") ?? node.children[0]) : undefined;
  const path = node.children.findLast((child) => child !== alias);
  if (path === undefined) return [];
  const source = typeName(lo, path);
  return [{ start, end, local: alias === undefined ? "*" : textOf(lo, alias), imported: "*", source }];
}
