import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { callAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsIn } from "./arguments.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** Types of the platform that are lists or maps: what stands in their braces is all that they are. */
const COLLECTIONS =
  /^(?:Sorted)?(?:List|HashSet|Set|Dictionary|Collection|Queue|Stack|Hashtable|ImmutableArray|ConcurrentDictionary|RouteValueDictionary)$/;

/** `new X(a) { B = c }`: what stands in braces is given last. */
export function lowerNew(lo: Lowering, node: SyntaxNode): Expr {
  const type = fieldOf(node, "type");
  const initial = fieldOf(node, "initializer") ?? childOf(node, "initializer_expression");
  const args = argsIn(lo, fieldOf(node, "arguments") ?? childOf(node, "argument_list"));
  if (type === undefined) return opaqueAt(node, [...args, ...(initial ? [lowerInitializer(lo, initial)] : [])]);
  return creation(lo, node, type, args, initial);
}

/** `Foo f = new(a) { … }`: the type stands before it. */
export function lowerImplicitNew(lo: Lowering, node: SyntaxNode, type: SyntaxNode): Expr {
  return creation(lo, node, type, argsIn(lo, childOf(node, "argument_list")), childOf(node, "initializer_expression"));
}

function creation(lo: Lowering, node: SyntaxNode, type: SyntaxNode, args: readonly Expr[], initial: SyntaxNode | undefined): Expr {
  const name = typeRef(lo, type)?.name ?? "";
  const given = initial === undefined || initial.children.length === 0 ? undefined : lowerInitializer(lo, initial);
  if (name === "Array" || COLLECTIONS.test(name)) {
    if (given !== undefined) return given;
    if (args.length === 0)
      return { kind: name.includes("Dictionary") ? "record" : "list", start: node.start, end: node.end, entries: [], items: [] } as Expr;
  }
  return callAt(node, nameAt(type, name), given === undefined ? args : [...args, given], true);
}

/** `{ A = 1, ["b"] = 2, { "c", 3 } }` is a record, `{ 1, 2 }` a list. */
export function lowerInitializer(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const entries = node.children.map((one) => entryOf(lo, one));
  if (node.children.length > 0 && entries.every((one) => one !== undefined)) return { kind: "record", start, end, entries };
  return { kind: "list", start, end, items: node.children.map((one) => valueOf(lo, one)) };
}

function valueOf(lo: Lowering, node: SyntaxNode): Expr {
  return node.type === "initializer_expression" ? lowerInitializer(lo, node) : lo.expr(node);
}

function entryOf(lo: Lowering, node: SyntaxNode): RecordEntry | undefined {
  const { start, end } = node;
  if (node.type === "initializer_expression") {
    const [key, value, more] = node.children;
    if (key === undefined || value === undefined || more !== undefined) return undefined;
    return { start, end, key: keyOf(lo.expr(key)), value: valueOf(lo, value) };
  }
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (node.type !== "assignment_expression" || left === undefined || right === undefined) return undefined;
  const key = left.type === "element_binding_expression" ? keyOf(argsIn(lo, left)[0]) : textOf(lo, left);
  return { start, end, key, value: valueOf(lo, right) };
}

function keyOf(expr: Expr | undefined): string | null {
  return expr?.kind === "literal" && typeof expr.value === "string" ? expr.value : null;
}

/** `new { next = "totp", user.Id, name }`. */
export function lowerAnonymous(lo: Lowering, node: SyntaxNode): Expr {
  return { kind: "record", start: node.start, end: node.end, entries: pairsIn(lo, node.children) };
}

/** `u with { Name = name }`. */
export function lowerWith(lo: Lowering, node: SyntaxNode): Expr {
  const [base, ...changes] = node.children;
  if (base === undefined) return opaqueAt(node, []);
  return {
    kind: "record",
    start: node.start,
    end: node.end,
    entries: changes.flatMap((one) => pairsIn(lo, one.children)),
    base: lo.expr(base),
  };
}

/** Names and values stand in one row; a value without a name is called as it ends. */
function pairsIn(lo: Lowering, nodes: readonly SyntaxNode[]): RecordEntry[] {
  const entries: RecordEntry[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const [name, value] = [nodes[i]!, nodes[i + 1]];
    const isNamed = value !== undefined && name.type === "identifier" && /^\s*=/.test(lo.text.slice(name.end, value.start));
    if (isNamed) i++;
    const written = textOf(lo, name);
    const key = isNamed ? written : /[\w]+$/.exec(written)?.[0];
    const shown = isNamed ? value : name;
    entries.push({ start: name.start, end: shown.end, key: key ?? null, value: lo.expr(shown) });
  }
  return entries;
}
