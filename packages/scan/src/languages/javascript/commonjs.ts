import type { CallExpression, Expression, VariableDeclarator } from "oxc-parser";
import type { Expr, MemberExpr, RecordEntry, Span } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";
import { keyName, unwrapped } from "./names.ts";

/**
 * CommonJS as imports and exports (https://nodejs.org/api/modules.html): `require` binds the whole module (`*`), what is
 * assigned to `module.exports` is the default export, and each of its entries is an export as well.
 */
export function exportAssigned(cx: Lowering, target: MemberExpr, value: Expr, span: Span): void {
  const exported = exportedBy(target);
  if (exported === undefined || exported === "__esModule") return;
  const { start, end } = span;
  const given = lastValue(value);
  cx.exports.push({ start, end, exported, ...localOrValue(given) });
  if (exported === "default" && isModuleExports(target)) exportEntries(cx, given, span);
}

/** The exports that stand in `module.exports = value`, beside the default one. */
export function exportEntries(cx: Lowering, value: Expr, span: Span): void {
  const source = requiredSource(value);
  if (source !== undefined) cx.exports.push({ start: span.start, end: span.end, exported: "*", local: "*", source });
  if (value.kind === "record") for (const entry of value.entries) exportEntry(cx, entry);
}

function exportEntry(cx: Lowering, entry: RecordEntry): void {
  const { start, end } = entry;
  if (entry.key !== null) cx.exports.push({ start, end, exported: entry.key, ...localOrValue(entry.value) });
  const source = entry.spread ? requiredSource(entry.value) : undefined;
  if (source !== undefined) cx.exports.push({ start, end, exported: "*", local: "*", source });
}

/** A name is exported as itself, `require("x")` and `require("x").y` as what they re-export, all else as a value. */
function localOrValue(value: Expr): { local?: string; value?: Expr; source?: string } {
  if (value.kind === "name") return { local: value.name };
  const whole = requiredSource(value);
  if (whole !== undefined) return { local: "*", source: whole };
  const from = value.kind === "member" ? requiredSource(value.object) : undefined;
  if (from !== undefined && value.kind === "member" && value.property !== null) return { local: value.property, source: from };
  return { value };
}

function exportedBy(target: MemberExpr): string | undefined {
  if (isModuleExports(target)) return "default";
  const { object, property } = target;
  if (property === null) return undefined;
  if (object.kind === "name" && object.name === "exports") return property;
  return object.kind === "member" && isModuleExports(object) ? property : undefined;
}

function isModuleExports(expr: MemberExpr): boolean {
  return expr.property === "exports" && expr.object.kind === "name" && expr.object.name === "module";
}

/** `exports.a = exports.b = f`: what all of them get. */
function lastValue(value: Expr): Expr {
  let last = value;
  while (last.kind === "assign") last = last.value;
  return last;
}

function requiredSource(value: Expr): string | undefined {
  if (value.kind !== "call" || value.callee.kind !== "name" || value.callee.name !== "require") return undefined;
  const source = value.args[0];
  return source?.kind === "literal" && typeof source.value === "string" ? source.value : undefined;
}

/** The module of `require("x")` and `await import("x")`. */
export function requiredBy(node: Expression): string | undefined {
  const inner = unwrapped(node);
  const loaded = inner.type === "AwaitExpression" ? unwrapped(inner.argument) : inner;
  if (loaded.type === "ImportExpression" && inner.type === "AwaitExpression") return textOf(loaded.source);
  return loaded.type === "CallExpression" && isRequire(loaded) ? textOf(loaded.arguments[0]) : undefined;
}

function isRequire(node: CallExpression): boolean {
  return node.callee.type === "Identifier" && node.callee.name === "require" && node.arguments.length === 1;
}

function textOf(node: CallExpression["arguments"][number] | undefined): string | undefined {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** Notes the imports of `const x = require("m")`, `const { a: b } = require("m")`, `const y = require("m").y`; false where it is something else. */
export function importRequired(cx: Lowering, node: VariableDeclarator): boolean {
  if (!node.init) return false;
  const init = unwrapped(node.init);
  const { start, end } = node;
  if (init.type === "MemberExpression") {
    const source = requiredBy(init.object);
    const imported = init.computed ? null : keyName(init.property, false);
    if (source === undefined || imported === null || node.id.type !== "Identifier") return false;
    cx.imports.push({ start, end, local: node.id.name, imported, source });
    return true;
  }
  const source = requiredBy(init);
  if (source === undefined) return false;
  if (node.id.type === "Identifier") {
    cx.imports.push({ start, end, local: node.id.name, imported: "*", source });
    return true;
  }
  return node.id.type === "ObjectPattern" && importDestructured(cx, node.id, source);
}

function importDestructured(cx: Lowering, pattern: Extract<VariableDeclarator["id"], { type: "ObjectPattern" }>, source: string): boolean {
  const names: { local: string; imported: string; start: number; end: number }[] = [];
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.value.type !== "Identifier") return false;
    const imported = keyName(property.key, property.computed);
    if (imported === null) return false;
    names.push({ start: property.start, end: property.end, local: property.value.name, imported });
  }
  for (const name of names) cx.imports.push({ ...name, source });
  return true;
}
