import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Page } from "../trees/spec.ts";

/** A value that a function gives: the last expression of its body (or of a branch that ends it), or what `return` has. */
export interface Given {
  readonly value: SyntaxNode;
  /** The statement or arm value that it is: itself, or the `return` around it. */
  readonly node: SyntaxNode;
  /** What that stands in, the outermost first. */
  readonly around: readonly SyntaxNode[];
  readonly returns: boolean;
  /** The type that the function says it gives. */
  readonly type: string;
}

/** The value of a function that holds what the path leads to; undefined where that is part of another statement. */
export function givenAt({ text }: Pick<Page, "text">, path: readonly SyntaxNode[]): Given | undefined {
  for (let i = path.length - 1; i > 0; i--) {
    const [node, parent] = [path[i]!, path[i - 1]!];
    if (node.type === "closure_expression" || node.type === "async_block") return undefined;
    if (node.type === "return_expression") {
      const [value] = node.children;
      const type = typeAround(path, text, i);
      const statement = parent.type === "expression_statement" ? i - 1 : i;
      if (value === undefined || type === undefined) return undefined;
      return { value, node: path[statement]!, around: path.slice(0, statement), returns: true, type };
    }
    const isRow = parent.type === "block";
    if (!isRow && !isArm(node, parent)) continue;
    if (isRow && (node.type === "let_declaration" || text[node.end - 1] === ";")) return undefined;
    const type = endsFunction(path, text, i) ? typeAround(path, text, i) : undefined;
    if (type === undefined) return undefined;
    const value = node.type === "expression_statement" ? node.children[0]! : node;
    if (value.type === "return_expression") continue;
    return { value, node, around: path.slice(0, i), returns: false, type };
  }
  return undefined;
}

/** `A => value`. */
export const isArm = (node: SyntaxNode, parent: SyntaxNode): boolean =>
  parent.type === "match_arm" && node.field === "value" && node.type !== "block";

/** Whether the value of a node is what its function gives, by way of the branches around it. */
function endsFunction(path: readonly SyntaxNode[], text: string, from: number): boolean {
  for (let i = from; i > 0; i--) {
    const [node, parent] = [path[i]!, path[i - 1]!];
    if (parent.type === "function_item") return node.field === "body";
    if (parent.type === "return_expression") return true;
    if (!passesOn(node, parent, text)) return false;
  }
  return false;
}

function passesOn(node: SyntaxNode, parent: SyntaxNode, text: string): boolean {
  switch (parent.type) {
    case "block":
      return parent.children.at(-1) === node && node.type !== "let_declaration" && text[node.end - 1] !== ";";
    case "if_expression":
      return node.field === "consequence" || node.field === "alternative";
    case "match_expression":
      return node.field === "body";
    case "match_arm":
      return node.field === "value";
    case "else_clause":
    case "match_block":
    case "unsafe_block":
    case "expression_statement":
      return true;
    default:
      return false;
  }
}

/** What the function around says that it gives; undefined in a closure, whose type nobody says. */
function typeAround(path: readonly SyntaxNode[], text: string, from: number): string | undefined {
  const fn = path
    .slice(0, from)
    .findLast(({ type }) => type === "function_item" || type === "closure_expression" || type === "async_block");
  if (fn?.type !== "function_item") return undefined;
  const type = fn.children.find(({ field }) => field === "return_type");
  return type === undefined ? "" : text.slice(type.start, type.end);
}
