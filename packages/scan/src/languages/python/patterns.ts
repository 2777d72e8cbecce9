import type { Expr, MemberExpr, Pattern } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

/** What an assignment, `for` or `with` binds. A member as a target within a list is not told apart. */
export function lowerTarget(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  switch (node.type) {
    case "identifier": {
      const name = textOf(lo, node);
      lo.scope.bound.add(name);
      return name === "_" ? { kind: "anyPattern", start, end } : bindAt(node, name);
    }
    case "pattern_list":
    case "tuple_pattern":
    case "tuple":
    case "expression_list":
      return { kind: "listPattern", start, end, items: node.children.map((child) => lowerTarget(lo, child)), tuple: true };
    case "list_pattern":
    case "list":
      return { kind: "listPattern", start, end, items: node.children.map((child) => lowerTarget(lo, child)) };
    case "list_splat_pattern":
    case "list_splat": {
      const inner = node.children[0] === undefined ? undefined : lowerTarget(lo, node.children[0]);
      return inner?.kind === "bind" ? { ...inner, rest: true } : { kind: "anyPattern", start, end };
    }
    case "parenthesized_expression":
    case "as_pattern_target":
      return node.children[0] === undefined ? { kind: "anyPattern", start, end } : lowerTarget(lo, node.children[0]);
    default:
      return { kind: "anyPattern", start, end };
  }
}

/** The left side of an assignment: a pattern, or a member that gets a new value. */
export function lowerAssigned(lo: Lowering, node: SyntaxNode): Pattern | MemberExpr {
  if (node.type !== "attribute" && node.type !== "subscript") return lowerTarget(lo, node);
  const target: Expr = lo.expr(node);
  return target.kind === "member" ? target : { kind: "anyPattern", start: node.start, end: node.end };
}
