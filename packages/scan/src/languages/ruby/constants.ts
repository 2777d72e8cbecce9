import type { Expr } from "../../ir/nodes.ts";
import { memberAt, nameAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

/** `Admin::User` → `Admin.User`; undefined for what is no constant. */
export function constantName(lo: Lowering, node: SyntaxNode): string | undefined {
  if (node.type === "constant") return textOf(lo, node);
  if (node.type !== "scope_resolution") return undefined;
  const [scope, name] = [fieldOf(node, "scope"), fieldOf(node, "name")];
  if (name === undefined) return undefined;
  if (scope === undefined) return textOf(lo, name);
  const outer = constantName(lo, scope);
  return outer === undefined ? undefined : `${outer}.${textOf(lo, name)}`;
}

/** What is written in capitals is a value inside a class; all else is a class or module by its full name. */
const VALUE = /^[A-Z][A-Z0-9_]*$/;

export function lowerConstant(lo: Lowering, node: SyntaxNode): Expr {
  const [scope, name] = [fieldOf(node, "scope"), fieldOf(node, "name")];
  const full = constantName(lo, node);
  if (scope === undefined || name === undefined) return nameAt(node, full ?? textOf(lo, node));
  const last = textOf(lo, name);
  return full === undefined || (VALUE.test(last) && last.length > 2) ? memberAt(node, lo.expr(scope), last) : nameAt(node, full);
}
