import type { Expr, Stmt } from "../../ir/nodes.ts";
import { bindAt, exprAt, letAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerAssignmentStatement } from "./assignments.ts";
import { lowerWord } from "./calls.ts";
import { isClass, lowerClass } from "./classes.ts";
import { lowerFor, lowerForeach, lowerIf, lowerTry, lowerUnset, lowerWhile } from "./control.ts";
import { lowerDefinition } from "./functions.ts";
import { guardOf } from "./guards.ts";
import { textOf, variableOf, type Lowering } from "./lowering.ts";
import { dotted, lowerUse } from "./names.ts";
import { lowerSwitch } from "./switch.ts";

const BLOCKS: ReadonlySet<string> = new Set(["compound_statement", "colon_block", "program", "declaration_list"]);
/** Nodes that say nothing: marks of the page around the code, empty statements. */
const NOTHING: ReadonlySet<string> = new Set([
  "php_tag",
  "php_end_tag",
  "text",
  "text_interpolation",
  "empty_statement",
  "named_label_statement",
]);

export function lowerBlock(lo: Lowering, node: SyntaxNode | undefined): Stmt[] {
  if (node === undefined) return [];
  if (!BLOCKS.has(node.type)) return withHanded(lo, node);
  return node.children.flatMap((child) => withHanded(lo, child));
}

/** A statement, after the names that its closures hand back and that are new here. */
function withHanded(lo: Lowering, node: SyntaxNode): Stmt[] {
  const known = lo.scope.handed.length;
  const made = lowerStatement(lo, node);
  const handed = lo.scope.handed.splice(known);
  if (handed.length === 0) return made;
  const declared = handed.map((at): Stmt => {
    lo.scope.bound.add(variableOf(lo, at));
    return letAt(at, bindAt(at, variableOf(lo, at)), null);
  });
  return [...declared, ...made];
}

/** One case a statement type of tree-sitter-php. */
function lowerStatement(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const [first] = node.children;
  if (NOTHING.has(node.type)) return [];
  if (isClass(node)) {
    const container = lowerClass(lo, node);
    return [letAt(node, bindAt(node, container.name), { kind: "container", start, end, container })];
  }
  switch (node.type) {
    case "expression_statement":
      return first === undefined ? [] : [lowerValue(lo, node, first)];
    case "return_statement":
      return [{ kind: "return", start, end, value: first === undefined ? null : lo.expr(first) }];
    case "if_statement":
      return [lowerIf(lo, node)];
    case "foreach_statement":
      return [lowerForeach(lo, node)];
    case "for_statement":
      return lowerFor(lo, node);
    case "while_statement":
    case "do_statement":
      return [lowerWhile(lo, node)];
    case "switch_statement":
      return [lowerSwitch(lo, node)];
    case "try_statement":
      return [lowerTry(lo, node)];
    case "break_statement":
    case "continue_statement":
    case "goto_statement":
      return [{ kind: "jump", start, end }];
    case "echo_statement":
      return [exprAt(node, lowerWord(lo, node, "echo"))];
    case "exit_statement":
      return [exprAt(node, lowerWord(lo, node, "exit"))];
    case "unset_statement":
      return lowerUnset(lo, node);
    case "function_definition": {
      const fn = lowerDefinition(lo, node, false);
      return [letAt(node, bindAt(node, fn.name), { kind: "function", start, end, fn })];
    }
    case "namespace_definition":
      return lowerNamespace(lo, node);
    case "namespace_use_declaration":
      lowerUse(lo, node);
      return [];
    case "const_declaration":
      return childrenOf(node, "const_element").map((one) => lowerConst(lo, one));
    case "global_declaration":
      for (const child of node.children) lo.scope.bound.add(variableOf(lo, child));
      return [];
    case "function_static_declaration":
      return node.children.flatMap((one) => lowerStatic(lo, one));
    case "declare_statement":
      return node.children.filter((one) => one.type !== "declare_directive").flatMap((one) => lowerBlock(lo, one));
    case "ERROR":
      return node.children.flatMap((child) => lowerBroken(lo, child));
    default:
      return BLOCKS.has(node.type) ? lowerBlock(lo, node) : [exprAt(node, opaqueAt(node, node.children.map(lo.expr)))];
  }
}

function lowerValue(lo: Lowering, at: SyntaxNode, node: SyntaxNode): Stmt {
  if (node.type === "assignment_expression" || node.type === "reference_assignment_expression")
    return lowerAssignmentStatement(lo, at, node);
  const value = lo.expr(node);
  const only = value.kind === "block" && value.body.length === 1 ? value.body[0] : undefined;
  return only?.kind === "throw" ? only : (guardOf(value) ?? exprAt(at, value));
}

/** What the parser made sense of inside what it could not: statements as statements, the rest as values. */
function lowerBroken(lo: Lowering, node: SyntaxNode): Stmt[] {
  if (/(?:_statement|_definition|_declaration)$/.test(node.type)) return lowerStatement(lo, node);
  return NOTHING.has(node.type) ? [] : [exprAt(node, lo.expr(node))];
}

function lowerNamespace(lo: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  lo.namespace = name === undefined ? "" : dotted(textOf(lo, name));
  const { start, end } = name ?? node;
  // Every name of the own namespace is at hand.
  if (lo.namespace !== "") lo.imports.push({ start, end, local: "*", imported: "*", source: lo.namespace });
  return lowerBlock(lo, fieldOf(node, "body"));
}

function lowerConst(lo: Lowering, node: SyntaxNode): Stmt {
  const [name, value] = node.children;
  return letAt(node, bindAt(name ?? node, textOf(lo, name ?? node)), value === undefined ? nilAt(node) : lo.expr(value));
}

function lowerStatic(lo: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  if (name === undefined) return [];
  lo.scope.bound.add(variableOf(lo, name));
  const value = fieldOf(node, "value");
  const initial: Expr | null = value === undefined ? null : lo.expr(value);
  return [letAt(node, bindAt(name, variableOf(lo, name)), initial)];
}
