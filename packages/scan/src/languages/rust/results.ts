import type { Expr, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt, blockExpr, callAt, letAt, nameAt, nilAt, symbolAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { bareNode, textOf, throwAt, type Lowering } from "./lowering.ts";

/** `try { body } catch e { failed } else { otherwise }`. */
export function tryAt(
  { start, end }: Span,
  body: readonly Stmt[],
  failed: readonly Stmt[],
  otherwise: readonly Stmt[],
  error?: Pattern,
): Stmt {
  const catches = [{ ...(error && { param: error }), types: [], body: failed, start, end }];
  return { kind: "try", body, catches, ...(otherwise.length > 0 && { otherwise }), start, end };
}

/** What `Err(e)` throws: a variant of an enum is created, an answer (a status with a body) is carried by an error. */
export function errorOf(at: Span, value: Expr | undefined): Expr {
  if (value === undefined) return nilAt(at);
  if (value.kind === "literal" && typeof value.value === "number") return callAt(at, nameAt(at, "ResponseError"), [value], true);
  if (value.kind === "list" && value.tuple && isStatus(value.items[0])) return callAt(at, nameAt(at, "ResponseError"), value.items, true);
  if (isVariant(value)) return callAt(value, value, [], true);
  return value.kind === "call" && isVariant(value.callee) ? { ...value, creates: true } : value;
}

const isStatus = (expr: Expr | undefined): boolean => expr?.kind === "literal" && typeof expr.value === "number";

function isVariant(expr: Expr): boolean {
  if (expr.kind === "name") return /^[A-Z]\w*[a-z]/.test(expr.name);
  return expr.kind === "member" && /^[A-Z]\w*[a-z]/.test(expr.property ?? "");
}

/** Whether an expression makes a `Result` here and now, so that what it throws is caught here. */
export function isDirect(node: SyntaxNode): boolean {
  const at = bareNode(node);
  if (at.type === "identifier") return false;
  return !/^(?:field_expression|self|index_expression|tuple_expression)$/.test(at.type);
}

/** `value` as a tuple that says whether it failed. */
export function reified(at: Span, value: Expr): Expr {
  const tuple = (tag: string, item: Expr): Expr => ({
    kind: "list",
    tuple: true,
    items: [symbolAt(at, tag), item],
    start: at.start,
    end: at.end,
  });
  const inner = "_value";
  const body: Stmt[] = [letAt(at, bindAt(at, inner), value)];
  const failed: Stmt[] = [{ kind: "yield", value: tuple("error", nameAt(at, "_error")), start: at.start, end: at.end }];
  const done: Stmt[] = [{ kind: "yield", value: tuple("ok", nameAt(at, inner)), start: at.start, end: at.end }];
  return blockExpr(at, [tryAt(at, body, failed, done, bindAt(at, "_error"))]);
}

/** What a variable holds, thrown where it is an error: `result?`, and a `Result` that is given back. */
export function unpacked(at: Span, value: Expr): Expr {
  const { start, end } = at;
  const tagged = (tag: string, name: string): Pattern => ({
    kind: "listPattern",
    tuple: true,
    items: [{ kind: "literalPattern", value: tag, symbol: true, start, end }, bindAt(at, name)],
    start,
    end,
  });
  return blockExpr(at, [
    {
      kind: "match",
      subject: value,
      exhaustive: true,
      start,
      end,
      arms: [
        { patterns: [tagged("error", "_error")], body: [throwAt(at, nameAt(at, "_error"))], start, end },
        { patterns: [tagged("ok", "_value")], body: [{ kind: "yield", value: nameAt(at, "_value"), start, end }], start, end },
        { patterns: [], body: [{ kind: "yield", value, start, end }], start, end },
      ],
    },
  ]);
}

/** Variables that are declared in a body by `let` and looked at later as a `Result`. */
export function resultsIn(cx: Lowering, body: SyntaxNode): ReadonlySet<string> {
  const declared = new Set<string>();
  const looked = new Set<string>();
  visit(body, (node) => {
    const pattern = fieldOf(node, "pattern");
    if (node.type === "let_declaration" && pattern?.type === "identifier") declared.add(textOf(cx, pattern));
    const value = lookedAt(cx, node);
    if (value?.type === "identifier") looked.add(textOf(cx, value));
  });
  return new Set([...declared].filter((name) => looked.has(name)));
}

function lookedAt(cx: Lowering, node: SyntaxNode): SyntaxNode | undefined {
  const value = fieldOf(node, "value") ?? node.children[0];
  if (value === undefined) return undefined;
  if (node.type === "match_expression") {
    const arms = fieldOf(node, "body")?.children ?? [];
    return arms.some((arm) => /^(?:Ok|Err)\s*\(/.test(textOf(cx, arm))) ? bareNode(value) : undefined;
  }
  const pattern = fieldOf(node, "pattern");
  if ((node.type === "let_condition" || node.type === "let_declaration") && pattern !== undefined)
    return /^(?:Ok|Err)\s*\(/.test(textOf(cx, pattern)) ? bareNode(value) : undefined;
  if (node.type !== "field_expression") return undefined;
  const field = fieldOf(node, "field");
  return field !== undefined && /^is_(?:ok|err)$/.test(textOf(cx, field)) ? bareNode(value) : undefined;
}

function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (const child of node.children) visit(child, see);
}
