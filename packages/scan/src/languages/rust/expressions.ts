import type { Expr, RecordEntry, Stmt } from "../../ir/nodes.ts";
import { blockExpr, callAt, literalAt, memberAt, nameAt, nilAt, opaqueAt, param, symbolAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCall } from "./calls.ts";
import { tested } from "./control.ts";
import { keepFunction, textOf, type Lowering } from "./lowering.ts";
import { lowerMacro } from "./macros.ts";
import { lowerPath, membersOf, segmentsOf } from "./paths.ts";
import { unpacked } from "./results.ts";
import { joined, numberOf, stringOf } from "./text.ts";

type Lower = (cx: Lowering, node: SyntaxNode) => Expr;

const BLOCKS: ReadonlySet<string> = new Set([
  "if_expression",
  "match_expression",
  "block",
  "unsafe_block",
  "const_block",
  "for_expression",
  "while_expression",
  "loop_expression",
  "return_expression",
  "break_expression",
  "continue_expression",
]);

const BY_TYPE: Readonly<Record<string, Lower>> = {
  identifier: lowerName,
  field_identifier: (cx, node) => nameAt(node, textOf(cx, node)),
  type_identifier: lowerPath,
  metavariable: (cx, node) => nameAt(node, textOf(cx, node).slice(1)),
  scoped_identifier: lowerPath,
  scoped_type_identifier: lowerPath,
  generic_function: (cx, node) => inner(cx, node, "function"),
  self: (_, node) => nameAt(node, "this"),
  crate: (_, node) => nameAt(node, "crate"),
  super: (_, node) => nameAt(node, "super"),
  string_literal: (cx, node) => literalAt(node, stringOf(cx, node)),
  raw_string_literal: (cx, node) => literalAt(node, stringOf(cx, node)),
  char_literal: (cx, node) => literalAt(node, textOf(cx, node).slice(1, -1)),
  integer_literal: (cx, node) => literalAt(node, numberOf(textOf(cx, node))),
  float_literal: (cx, node) => literalAt(node, numberOf(textOf(cx, node))),
  boolean_literal: (cx, node) => literalAt(node, textOf(cx, node) === "true"),
  unit_expression: (_, node) => symbolAt(node, "unit"),
  call_expression: lowerCall,
  macro_invocation: lowerMacro,
  field_expression: lowerField,
  index_expression: lowerIndex,
  try_expression: lowerTry,
  await_expression: (cx, node) => ({ kind: "await", value: first(cx, node), start: node.start, end: node.end }),
  reference_expression: (cx, node) => inner(cx, node, "value"),
  parenthesized_expression: first,
  type_cast_expression: (cx, node) => inner(cx, node, "value"),
  unary_expression: lowerUnary,
  binary_expression: lowerBinary,
  assignment_expression: lowerAssignment,
  compound_assignment_expr: lowerAssignment,
  closure_expression: lowerClosure,
  async_block: lowerAsync,
  struct_expression: lowerStruct,
  tuple_expression: (cx, node) => ({ kind: "list", items: exprs(cx, node), tuple: true, start: node.start, end: node.end }),
  array_expression: (cx, node) => ({ kind: "list", items: exprs(cx, node), start: node.start, end: node.end }),
  range_expression: (cx, node) => opaqueAt(node, exprs(cx, node)),
  let_condition: lowerTest,
  let_chain: lowerTest,
};

export function lowerExpr(cx: Lowering, node: SyntaxNode): Expr {
  const lower = BY_TYPE[node.type];
  if (lower !== undefined) return lower(cx, node);
  if (BLOCKS.has(node.type)) return choice(cx, node) ?? blockExpr(node, cx.body(node, "yield"));
  if (/_type$|^type_|^visibility|^attribute|^lifetime$|^label$/.test(node.type)) return opaqueAt(node, []);
  return opaqueAt(node, exprs(cx, node));
}

function exprs(cx: Lowering, node: SyntaxNode): Expr[] {
  return node.children.filter((child) => child.type !== "attribute_item" && child.type !== "label").map((child) => cx.expr(child));
}

function first(cx: Lowering, node: SyntaxNode): Expr {
  const [child] = node.children;
  return child === undefined ? opaqueAt(node, []) : cx.expr(child);
}

function inner(cx: Lowering, node: SyntaxNode, field: string): Expr {
  const child = fieldOf(node, field) ?? node.children.at(-1);
  return child === undefined ? opaqueAt(node, []) : cx.expr(child);
}

function lowerName(cx: Lowering, node: SyntaxNode): Expr {
  const name = textOf(cx, node);
  if (name === "None") return nilAt(node);
  return nameAt(node, name === "Self" && cx.scope.self !== "" ? cx.scope.self : name);
}

function lowerField(cx: Lowering, node: SyntaxNode): Expr {
  const [value, field] = [fieldOf(node, "value"), fieldOf(node, "field")];
  if (value === undefined || field === undefined) return opaqueAt(node, exprs(cx, node));
  const object = cx.expr(value);
  const name = textOf(cx, field);
  // The only thing in a wrapper is the thing itself: it was unwrapped where it came from.
  return name === "0" && object.kind === "name" ? object : memberAt(node, object, name);
}

function lowerIndex(cx: Lowering, node: SyntaxNode): Expr {
  const [object, index] = node.children.map((child) => cx.expr(child));
  if (object === undefined || index === undefined) return opaqueAt(node, exprs(cx, node));
  const key = index.kind === "literal" && index.value !== null ? String(index.value) : null;
  return { kind: "member", object, property: key, ...(key === null && { index }), start: node.start, end: node.end };
}

/** `x?`: errors travel by themselves; null ends a function that gives an `Option`. */
function lowerTry(cx: Lowering, node: SyntaxNode): Expr {
  const [child] = node.children;
  const value = first(cx, node);
  if (child?.type === "identifier" && cx.scope.results.has(textOf(cx, child))) return unpacked(node, value);
  if (!cx.scope.option) return value;
  const { start, end } = node;
  const none: Stmt = { kind: "return", value: nilAt(node), start, end };
  const some: Stmt = { kind: "yield", value: nameAt(node, "_some"), start, end };
  return blockExpr(node, [
    { kind: "let", target: { kind: "bind", name: "_some", start, end }, value, start, end },
    {
      kind: "if",
      test: { kind: "binary", op: "==", left: nameAt(node, "_some"), right: nilAt(node), start, end },
      then: [none],
      otherwise: [],
      start,
      end,
    },
    some,
  ]);
}

function lowerUnary(cx: Lowering, node: SyntaxNode): Expr {
  const value = first(cx, node);
  const { start, end } = node;
  if (node.op === "!") return { kind: "not", value, start, end };
  if (node.op !== "-") return value;
  return value.kind === "literal" && typeof value.value === "number" ? literalAt(node, -value.value) : opaqueAt(node, [value]);
}

function lowerBinary(cx: Lowering, node: SyntaxNode): Expr {
  const [left, right] = [inner(cx, node, "left"), inner(cx, node, "right")];
  const { start, end, op } = node;
  if (op === "&&" || op === "||") return { kind: "logical", op: op === "&&" ? "and" : "or", left, right, start, end };
  return (op === "+" ? joined(node, left, right) : undefined) ?? { kind: "binary", op, left, right, start, end };
}

function lowerAssignment(cx: Lowering, node: SyntaxNode): Expr {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return opaqueAt(node, exprs(cx, node));
  const { start, end } = node;
  const value = cx.expr(right);
  if (textOf(cx, left) === "_") return value;
  const to = left.type === "identifier" || left.type === "tuple_expression" ? undefined : cx.expr(left);
  if (to !== undefined && to.kind !== "member" && to.kind !== "name") return opaqueAt(node, [to, value]);
  const target =
    to?.kind === "member"
      ? to
      : to?.kind === "name"
        ? ({ kind: "bind", name: to.name, start: left.start, end: left.end } as const)
        : assigned(cx, left);
  const update = node.type === "compound_assignment_expr";
  return { kind: "assign", target, value, ...(update && { update }), start, end };
}

function assigned(cx: Lowering, left: SyntaxNode): ReturnType<Lowering["pattern"]> {
  if (left.type === "identifier") return { kind: "bind", name: textOf(cx, left), start: left.start, end: left.end };
  return {
    kind: "listPattern",
    tuple: true,
    items: left.children.map((one) => assigned(cx, one.type === "identifier" ? one : { ...one, children: [] })),
    start: left.start,
    end: left.end,
  };
}

/** `if` with one expression a branch. */
function choice(cx: Lowering, node: SyntaxNode): Expr | undefined {
  const condition = fieldOf(node, "condition");
  const [then, other] = [fieldOf(node, "consequence"), fieldOf(node, "alternative")?.children[0]];
  if (node.type !== "if_expression" || condition === undefined || then === undefined || other === undefined) return undefined;
  if (condition.type.startsWith("let_") || !isPlain(then) || !isPlain(other)) return undefined;
  const [yes, no] = [cx.expr(then.children[0]!), cx.expr(other.children[0]!)];
  return { kind: "choice", test: cx.expr(condition), then: yes, otherwise: no, start: node.start, end: node.end };
}

const isPlain = (block: SyntaxNode): boolean =>
  block.type === "block" &&
  block.children.length === 1 &&
  /^(?:identifier|\w+_literal|field_expression|scoped_identifier)$/.test(block.children[0]!.type);

/** `let` in a place where only a truth value is asked for. */
function lowerTest(cx: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const yes: Stmt = { kind: "yield", value: literalAt(node, true), start, end };
  const no: Stmt = { kind: "yield", value: literalAt(node, false), start, end };
  return blockExpr(node, tested(cx, node, node, [yes], [no]));
}

function lowerClosure(cx: Lowering, node: SyntaxNode): Expr {
  const params = (fieldOf(node, "parameters")?.children ?? []).map((one) => param(cx.pattern(fieldOf(one, "pattern") ?? one)));
  const outer = cx.scope;
  cx.scope = { ...outer, option: false };
  const body = fieldOf(node, "body");
  const inside = body?.type === "async_block" ? childOf(body, "block") : body;
  const fn = keepFunction(cx, node, { params, body: cx.body(inside, "return") });
  cx.scope = outer;
  return { kind: "function", fn, start: node.start, end: node.end };
}

/** `async { … }` is run by whom it is given to. */
function lowerAsync(cx: Lowering, node: SyntaxNode): Expr {
  const fn = keepFunction(cx, node, { body: cx.body(childOf(node, "block"), "return") });
  const { start, end } = node;
  return { kind: "function", fn, start, end };
}

/** `User { id, name: n, ..base }` creates, with its fields as one record. */
function lowerStruct(cx: Lowering, node: SyntaxNode): Expr {
  const [name, body] = [fieldOf(node, "name"), fieldOf(node, "body")];
  const entries = (body?.children ?? []).flatMap((field) => entryOf(cx, field));
  const at = body ?? node;
  const callee = name === undefined ? nameAt(node, "") : lowerPathName(cx, name);
  return callAt(node, callee, entries.length === 0 ? [] : [{ kind: "record", entries, start: at.start, end: at.end }], true);
}

function lowerPathName(cx: Lowering, name: SyntaxNode): Expr {
  return name.type === "scoped_type_identifier" || name.type === "type_identifier"
    ? lowerPath(cx, name)
    : membersOf(name, segmentsOf(cx, name));
}

function entryOf(cx: Lowering, field: SyntaxNode): RecordEntry[] {
  const { start, end } = field;
  const child = field.children.at(-1);
  if (child === undefined) return [];
  if (field.type === "shorthand_field_initializer") return [{ key: textOf(cx, child), value: cx.expr(child), start, end }];
  if (field.type === "base_field_initializer") return [{ key: null, value: cx.expr(child), spread: true, start, end }];
  const name = fieldOf(field, "field");
  return [{ key: name === undefined ? null : textOf(cx, name), value: cx.expr(child), start, end }];
}
