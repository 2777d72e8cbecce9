import type { ImportIR, Span } from "../../ir/nodes.ts";
import { childOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

/** A name as it is written, its separators dots, without the leading one. */
export function dotted(text: string): string {
  return text.replaceAll(/\s/g, "").replace(/^\\/, "").replaceAll("\\", ".");
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The name of a class, function or constant: short where it can be, with an import that says the rest. */
export function nameOf(lo: Lowering, node: SyntaxNode): string {
  const text = textOf(lo, node);
  if (/^(?:self|static)$/i.test(text)) return "this";
  if (/^parent$/i.test(text)) return "super";
  if (!text.includes("\\")) return text;
  const full = fullName(lo, text);
  const dot = full.lastIndexOf(".");
  const last = full.slice(dot + 1);
  if (dot < 0) return last;
  const known = lo.imports.find((one) => one.local === last);
  if (known === undefined) lo.imports.push(importOf(node, last, full, isFunction(last)));
  else if (known.source !== (known.imported === "*" ? full : full.slice(0, dot))) return full;
  return last;
}

/** https://www.php.net/manual/en/language.namespaces.rules.php */
function fullName(lo: Lowering, text: string): string {
  const name = dotted(text);
  if (/^\s*\\/.test(text)) return name;
  const own = lo.namespace === "" ? "" : `${lo.namespace}.`;
  if (name.startsWith("namespace.")) return own + name.slice("namespace.".length);
  const dot = name.indexOf(".");
  const alias = lo.imports.find((one) => one.local === name.slice(0, dot) && one.imported === "*");
  return alias === undefined ? own + name : alias.source + name.slice(dot);
}

function isFunction(last: string): boolean {
  return /^[a-z]/.test(last);
}

/** A function is a member of its namespace, a class is a name of its own. */
function importOf({ start, end }: Span, local: string, full: string, isMember: boolean): ImportIR {
  if (!isMember) return { start, end, local, imported: "*", source: full };
  const dot = full.lastIndexOf(".");
  return { start, end, local, imported: full.slice(dot + 1), source: full.slice(0, Math.max(0, dot)) };
}

/** `use A\B;`, `use A\B as C, D;`, `use A\{B, C as D};`, `use function A\f;`. */
export function lowerUse(lo: Lowering, node: SyntaxNode): void {
  const group = fieldOf(node, "body");
  const prefix = group === undefined ? undefined : childOf(node, "namespace_name");
  const outer = prefix === undefined ? "" : `${dotted(textOf(lo, prefix))}.`;
  for (const clause of (group ?? node).children) {
    if (clause.type !== "namespace_use_clause" && clause.type !== "namespace_use_group_clause") continue;
    const alias = fieldOf(clause, "alias");
    const path = clause.children.find((child) => child !== alias);
    if (path === undefined) continue;
    const full = outer + dotted(textOf(lo, path));
    const isMember = [node, clause].some((one) => hasToken(one, "function") || hasToken(one, "const"));
    lo.imports.push(importOf(clause, alias === undefined ? lastPart(full) : textOf(lo, alias), full, isMember));
  }
}
