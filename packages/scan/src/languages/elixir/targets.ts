import type { Expr } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";
import { nameAt, opaqueAt, textOf } from "./lowering.ts";
import { moduleName } from "./modules.ts";
import type { SyntaxNode } from "./syntax.ts";

/** What is called: a name, `Module.fun`, `value.fun`, or the function before `.()`. */
export function calleeOf(lo: Lowering, target: SyntaxNode): Expr {
  if (target.type === "identifier") return nameAt(target, textOf(lo, target));
  if (target.type !== "dot") return lo.expr(target);
  const [left, right] = target.children;
  if (!left) return opaqueAt(target, []);
  const module = moduleName(lo, left);
  const object = module === undefined ? lo.expr(left) : nameAt(left, module);
  if (!right) return object;
  return {
    kind: "member",
    start: target.start,
    end: target.end,
    object,
    property: propertyName(lo, right),
  };
}

/** `value.field`, where nothing but parentheses could tell a call. */
export function isField(lo: Lowering, target: SyntaxNode): boolean {
  const [left, right] = target.children;
  return target.type === "dot" && left !== undefined && right !== undefined && moduleName(lo, left) === undefined;
}

function propertyName(lo: Lowering, right: SyntaxNode): string | null {
  if (right.type !== "string" && right.type !== "charlist") return textOf(lo, right);
  const text = lo.expr(right);
  return text.kind === "literal" ? String(text.value) : null;
}
