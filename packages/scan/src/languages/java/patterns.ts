import type { Expr, Pattern } from "../../ir/nodes.ts";
import { bindAt, letAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, type Lowering } from "../jvm/lowering.ts";
import { isType, typeName, typeRef } from "./types.ts";

/** What stands behind `case`: a type with a name, a record taken apart, a constant. */
export function lowerPattern(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  switch (node.type) {
    case "pattern":
      return node.children[0] ? lowerPattern(lo, node.children[0]) : { kind: "anyPattern", start, end };
    case "type_pattern":
    case "record_pattern_component":
      return typed(lo, node);
    case "record_pattern":
      return taken(lo, node);
    case "underscore_pattern":
      return { kind: "anyPattern", start, end };
    default: {
      const value = lo.expr(node);
      if (value.kind === "literal") return { kind: "literalPattern", start, end, value: value.value };
      return { kind: "equalsPattern", start, end, value };
    }
  }
}

function typed(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const inner = node.children.find((child) => child.type === "record_pattern" || child.type === "type_pattern");
  if (inner !== undefined) return lowerPattern(lo, inner);
  const name = node.children.find((child) => child.type === "identifier");
  const type = typeRef(lo, node.children.find(isType));
  if (name === undefined) return { kind: "anyPattern", start, end };
  declare(lo, textOf(lo, name));
  const bind = bindAt(node, textOf(lo, name), type);
  if (type === undefined || bind.kind !== "bind") return bind;
  return { ...bind, also: { kind: "recordPattern", start, end: name.start, entries: [], type } };
}

function taken(lo: Lowering, node: SyntaxNode): Pattern {
  const [type, body] = node.children;
  const entries = (body?.children ?? []).map((part) => ({ key: null, pattern: lowerPattern(lo, part) }));
  const { start, end } = node;
  return { kind: "recordPattern", start, end, entries, ...(type && { type: { name: textOf(lo, type) } }) };
}

/** `x instanceof User u`: a test of the type; the name is declared before the statement, and given its value by the test. */
export function lowerTest(lo: Lowering, node: SyntaxNode): Expr {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  const pattern = fieldOf(node, "pattern");
  if (left === undefined || (right === undefined && pattern === undefined)) return opaqueAt(node, node.children.map(lo.expr));
  const { start, end } = node;
  const type = right ?? pattern!.children[0] ?? pattern!;
  const name = fieldOf(node, "name");
  let value = lo.expr(left);
  if (name !== undefined) {
    const bind = bindAt(name, textOf(lo, name), typeRef(lo, right));
    lo.hoisted.push(letAt(name, bind, null));
    declare(lo, textOf(lo, name));
    value = { kind: "assign", start, end, target: bindAt(name, textOf(lo, name)), value };
  } else if (pattern !== undefined) {
    const taking = lowerPattern(lo, pattern);
    for (const one of boundIn(taking)) lo.hoisted.push(letAt(one, one, null));
  }
  return { kind: "binary", start, end, op: "is", left: value, right: nameAt(type, typeName(lo, type)) };
}

function boundIn(pattern: Pattern): Pattern[] {
  if (pattern.kind === "recordPattern") return pattern.entries.flatMap((entry) => boundIn(entry.pattern));
  return pattern.kind === "bind" ? [bindAt(pattern, pattern.name, pattern.type)] : [];
}
