import type { Decorator, Field, FunctionIR, MatchArm, Param, Pattern, Stmt, TypeRef } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { bindAt, containerAt, letAt, nameAt, param } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { attributesBefore, isForTests } from "./attributes.ts";
import { keepFunction, textOf, type FunctionScope, type Lowering } from "./lowering.ts";
import { endsFunction, lowerRule } from "./macros.ts";
import { resultsIn } from "./results.ts";
import { isOption, typeOf } from "./types.ts";
import { lowerUse } from "./uses.ts";

const ITEMS: ReadonlySet<string> = new Set([
  "function_item",
  "function_signature_item",
  "impl_item",
  "trait_item",
  "struct_item",
  "enum_item",
  "union_item",
  "mod_item",
  "use_declaration",
  "const_item",
  "static_item",
  "type_item",
  "macro_definition",
  "extern_crate_declaration",
  "foreign_mod_item",
  "associated_type",
]);

export function isItem(node: SyntaxNode): boolean {
  return ITEMS.has(node.type);
}

/** Items in a row, each with the attributes before it; those for tests are left out. */
export function lowerItems(cx: Lowering, nodes: readonly SyntaxNode[]): Stmt[] {
  return nodes.flatMap((node, i) => {
    // Macros that declare things stand among the items.
    if (node.type === "macro_invocation" || node.type === "expression_statement") return cx.body(node, "drop");
    if (!isItem(node)) return [];
    const attributes = attributesBefore(cx, nodes, i);
    return isForTests(attributes) ? [] : lowerItem(cx, node, attributes);
  });
}

export function lowerItem(cx: Lowering, node: SyntaxNode, attributes: readonly Decorator[] = []): Stmt[] {
  switch (node.type) {
    case "function_item": {
      const fn = lowerFunction(cx, node, attributes);
      return [letAt(node, bindAt(node, fn.name), { kind: "function", fn, start: node.start, end: node.end })];
    }
    case "impl_item":
      lowerImpl(cx, node);
      return [];
    case "trait_item":
    case "struct_item":
    case "enum_item":
      return lowerType(cx, node, attributes);
    case "mod_item":
      return lowerModule(cx, node);
    case "use_declaration":
      lowerUse(cx, node);
      return [];
    case "const_item":
    case "static_item":
      return lowerConstant(cx, node);
    case "macro_definition":
      return lowerMacroRules(cx, node);
    default:
      return [];
  }
}

function lowerConstant(cx: Lowering, node: SyntaxNode): Stmt[] {
  const [name, value] = [fieldOf(node, "name"), fieldOf(node, "value")];
  if (name === undefined) return [];
  return [letAt(node, bindAt(name, textOf(cx, name), typeOf(cx, fieldOf(node, "type"))), value === undefined ? null : cx.expr(value))];
}

/** `mod a;` is a file; `mod a { … }` a container of its functions. */
function lowerModule(cx: Lowering, node: SyntaxNode): Stmt[] {
  const [name, body] = [fieldOf(node, "name"), fieldOf(node, "body")];
  const text = name === undefined ? "" : textOf(cx, name);
  const { start, end } = node;
  if (body === undefined) {
    cx.imports.push({ local: text, imported: "*", source: `self::${text}`, start, end });
    return [];
  }
  if (/^tests?$/.test(text)) return [];
  const inside = lowerItems(cx, body.children);
  const functions = inside.flatMap((stmt) =>
    stmt.kind === "let" && stmt.value?.kind === "function" ? [Object.assign(stmt.value.fn, { isStatic: true })] : [],
  );
  const container = containerAt(node, { sort: "module", name: text, functions, body: inside });
  cx.containers.push(container);
  return [letAt(node, bindAt(node, text), { kind: "container", container, start, end })];
}

/** `struct`, `enum`, `trait`. */
function lowerType(cx: Lowering, node: SyntaxNode, decorators: readonly Decorator[]): Stmt[] {
  const name = fieldOf(node, "name");
  if (name === undefined) return [];
  const text = textOf(cx, name);
  const body = fieldOf(node, "body");
  const parts =
    node.type === "trait_item"
      ? { sort: "interface" as const, functions: methodsOf(cx, body, text), extends: boundsOf(cx, node) }
      : { sort: node.type === "enum_item" ? ("enum" as const) : ("class" as const), fields: fieldsOf(cx, body, text) };
  const container = containerAt(node, { ...parts, name: text, decorators: [...decorators] });
  for (const fn of container.functions) fn.container = container;
  cx.containers.push(container);
  return [letAt(node, bindAt(name, text), { kind: "container", container, start: node.start, end: node.end })];
}

function boundsOf(cx: Lowering, node: SyntaxNode): readonly TypeRef[] {
  return (fieldOf(node, "bounds")?.children ?? []).flatMap((one) => typeOf(cx, one) ?? []);
}

function fieldsOf(cx: Lowering, body: SyntaxNode | undefined, self: string): readonly Field[] {
  const outer = cx.scope;
  cx.scope = { ...outer, self };
  const fields = (body === undefined ? [] : childrenOf(body, "field_declaration")).flatMap((field): Field[] => {
    const name = fieldOf(field, "name");
    const type = typeOf(cx, fieldOf(field, "type"));
    const { start, end } = field;
    return name === undefined ? [] : [{ name: textOf(cx, name), ...(type && { type }), decorators: [], start, end }];
  });
  cx.scope = outer;
  return fields;
}

/** `impl Trait for Type { … }`: a container of the type's name. */
function lowerImpl(cx: Lowering, node: SyntaxNode): void {
  const type = typeOf(cx, fieldOf(node, "type"));
  const trait = typeOf(cx, fieldOf(node, "trait"));
  if (type === undefined) return;
  const body = fieldOf(node, "body");
  const functions = methodsOf(cx, body, type.name);
  const fields = (body === undefined ? [] : childrenOf(body, "const_item")).flatMap((one): Field[] => {
    const [name, value] = [fieldOf(one, "name"), fieldOf(one, "value")];
    const { start, end } = one;
    return name === undefined || value === undefined
      ? []
      : [{ name: textOf(cx, name), value: cx.expr(value), decorators: [], isStatic: true, start, end }];
  });
  const container = containerAt(node, { sort: "class", name: type.name, functions, fields, extends: trait === undefined ? [] : [trait] });
  for (const fn of functions) fn.container = container;
  cx.containers.push(container);
}

function methodsOf(cx: Lowering, body: SyntaxNode | undefined, self: string): FunctionIR[] {
  const outer = cx.scope;
  cx.scope = { ...outer, self };
  const nodes = body?.children ?? [];
  const made = nodes.flatMap((node, i) => {
    if (node.type !== "function_item" && node.type !== "function_signature_item") return [];
    const attributes = attributesBefore(cx, nodes, i);
    return isForTests(attributes) ? [] : [lowerFunction(cx, node, attributes)];
  });
  cx.scope = outer;
  return made;
}

function lowerFunction(cx: Lowering, node: SyntaxNode, decorators: readonly Decorator[]): FunctionIR {
  const [name, body, result] = [fieldOf(node, "name"), fieldOf(node, "body"), fieldOf(node, "return_type")];
  const parameters = fieldOf(node, "parameters")?.children ?? [];
  const outer = cx.scope;
  const scope: FunctionScope = {
    self: outer.self,
    option: isOption(cx, result),
    results: body === undefined ? new Set() : resultsIn(cx, body),
  };
  cx.scope = scope;
  const params = parameters.flatMap((one) => paramOf(cx, one));
  const returns = typeOf(cx, result);
  const statements = cx.body(body, result === undefined ? "drop" : "return");
  cx.scope = outer;
  const isStatic = outer.self !== "" && !parameters.some((one) => one.type === "self_parameter");
  const at = { start: Math.min(node.start, ...decorators.map((one) => one.start)), end: node.end };
  return keepFunction(cx, at, {
    name: name === undefined ? "" : textOf(cx, name),
    params,
    body: statements,
    decorators,
    ...(isStatic && { isStatic }),
    ...(childOf(node, "visibility_modifier") === undefined && outer.self !== "" && { isPrivate: false }),
    ...(returns && { returns }),
  });
}

function paramOf(cx: Lowering, node: SyntaxNode): Param[] {
  const pattern = fieldOf(node, "pattern");
  if (node.type !== "parameter" || pattern === undefined || pattern.type === "self") return [];
  const target = cx.pattern(pattern);
  const type = typeOf(cx, fieldOf(node, "type"));
  return [param(target.kind === "bind" && type !== undefined ? { ...target, type } : target)];
}

/** The rules of a macro as a function of its name: one of them is taken. */
function lowerMacroRules(cx: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  const rules = childrenOf(node, "macro_rule");
  if (name === undefined || rules.length === 0) return [];
  const outer = cx.scope;
  cx.scope = { self: "", option: false, results: new Set() };
  const bodies = rules.map((rule) => {
    const right = fieldOf(rule, "right");
    const made = right === undefined ? [] : lowerRule(cx, right);
    // The error that it gives is thrown where it is called, with the words that it was given.
    return endsFunction(textOf(cx, name)) ? withoutThrow(made) : made;
  });
  cx.scope = outer;
  const text = `${textOf(cx, name)}!`;
  const { start, end } = node;
  const named = rules.map((rule) => paramsOf(cx, rule));
  const shortest = named.findIndex((one) => one.length === Math.min(...named.map(({ length }) => length)));
  const only = bodies[shortest];
  const fn = keepFunction(
    cx,
    node,
    only !== undefined && new Set(bodies.map(callsOf)).size === 1
      ? { name: text, params: named[shortest]!.map(param), body: only }
      : { name: text, params: placesOf(node, named), body: [ruleTaken(node, bodies, named)] },
  );
  return [letAt(node, bindAt(node, text), { kind: "function", fn, start, end })];
}

/** The macros that a body calls: rules that call the same do the same, and the one that is given least stands for all. */
function callsOf(body: readonly Stmt[]): string {
  const names = new Set<string>();
  walkStmts(body, (expr) => {
    if (expr.kind !== "call") return;
    const { callee } = expr;
    const name = callee.kind === "name" ? callee.name : callee.kind === "member" ? (callee.property ?? "") : "";
    if (name.endsWith("!")) names.add(name);
  });
  return [...names].sort().join();
}

/** Of several rules one is taken: they share their arguments by place. */
function ruleTaken(node: SyntaxNode, bodies: readonly (readonly Stmt[])[], named: readonly (readonly Pattern[])[]): Stmt {
  const { start, end } = node;
  const arms = bodies.map((body, i): MatchArm => {
    const given = named[i]!.map((pattern, place) => letAt(pattern, pattern, nameAt(pattern, `_${place}`)));
    return { patterns: [{ kind: "literalPattern", value: i, start, end }], body: [...given, ...body], start, end };
  });
  return { kind: "match", subject: nameAt(node, "_rule"), arms, exhaustive: true, start, end };
}

function placesOf(node: SyntaxNode, named: readonly (readonly Pattern[])[]): Param[] {
  const most = Math.max(...named.map((one) => one.length));
  return Array.from({ length: most }, (_, place) => param(bindAt(node, `_${place}`)));
}

function withoutThrow(body: Stmt[]): Stmt[] {
  const last = body.at(-1);
  if (last?.kind === "return" && last.value?.kind === "block") return [...body.slice(0, -1), ...withoutThrow([...last.value.body])];
  return last?.kind === "throw" || last?.kind === "return" ? body.slice(0, -1) : body;
}

/** `$msg:expr` is a parameter `msg`. */
function paramsOf(cx: Lowering, rule: SyntaxNode): Pattern[] {
  const left = fieldOf(rule, "left");
  return (left === undefined ? [] : childrenOf(left, "token_binding_pattern")).flatMap((binding) => {
    const name = fieldOf(binding, "name");
    return name === undefined ? [] : [bindAt(name, textOf(cx, name).slice(1))];
  });
}
