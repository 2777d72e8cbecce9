import type { Expr, Pattern, Span } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { constantName } from "./constants.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

function any({ start, end }: Span): Pattern {
  return { kind: "anyPattern", start, end };
}

/** What names are given in an assignment, a `for`, or the parameters of a block. */
export function lowerTarget(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  switch (node.type) {
    case "identifier":
    case "instance_variable":
    case "class_variable":
    case "global_variable":
    case "constant": {
      const name = textOf(lo, node);
      if (node.type === "identifier") lo.scope.bound.add(name);
      return name === "_" ? any(node) : bindAt(node, name);
    }
    case "left_assignment_list":
    case "destructured_left_assignment":
    case "destructured_parameter":
      return { kind: "listPattern", start, end, items: node.children.map(lo.pattern) };
    case "rest_assignment":
    case "splat_parameter": {
      const inner = node.children[0];
      if (inner === undefined) return any(node);
      const pattern = lowerTarget(lo, inner);
      return pattern.kind === "bind" ? { ...pattern, rest: true } : pattern;
    }
    case "hash_pattern":
    case "array_pattern":
    case "find_pattern":
    case "as_pattern":
    case "alternative_pattern":
      return casePattern(lo, node)[0] ?? any(node);
    default:
      return any(node);
  }
}

/** `when A, 1`: a class is asked whether it has made the value, all else whether it is equal. */
export function whenPattern(lo: Lowering, node: SyntaxNode): Pattern {
  const inner = node.type === "pattern" ? (node.children[0] ?? node) : node;
  return constantPattern(lo, inner) ?? literalPattern(lo.expr(inner));
}

const VALUE_NAME = /(?:^|\.)[A-Z][A-Z0-9_]+$/;

function constantPattern(lo: Lowering, node: SyntaxNode): Pattern | undefined {
  const name = constantName(lo, node);
  if (name === undefined) return undefined;
  const { start, end } = node;
  if (VALUE_NAME.test(name)) return { kind: "equalsPattern", start, end, value: lo.expr(node) };
  return { kind: "recordPattern", start, end, entries: [], type: { name } };
}

function literalPattern(value: Expr): Pattern {
  const { start, end } = value;
  if (value.kind !== "literal") return { kind: "equalsPattern", start, end, value };
  return { kind: "literalPattern", start, end, value: value.value, ...(value.symbol && { symbol: true }) };
}

/** The patterns of `in`: several where they are alternatives. */
export function casePattern(lo: Lowering, node: SyntaxNode): readonly Pattern[] {
  const { start, end } = node;
  switch (node.type) {
    case "alternative_pattern":
      return node.children.flatMap((child) => casePattern(lo, child));
    case "identifier":
      return [lowerTarget(lo, node)];
    case "array_pattern":
    case "find_pattern":
      return [
        {
          kind: "listPattern",
          start,
          end,
          items: node.children.filter(({ field }) => field !== "class").map((child) => onePattern(lo, child)),
        },
      ];
    case "hash_pattern":
      return [hashPattern(lo, node)];
    case "as_pattern": {
      const [value, name] = [fieldOf(node, "value"), fieldOf(node, "name")];
      if (name === undefined) return value === undefined ? [any(node)] : casePattern(lo, value);
      lo.scope.bound.add(textOf(lo, name));
      const also = value === undefined ? undefined : casePattern(lo, value)[0];
      return [{ kind: "bind", start, end, name: textOf(lo, name), ...(also && { also }) }];
    }
    case "variable_reference_pattern":
    case "expression_reference_pattern": {
      const [inner] = node.children;
      return [inner === undefined ? any(node) : { kind: "equalsPattern", start, end, value: lo.expr(inner) }];
    }
    case "splat_parameter":
    case "hash_splat_parameter":
      return [lowerTarget(lo, node)];
    case "parenthesized_pattern":
      return node.children.flatMap((child) => casePattern(lo, child));
    default:
      return [constantPattern(lo, node) ?? literalPattern(lo.expr(node))];
  }
}

function onePattern(lo: Lowering, node: SyntaxNode): Pattern {
  const patterns = casePattern(lo, node);
  return patterns.length === 1 ? patterns[0]! : any(node);
}

function hashPattern(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const type = fieldOf(node, "class");
  const typeName = type === undefined ? undefined : constantName(lo, type);
  const entries = node.children
    .filter((child) => child.type === "keyword_pattern")
    .map((child) => {
      const [key, value] = [fieldOf(child, "key"), fieldOf(child, "value")];
      const name = key === undefined ? null : textOf(lo, key).replace(/^["':]|["':]$/g, "");
      if (value !== undefined) return { key: name, pattern: onePattern(lo, value) };
      if (name !== null) lo.scope.bound.add(name);
      return { key: name, pattern: name === null ? any(child) : bindAt(child, name) };
    });
  return { kind: "recordPattern", start, end, entries, ...(typeName !== undefined && { type: { name: typeName } }) };
}
