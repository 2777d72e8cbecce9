import type { Expr } from "../../ir/nodes.ts";
import { callAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerChain } from "./chains.ts";
import { isLocal, methodOf, nameOf, textOf, type Lowering } from "../jvm/lowering.ts";
import { typeName } from "./types.ts";

/** `a.b(c)`, `b(c)`, `super(c)`. */
export function lowerCall(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const constructor = fieldOf(node, "constructor");
  if (constructor !== undefined) return callAt(node, nameAt(constructor, constructor.type), argsOf(lo, node));
  const name = fieldOf(node, "name");
  if (name === undefined) return undefined;
  return lowerChain(lo, node) ?? callAt(node, calleeOf(lo, node, name), argsOf(lo, node));
}

function calleeOf(lo: Lowering, node: SyntaxNode, name: SyntaxNode): Expr {
  const object = fieldOf(node, "object");
  const method = textOf(lo, name);
  if (object === undefined) return methodOf(lo, name, method);
  return memberAt({ start: object.start, end: name.end }, lo.expr(object), method);
}

export function argsOf(lo: Lowering, node: SyntaxNode): Expr[] {
  return (fieldOf(node, "arguments")?.children ?? []).map(lo.expr);
}

/** `new X(a)`, `new X() { … }`. */
export function lowerNew(lo: Lowering, node: SyntaxNode): Expr {
  const type = fieldOf(node, "type");
  const body = childOf(node, "class_body");
  const args = argsOf(lo, node);
  if (type === undefined) return opaqueAt(node, args);
  if (body === undefined) return callAt(node, nameAt(type, typeName(lo, type)), args, true);
  const container = lo.anonymous(type, body);
  return callAt(node, { kind: "container", start: container.start, end: container.end, container }, args, true);
}

const PACKAGE = /^(?:[a-z_]\w*\.)+[A-Z]\w*$/;

/** `com.shop.Users` as one name, where it is no member of something at hand. */
export function qualified(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const text = textOf(lo, node);
  if (!PACKAGE.test(text)) return undefined;
  const root = text.slice(0, text.indexOf("."));
  if (isLocal(lo, root) || nameOf(lo, node, root).kind === "member") return undefined;
  return nameAt(node, text);
}
