import type { Decorator, Expr, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt, callAt, exprAt, letAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { isClass } from "./calls.ts";
import { lowerClass } from "./classes.ts";
import { lowerFor, lowerIf, lowerMatch, lowerTry, lowerWhile, lowerWith } from "./control.ts";
import { decoratorsOf, lowerDefinition } from "./functions.ts";
import { lowerImport, lowerImportFrom } from "./imports.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";
import { lowerAssigned } from "./patterns.ts";
import { typeRef } from "./types.ts";

export function lowerBlock(lo: Lowering, node: SyntaxNode | undefined): Stmt[] {
  if (node === undefined) return [];
  if (node.type !== "block" && node.type !== "module") return lowerStatement(lo, node);
  return node.children.flatMap((child) => lowerStatement(lo, child));
}

/** One case a statement type of tree-sitter-python. */
function lowerStatement(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const [first] = node.children;
  switch (node.type) {
    case "expression_statement":
      return lowerExpressionStatement(lo, node);
    case "return_statement":
      return [{ kind: "return", start, end, value: first === undefined ? null : lo.expr(first) }];
    case "raise_statement":
      return lowerRaise(lo, node);
    case "if_statement":
      return [lowerIf(lo, node)];
    case "for_statement":
      return lowerFor(lo, node);
    case "while_statement":
      return lowerWhile(lo, node);
    case "try_statement":
      return [lowerTry(lo, node)];
    case "with_statement":
      return lowerWith(lo, node);
    case "match_statement":
      return [lowerMatch(lo, node)];
    case "break_statement":
    case "continue_statement":
      return [{ kind: "jump", start, end }];
    case "import_statement":
      lowerImport(lo, node);
      return [];
    case "import_from_statement":
      lowerImportFrom(lo, node);
      return [];
    case "function_definition":
    case "class_definition":
      return lowerDeclared(lo, node, [], node);
    case "decorated_definition": {
      const definition = fieldOf(node, "definition");
      const decorators = decoratorsOf(lo, node);
      return definition === undefined ? [] : lowerDeclared(lo, definition, decorators, node);
    }
    case "global_statement":
    case "nonlocal_statement":
      for (const child of node.children) lo.scope.bound.add(textOf(lo, child));
      return [];
    case "delete_statement":
      return node.children
        .flatMap((child) => (child.type === "expression_list" ? child.children : [child]))
        .map((child) => lowerDelete(lo, child));
    case "print_statement":
      return [exprAt(node, callAt(node, nameAt({ start, end: start + "print".length }, "print"), node.children.map(lo.expr)))];
    case "pass_statement":
    case "future_import_statement":
    case "type_alias_statement":
      return [];
    case "block":
    case "module":
      return lowerBlock(lo, node);
    case "ERROR":
      return node.children.flatMap((child) => lowerBroken(lo, child));
    default:
      return [exprAt(node, opaqueAt(node, node.children.map(lo.expr)))];
  }
}

/** What the parser made sense of inside what it could not: statements as statements, the rest as values. */
function lowerBroken(lo: Lowering, node: SyntaxNode): Stmt[] {
  if (/(?:_statement|_definition|^block)$/.test(node.type)) return lowerStatement(lo, node);
  return [exprAt(node, lo.expr(node))];
}

function lowerDeclared(lo: Lowering, node: SyntaxNode, decorators: readonly Decorator[], at: Span): Stmt[] {
  const nameNode = fieldOf(node, "name");
  const name = nameNode === undefined ? "" : textOf(lo, nameNode);
  lo.scope.bound.add(name);
  const { start, end } = at;
  const value: Expr =
    node.type === "class_definition"
      ? { kind: "container", start, end, container: lowerClass(lo, node, decorators, at) }
      : { kind: "function", start, end, fn: lowerDefinition(lo, node, decorators, at, undefined) };
  return [letAt(at, bindAt(nameNode ?? node, name), value)];
}

function lowerExpressionStatement(lo: Lowering, node: SyntaxNode): Stmt[] {
  const [first, ...more] = node.children;
  if (first === undefined) return [];
  if (first.type === "assignment") return lowerAssignment(lo, first);
  if (first.type === "augmented_assignment") return lowerUpdate(lo, first);
  if (more.length === 0) return [exprAt(node, lo.expr(first))];
  return [exprAt(node, { kind: "list", start: node.start, end: node.end, items: node.children.map(lo.expr), tuple: true })];
}

/** `a = b = value` is two bindings of one value; `a: T` declares only. */
function lowerAssignment(lo: Lowering, node: SyntaxNode): Stmt[] {
  const [left, right, type] = [fieldOf(node, "left"), fieldOf(node, "right"), fieldOf(node, "type")];
  if (left === undefined) return [];
  if (right === undefined) {
    if (left.type !== "identifier") return [];
    lo.scope.bound.add(textOf(lo, left));
    return [letAt(node, bindAt(left, textOf(lo, left), typeRef(lo, type)), null)];
  }
  if (right.type === "assignment") {
    const inner = lowerAssignment(lo, right);
    const target = fieldOf(right, "left");
    return target === undefined ? inner : [...inner, bindTo(lo, node, left, undefined, lo.expr(target))];
  }
  return [bindTo(lo, node, left, type, lo.expr(right))];
}

function bindTo(lo: Lowering, at: Span, left: SyntaxNode, type: SyntaxNode | undefined, value: Expr): Stmt {
  const isKnown = left.type === "identifier" && lo.scope.bound.has(textOf(lo, left));
  const target = lowerAssigned(lo, left);
  if (target.kind === "member" || isKnown) {
    return exprAt(at, { kind: "assign", start: at.start, end: at.end, target, value });
  }
  const ref = typeRef(lo, type);
  return letAt(at, target.kind === "bind" && ref !== undefined ? { ...target, type: ref } : target, value);
}

function lowerUpdate(lo: Lowering, node: SyntaxNode): Stmt[] {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return [];
  const { start, end } = node;
  const value = lo.expr(right);
  return [exprAt(node, { kind: "assign", start, end, target: lowerAssigned(lo, left), value, update: true })];
}

/** `raise E` raises what the class creates; what it was caused by says nothing more. */
function lowerRaise(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const raised = node.children.find((child) => child.field !== "cause");
  if (raised === undefined) {
    const name = lo.scope.caught;
    return [{ kind: "throw", start, end, value: name === undefined ? null : nameAt(node, name) }];
  }
  const value = lo.expr(raised);
  const isBare = (value.kind === "name" || value.kind === "member") && isClass(value);
  return [{ kind: "throw", start, end, value: isBare ? callAt(raised, value, [], true) : value }];
}

/** `del a[b]` takes the key out, as `a.pop(b)` does. */
function lowerDelete(lo: Lowering, node: SyntaxNode): Stmt {
  const target = lo.expr(node);
  if (node.type !== "subscript" || target.kind !== "member") return exprAt(node, opaqueAt(node, [target]));
  const last = node.children.at(-1) ?? node;
  const key: Expr = target.index ?? { kind: "literal", start: last.start, end: last.end, value: target.property };
  return exprAt(node, callAt(node, memberAt(node, target.object, "pop"), [key]));
}
