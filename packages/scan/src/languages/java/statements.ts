import type { Expr, Stmt } from "../../ir/nodes.ts";
import { bindAt, exprAt, letAt, literalAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, within, type Lowering } from "../jvm/lowering.ts";
import { lowerBody } from "./blocks.ts";
import { lowerSwitch } from "./switch.ts";
import { lowerTry } from "./try.ts";
import { isType, typeRef } from "./types.ts";

/** A branch or the body of a loop: a block or one statement. */
function lowerBranch(lo: Lowering, node: SyntaxNode | undefined): Stmt[] {
  if (node === undefined) return [];
  return node.type === "block" ? lowerBody(lo, node) : within(lo, [], () => lo.statement(node));
}

/** A statement, with the declarations that pattern tests in it make before it. */
export function lowerStatement(lo: Lowering, node: SyntaxNode): Stmt[] {
  const outer = lo.hoisted;
  lo.hoisted = [];
  const own = lowerPlain(lo, node);
  const all = lo.hoisted.length === 0 ? own : [...lo.hoisted, ...own];
  lo.hoisted = outer;
  return all;
}

function lowerPlain(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  switch (node.type) {
    case "local_variable_declaration":
      return lowerVariables(lo, node);
    case "expression_statement":
      return node.children.flatMap((child) =>
        child.type === "switch_expression" ? lowerSwitch(lo, child) : [exprAt(node, lo.expr(child))],
      );
    case "switch_expression":
      return lowerSwitch(lo, node);
    case "explicit_constructor_invocation":
      return [exprAt(node, lo.expr(node))];
    case "block":
    case "constructor_body":
      return [{ kind: "blockStmt", start, end, body: lowerBody(lo, node) }];
    case "if_statement":
      return [lowerIf(lo, node)];
    case "return_statement":
      return [{ kind: "return", start, end, value: valueOf(lo, node) }];
    case "throw_statement":
      return [{ kind: "throw", start, end, value: valueOf(lo, node) }];
    case "yield_statement":
      return [{ kind: "yield", start, end, value: valueOf(lo, node) ?? opaqueAt(node, []) }];
    case "break_statement":
    case "continue_statement":
      return [{ kind: "jump", start, end }];
    case "try_statement":
    case "try_with_resources_statement":
      return [lowerTry(lo, node)];
    case "class_declaration":
    case "record_declaration":
    case "enum_declaration":
    case "interface_declaration":
    case "annotation_type_declaration":
      return lowerLocalClass(lo, node);
    default:
      return lowerLoop(lo, node) ?? lowerOther(lo, node);
  }
}

function valueOf(lo: Lowering, node: SyntaxNode): Expr | null {
  return node.children[0] === undefined ? null : lo.expr(node.children[0]);
}

function lowerOther(lo: Lowering, node: SyntaxNode): Stmt[] {
  switch (node.type) {
    case "labeled_statement":
      return node.children.slice(1).flatMap(lo.statement);
    case "synchronized_statement": {
      const [lock] = node.children;
      const body = fieldOf(node, "body");
      return [...(lock === undefined ? [] : [exprAt(lock, lo.expr(lock))]), ...(body === undefined ? [] : lowerBody(lo, body))];
    }
    case "method_declaration":
      return [];
    case "assert_statement":
      return [exprAt(node, opaqueAt(node, node.children.map(lo.expr)))];
    default:
      return node.children.length === 0 && node.type !== "identifier" ? [] : [exprAt(node, lo.expr(node))];
  }
}

/** `User a = find(), b;` */
function lowerVariables(lo: Lowering, node: SyntaxNode): Stmt[] {
  const type = typeRef(lo, fieldOf(node, "type"));
  return fieldsOf(node, "declarator").flatMap((one) => {
    const [name, value] = [fieldOf(one, "name"), fieldOf(one, "value")];
    if (name === undefined) return [];
    const initial = value === undefined ? null : lo.expr(value);
    declare(lo, textOf(lo, name));
    return [letAt(one, bindAt(name, textOf(lo, name), type), initial)];
  });
}

function lowerIf(lo: Lowering, node: SyntaxNode): Stmt {
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? literalAt(node, true) : lo.expr(condition);
  const { start, end } = node;
  const then = lowerBranch(lo, fieldOf(node, "consequence"));
  return { kind: "if", start, end, test, then, otherwise: lowerBranch(lo, fieldOf(node, "alternative")) };
}

function lowerLoop(lo: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  switch (node.type) {
    case "enhanced_for_statement":
      return [lowerForEach(lo, node)];
    case "for_statement":
      return within(lo, [], () => lowerFor(lo, node));
    case "while_statement": {
      const test = condition === undefined ? undefined : lo.expr(condition);
      return [{ kind: "loop", start, end, over: null, ...(test && { test }), body: lowerBranch(lo, fieldOf(node, "body")) }];
    }
    case "do_statement": {
      const body = lowerBranch(lo, fieldOf(node, "body"));
      return [
        {
          kind: "loop",
          start,
          end,
          over: null,
          body: condition === undefined ? body : [...body, exprAt(condition, lo.expr(condition))],
          atLeastOnce: true,
        },
      ];
    }
    default:
      return undefined;
  }
}

function lowerForEach(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const [name, value] = [fieldOf(node, "name"), fieldOf(node, "value")];
  const over = value === undefined ? null : lo.expr(value);
  const local = name === undefined ? "" : textOf(lo, name);
  const body = within(lo, [local], () => lowerBranch(lo, fieldOf(node, "body")));
  const target = name === undefined ? undefined : bindAt(name, local, typeRef(lo, fieldOf(node, "type") ?? node.children.find(isType)));
  return { kind: "loop", start, end, over, ...(target && { target }), body };
}

function lowerFor(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const init = fieldsOf(node, "init").flatMap(lo.statement);
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? undefined : lo.expr(condition);
  const update = fieldsOf(node, "update").map((one) => exprAt(one, lo.expr(one)));
  const body = [...lowerBranch(lo, fieldOf(node, "body")), ...update];
  return [...init, { kind: "loop", start, end, over: null, ...(test && { test }), body }];
}

function lowerLocalClass(lo: Lowering, node: SyntaxNode): Stmt[] {
  const container = lo.container(node);
  const name = fieldOf(node, "name");
  const value: Expr = { kind: "container", start: node.start, end: node.end, container };
  return name === undefined ? [exprAt(node, value)] : [letAt(node, bindAt(name, textOf(lo, name)), value)];
}
