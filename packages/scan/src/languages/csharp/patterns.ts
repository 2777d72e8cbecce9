import type { Expr, Pattern, Span } from "../../ir/nodes.ts";
import { bindAt, blockExpr, letAt, literalAt, memberAt, nameAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, type Lowering } from "./lowering.ts";
import { isType, typeName, typeRef } from "./types.ts";

/** `x is { LockedOut: false } user`: a condition, in which the names of the pattern are given their values. */
export function lowerTest(lo: Lowering, node: SyntaxNode): Expr {
  const [value, pattern] = [fieldOf(node, "expression"), fieldOf(node, "pattern")];
  if (value === undefined || pattern === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const subject = lo.expr(value);
  if (isPlain(subject) || isSingle(pattern)) return tests(lo, pattern, subject);
  const name = `_tested${node.start}`;
  const at = { start: value.start, end: value.start };
  lo.hoisted.push(letAt(at, bindAt(at, name), null));
  const given: Expr = { kind: "assign", start: value.start, end: value.end, target: bindAt(at, name), value: subject };
  const test = tests(lo, pattern, nameAt({ start: value.end, end: value.end }, name));
  return blockExpr(node, [
    { kind: "expr", start: value.start, end: value.end, value: given },
    { kind: "yield", start: pattern.start, end: pattern.end, value: test },
  ]);
}

/** It may be read more than once: nothing happens by it. */
export function isPlain(expr: Expr): boolean {
  return expr.kind === "name" || expr.kind === "literal" || (expr.kind === "member" && expr.property !== null && isPlain(expr.object));
}

/** The pattern reads its subject once. */
function isSingle(pattern: SyntaxNode): boolean {
  if (pattern.type === "negated_pattern" || pattern.type === "parenthesized_pattern") return pattern.children.every(isSingle);
  return pattern.type === "constant_pattern"
    ? pattern.children.every((one) => one.type !== "tuple_expression" && one.op !== "||")
    : pattern.type === "declaration_pattern";
}

/** Whether a value fits a pattern, as a condition. */
export function tests(lo: Lowering, pattern: SyntaxNode, subject: Expr): Expr {
  const { start, end } = pattern;
  const [first] = pattern.children;
  switch (pattern.type) {
    case "negated_pattern":
      return first === undefined ? opaqueAt(pattern, [subject]) : negated(pattern, tests(lo, first, subject));
    case "parenthesized_pattern":
      return first === undefined ? opaqueAt(pattern, [subject]) : tests(lo, first, subject);
    case "and_pattern":
    case "or_pattern": {
      const [left, right] = [fieldOf(pattern, "left"), fieldOf(pattern, "right")];
      if (left === undefined || right === undefined) return opaqueAt(pattern, [subject]);
      const op = pattern.type === "and_pattern" ? "and" : "or";
      return { kind: "logical", start, end, op, left: tests(lo, left, subject), right: tests(lo, right, subject) };
    }
    case "relational_pattern":
      return {
        kind: "binary",
        start,
        end,
        op: pattern.op,
        left: subject,
        right: first === undefined ? opaqueAt(pattern, []) : lo.expr(first),
      };
    case "declaration_pattern":
      return ofType(lo, pattern, fieldOf(pattern, "type"), named(lo, fieldOf(pattern, "name"), fieldOf(pattern, "type"), subject));
    case "type_pattern":
      return ofType(lo, pattern, fieldOf(pattern, "type") ?? first, subject);
    case "var_pattern":
    case "discard":
      return {
        kind: "logical",
        start,
        end,
        op: "or",
        left: named(lo, fieldOf(pattern, "name"), undefined, subject),
        right: literalAt(pattern, true),
      };
    case "recursive_pattern":
      return recursive(lo, pattern, subject);
    case "constant_pattern":
      return first === undefined ? opaqueAt(pattern, [subject]) : constant(lo, pattern, first, subject);
    default:
      return opaqueAt(pattern, [subject]);
  }
}

function negated(at: Span, value: Expr): Expr {
  const { start, end } = at;
  return value.kind === "binary" && value.op === "==" ? { ...value, op: "!=" } : { kind: "not", start, end, value };
}

/** `null`, `"x"`, `Status.Locked`, `User`. A name in capitals may be a type as well: both compare by name. */
function constant(lo: Lowering, pattern: SyntaxNode, value: SyntaxNode, left: Expr): Expr {
  const { start, end } = pattern;
  // `x is null || y` is read as one constant by the grammar.
  if (value.type === "binary_expression" && (value.op === "||" || value.op === "&&")) {
    const [first, second] = [fieldOf(value, "left"), fieldOf(value, "right")];
    if (first !== undefined && second !== undefined)
      return {
        kind: "logical",
        start,
        end,
        op: value.op === "||" ? "or" : "and",
        left: constant(lo, first, first, left),
        right: lo.expr(second),
      };
  }
  if (value.type === "tuple_expression") return opaqueAt(pattern, [left]);
  if (value.type === "identifier" && /^\p{Lu}/u.test(textOf(lo, value))) return ofType(lo, pattern, value, left);
  return { kind: "binary", start, end, op: "==", left, right: lo.expr(value) };
}

function ofType(lo: Lowering, at: Span, type: SyntaxNode | undefined, left: Expr): Expr {
  const { start, end } = at;
  return { kind: "binary", start, end, op: "is", left, right: nameAt(type ?? at, type === undefined ? "" : typeName(lo, type)) };
}

/** The name of a pattern is declared before the statement, and given its value where the test is made. */
function named(lo: Lowering, name: SyntaxNode | undefined, type: SyntaxNode | undefined, value: Expr): Expr {
  if (name === undefined || name.type !== "identifier") return value;
  const local = textOf(lo, name);
  lo.hoisted.push(letAt(name, bindAt(name, local, typeRef(lo, type)), null));
  declare(lo, local);
  return { kind: "assign", start: Math.min(value.start, name.start), end: name.end, target: bindAt(name, local), value };
}

/** `User { Locked: false, Name.Length: > 3 } user`. */
function recursive(lo: Lowering, pattern: SyntaxNode, subject: Expr): Expr {
  const { start, end } = pattern;
  const type = fieldOf(pattern, "type");
  const name = fieldOf(pattern, "name");
  const given = named(lo, name, type, subject);
  const head: Expr =
    type === undefined
      ? { kind: "binary", start, end, op: "!=", left: given, right: nilAt({ start: end, end }) }
      : ofType(lo, pattern, type, given);
  const parts = childrenOf(pattern, "property_pattern_clause").flatMap((clause) => childrenOf(clause, "subpattern"));
  return parts.reduce<Expr>((all, part) => {
    const [key, inner] = part.children;
    if (key === undefined || inner === undefined) return all;
    return { kind: "logical", start, end, op: "and", left: all, right: tests(lo, inner, memberChain(lo, key, subject)) };
  }, head);
}

/** `Name.Length` of the subject. */
function memberChain(lo: Lowering, key: SyntaxNode, subject: Expr): Expr {
  return textOf(lo, key)
    .split(".")
    .reduce<Expr>((object, property) => memberAt(key, object, property.trim()), { ...subject, start: key.start, end: key.start });
}

/** A pattern of `case`, where it can be said without a condition; undefined where it cannot. */
export function lowerPattern(lo: Lowering, node: SyntaxNode): readonly Pattern[] | undefined {
  const { start, end } = node;
  const [first] = node.children;
  switch (node.type) {
    case "discard":
      return [];
    case "parenthesized_pattern":
      return first && lowerPattern(lo, first);
    case "declaration_pattern":
    case "type_pattern":
      return [declared(lo, node)];
    case "or_pattern": {
      const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")].map((one) => one && lowerPattern(lo, one));
      return left?.length && right?.length ? [...left, ...right] : undefined;
    }
    case "constant_pattern":
      if (first === undefined || first.type === "tuple_expression") return first && tuple(lo, first);
      return [valuePattern(lo, first)];
    case "recursive_pattern": {
      const name = fieldOf(node, "name");
      if (name !== undefined || childrenOf(node, "property_pattern_clause").length === 0) return undefined;
      return recordPattern(lo, node);
    }
    default:
      return isType(node) ? [{ kind: "recordPattern", start, end, entries: [], type: { name: typeName(lo, node) } }] : undefined;
  }
}

function valuePattern(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const value = lo.expr(node);
  return value.kind === "literal"
    ? { kind: "literalPattern", start, end, value: value.value }
    : { kind: "equalsPattern", start, end, value };
}

function declared(lo: Lowering, node: SyntaxNode): Pattern {
  const type = typeRef(lo, fieldOf(node, "type") ?? node.children[0]);
  const name = fieldOf(node, "name");
  const fits: Pattern = { kind: "recordPattern", start: node.start, end: node.end, entries: [], ...(type && { type }) };
  if (name === undefined || name.type !== "identifier") return fits;
  declare(lo, textOf(lo, name));
  const bind = bindAt(name, textOf(lo, name), type);
  return bind.kind === "bind" && type !== undefined ? { ...bind, start: node.start, end: node.end, also: fits } : bind;
}

/** `(1, "x", _)`. */
function tuple(lo: Lowering, node: SyntaxNode): readonly Pattern[] {
  const items = node.children.map((one): Pattern => {
    const value = one.children.at(-1);
    if (value === undefined || textOf(lo, value) === "_") return { kind: "anyPattern", start: one.start, end: one.end };
    if (value.type !== "declaration_expression") return valuePattern(lo, value);
    return declared(lo, value);
  });
  return [{ kind: "listPattern", start: node.start, end: node.end, items, tuple: true }];
}

function recordPattern(lo: Lowering, node: SyntaxNode): readonly Pattern[] | undefined {
  const type = typeRef(lo, fieldOf(node, "type"));
  const parts = childrenOf(node, "property_pattern_clause").flatMap((clause) => childrenOf(clause, "subpattern"));
  const entries = parts.map((part) => {
    const [key, inner] = part.children;
    const patterns = inner === undefined ? undefined : lowerPattern(lo, inner);
    if (key === undefined || key.type !== "identifier" || patterns?.length !== 1) return undefined;
    return { key: textOf(lo, key), pattern: patterns[0]! };
  });
  if (!entries.every((one) => one !== undefined)) return undefined;
  return [{ kind: "recordPattern", start: node.start, end: node.end, entries, ...(type && { type }) }];
}
