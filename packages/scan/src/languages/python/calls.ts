import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { callAt, nameAt, textAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

/** A name in CapWords, as classes have it: PEP 8. */
const CAP_WORDS = /^_*[A-Z]\w*[a-z]/;

export function lowerCall(lo: Lowering, node: SyntaxNode): Expr {
  const target = fieldOf(node, "function") ?? node.children[0];
  if (target === undefined) return { kind: "opaque", start: node.start, end: node.end, parts: [] };
  const given = fieldOf(node, "arguments");
  if (target.type === "identifier" && textOf(lo, target) === "super") return nameAt(node, "super");
  const args = lo.args(given);
  const callee = lo.expr(target);
  const text = callee.kind === "member" && callee.property === "format" ? callee.object : undefined;
  if (text !== undefined && (text.kind === "template" || (text.kind === "literal" && typeof text.value === "string"))) {
    return textAt(node, [...(text.kind === "template" ? text.parts : [String(text.value)]), ...args.flatMap(valuesOf)]);
  }
  return callAt(node, callee, args, isClass(callee));
}

/** What names a class by its looks. */
export function isClass(callee: Expr): boolean {
  // `cls(…)` in a class method.
  if (callee.kind === "name") return CAP_WORDS.test(callee.name) || callee.name === "this";
  return callee.kind === "member" && callee.property !== null && CAP_WORDS.test(callee.property);
}

/** Keyword arguments are one record at the end; a generator as the only argument stands without brackets. */
export function lowerArguments(lo: Lowering, node: SyntaxNode | undefined): readonly Expr[] {
  if (node === undefined) return [];
  if (node.type !== "argument_list") return [lo.expr(node)];
  const args: Expr[] = [];
  const entries: RecordEntry[] = [];
  for (const child of node.children) {
    const { start, end } = child;
    const value = fieldOf(child, "value") ?? child.children[0];
    if (child.type === "keyword_argument") {
      const key = fieldOf(child, "name");
      if (key !== undefined && value !== undefined) entries.push({ start, end, key: textOf(lo, key), value: lo.expr(value) });
    } else if (child.type === "dictionary_splat") {
      if (value !== undefined) entries.push({ start, end, key: null, value: lo.expr(value), spread: true });
    } else args.push(lo.expr(child));
  }
  const first = entries[0];
  if (first === undefined) return args;
  return [...args, { kind: "record", start: first.start, end: entries.at(-1)!.end, entries, named: true }];
}

/** What the holes of a formatted text are filled with. */
export function valuesOf(expr: Expr): readonly Expr[] {
  if (expr.kind === "record") return expr.entries.map((entry) => entry.value);
  return expr.kind === "list" && expr.tuple ? expr.items : [expr];
}
