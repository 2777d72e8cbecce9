import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { callAt, literalAt, memberAt, nameAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { nameOf } from "./names.ts";

/** Functions that look a class up in a container of services: they give an instance of what they are asked for. */
const LOCATORS: ReadonlySet<string> = new Set(["app", "resolve", "make"]);

/** `f(…)`. */
export function lowerCall(lo: Lowering, node: SyntaxNode): Expr {
  const target = fieldOf(node, "function");
  const given = fieldOf(node, "arguments");
  if (target === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const callee = target.type === "name" || target.type === "qualified_name" ? nameAt(target, nameOf(lo, target)) : lo.expr(target);
  if (isReference(given)) return callee;
  const args = lo.args(given);
  return (callee.kind === "name" && target.type !== "variable_name" && builtIn(node, callee.name, args)) || located(node, callee, args);
}

/** `f(...)`: the function itself. */
function isReference(given: SyntaxNode | undefined): boolean {
  return given !== undefined && childOf(given, "variadic_placeholder") !== undefined;
}

/** Constructs of the language that look like calls, and calls that are operators elsewhere. */
function builtIn(node: SyntaxNode, name: string, args: readonly Expr[]): Expr | undefined {
  const { start, end } = node;
  const [first] = args;
  if (first === undefined) return undefined;
  switch (name.toLowerCase()) {
    case "isset":
      return args
        .map((arg): Expr => ({ kind: "binary", start, end, op: "!=", left: arg, right: nilAt(arg) }))
        .reduce((left, right) => ({ kind: "logical", start, end, op: "and", left, right }));
    case "empty":
      return { kind: "not", start, end, value: first };
    case "is_null":
      return { kind: "binary", start, end, op: "==", left: first, right: nilAt(node) };
    case "in_array":
      return args[1] === undefined ? undefined : { kind: "binary", start, end, op: "in", left: first, right: args[1] };
    default:
      return undefined;
  }
}

/** `app(X::class)`, `app()->make(X::class)`: an X. */
function located(node: SyntaxNode, callee: Expr, args: readonly Expr[]): Expr {
  const [wanted] = args;
  const name = callee.kind === "name" ? callee.name : callee.kind === "member" ? callee.property : null;
  if (args.length === 1 && wanted?.kind === "member" && wanted.property === "class" && wanted.object.kind === "name") {
    if (name !== null && LOCATORS.has(name) && (callee.kind === "name" || isLocator(callee))) return callAt(node, wanted.object, [], true);
  }
  return callAt(node, callee, args);
}

function isLocator(callee: Expr): boolean {
  if (callee.kind !== "member") return false;
  const { object } = callee;
  if (object.kind === "name") return object.name === "App";
  return object.kind === "call" && object.callee.kind === "name" && object.callee.name === "app";
}

/** `a->f(…)`, `a?->f(…)`. */
export function lowerMemberCall(lo: Lowering, node: SyntaxNode): Expr {
  const callee = lowerMember(lo, node);
  const given = fieldOf(node, "arguments");
  if (isReference(given)) return callee;
  return located(node, callee, lo.args(given));
}

/** `a->b`, `A::b`, `A::$b`: a name that is not written out is computed. */
export function lowerMember(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [object, name] = [fieldOf(node, "object") ?? fieldOf(node, "scope"), fieldOf(node, "name")];
  if (object === undefined || name === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const isStatic = node.type.startsWith("scoped");
  const from = lo.expr(object);
  if (isStatic && name.type === "variable_name" && node.type === "scoped_property_access_expression")
    return memberAt(node, from, textOf(lo, name).slice(1));
  if (name.type !== "name") return { kind: "member", start, end, object: from, property: null, index: lo.expr(name) };
  const made = memberAt(node, from, textOf(lo, name));
  return node.type.startsWith("nullsafe") ? { ...made, optional: true } : made;
}

/** `A::B`, `A::class`. */
export function lowerClassConstant(lo: Lowering, node: SyntaxNode): Expr {
  const [scope, name] = node.children;
  if (scope === undefined || name === undefined) return opaqueAt(node, node.children.map(lo.expr));
  return memberAt(node, lo.expr(scope), textOf(lo, name));
}

/** `new X(…)`, `new $x`, `new class(…) { … }`. */
export function lowerCreation(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const inner = childOf(node, "anonymous_class");
  if (inner !== undefined) {
    const args = lo.args(childOf(inner, "arguments"));
    return callAt(node, { kind: "container", start: inner.start, end: inner.end, container: lo.anonymous(inner) }, args, true);
  }
  const made = node.children.find((child) => child.type !== "arguments");
  if (made === undefined) return opaqueAt(node, []);
  const callee = made.type.endsWith("name") && made.type !== "variable_name" ? nameAt(made, createdName(lo, made)) : lo.expr(made);
  return callAt({ start, end }, callee, lo.args(childOf(node, "arguments")), true);
}

/** `new self`, `new static`: the class around. */
function createdName(lo: Lowering, node: SyntaxNode): string {
  const name = nameOf(lo, node);
  return name === "this" && lo.className !== "" ? lo.className : name;
}

/** Arguments with names are one record at the end. */
export function lowerArguments(lo: Lowering, node: SyntaxNode | undefined): readonly Expr[] {
  const args: Expr[] = [];
  const entries: RecordEntry[] = [];
  for (const child of node?.children ?? []) {
    if (child.type !== "argument") {
      if (child.type !== "variadic_placeholder") args.push(lo.expr(child));
      continue;
    }
    const { start, end } = child;
    const name = fieldOf(child, "name");
    const value = child.children.find((one) => one !== name && one.type !== "reference_modifier");
    if (value === undefined) continue;
    if (name === undefined) args.push(lo.expr(value));
    else entries.push({ start, end, key: textOf(lo, name), value: lo.expr(value) });
  }
  const [first] = entries;
  if (first === undefined) return args;
  return [...args, { kind: "record", start: first.start, end: entries.at(-1)!.end, entries, named: true }];
}

/** `echo a, b;`, `print a`, `include a`, `exit(a)`: calls of these names. */
export function lowerWord(lo: Lowering, node: SyntaxNode, word: string): Expr {
  const args = node.children.flatMap((child) => (child.type === "sequence_expression" ? child.children : [child])).map(lo.expr);
  return callAt(node, nameAt({ start: node.start, end: node.start }, word), args);
}

export function lowerConstant(lo: Lowering, node: SyntaxNode): Expr {
  const name = nameOf(lo, node);
  return /^null$/i.test(name) ? literalAt(node, null) : nameAt(node, name);
}
