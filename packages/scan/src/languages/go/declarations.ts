import type { ContainerIR, Expr, Field, FunctionIR, Param, Span, Stmt, TypeRef } from "../../ir/nodes.ts";
import { bindAt, containerAt, letAt, nameAt, nilAt, opaqueAt, param } from "../tree-sitter/build.ts";
import { childOf, fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { namedError } from "./errors.ts";
import { isErrorType, keepFunction, statementsOf, textOf, type FunctionScope, type Lowering } from "./lowering.ts";
import { resultsOf, returnsOf, typeOf } from "./types.ts";

/** `const A, B = 1, "x"`: those that repeat the one before (`iota`) have no value of their own. */
export function lowerConstants(cx: Lowering, node: SyntaxNode): Stmt[] {
  return node.children.flatMap((spec) => (spec.type === "const_spec" ? lowerSpec(cx, spec, true) : []));
}

export function lowerVariables(cx: Lowering, node: SyntaxNode): Stmt[] {
  const specs = node.children.flatMap((child) => (child.type === "var_spec_list" ? child.children : [child]));
  return specs.flatMap((spec) => (spec.type === "var_spec" ? lowerSpec(cx, spec, false) : []));
}

function lowerSpec(cx: Lowering, spec: SyntaxNode, constant: boolean): Stmt[] {
  const names = fieldsOf(spec, "name");
  const type = typeOf(cx, fieldOf(spec, "type"));
  const values = (fieldOf(spec, "value")?.children ?? []).map((value) => cx.expr(value));
  if (type !== undefined) for (const name of names) cx.scope.types.set(textOf(cx, name), type);
  const [first] = names;
  if (names.length > 1 && values.length === 1 && first !== undefined) {
    const items = names.map((name) => bindAt(name, textOf(cx, name), type));
    return [letAt(spec, { kind: "listPattern", items, tuple: true, start: first.start, end: names.at(-1)!.end }, values[0]!)];
  }
  return names.flatMap((name, i) => {
    const text = textOf(cx, name);
    if (text === "_") return values[i] === undefined ? [] : [{ kind: "expr", value: values[i], start: spec.start, end: spec.end }];
    const value = values[i] ?? (constant ? opaqueAt(name, []) : zeroOf(name, type));
    return [letAt(spec, bindAt(name, text, type), namedError(text, value))];
  });
}

/** What a variable holds before anything is put into it. */
function zeroOf(at: Span, type: TypeRef | undefined): Expr {
  if (type === undefined || type.nullable || isErrorType(type)) return nilAt(at);
  return type.name === "bool" ? { kind: "literal", value: false, start: at.start, end: at.end } : opaqueAt(at, []);
}

/** `type T struct { … }`, `type I interface { … }`, and other names for types. */
export function lowerTypes(cx: Lowering, node: SyntaxNode): Stmt[] {
  return node.children.flatMap((spec) => {
    const name = fieldOf(spec, "name");
    const type = fieldOf(spec, "type");
    if (name === undefined || type === undefined) return [];
    const container = containerOf(cx, spec, textOf(cx, name), type);
    cx.containers.push(container);
    return [letAt(spec, bindAt(name, container.name), { kind: "container", container, start: spec.start, end: spec.end })];
  });
}

function containerOf(cx: Lowering, spec: SyntaxNode, name: string, type: SyntaxNode): ContainerIR {
  if (type.type === "struct_type") {
    const { fields, embedded } = fieldsIn(cx, type);
    return containerAt(spec, { sort: "class", name, fields, extends: embedded });
  }
  if (type.type === "interface_type") {
    const functions = type.children.flatMap((elem) => (elem.type === "method_elem" ? [declaredMethod(cx, elem)] : []));
    const embedded = type.children.flatMap((elem) => (elem.type === "type_elem" ? (typeOf(cx, elem) ?? []) : []));
    return containerAt(spec, { sort: "interface", name, functions, extends: embedded });
  }
  const other = typeOf(cx, type);
  const isName = type.type === "type_identifier" || type.type === "qualified_type" || type.type === "generic_type";
  return containerAt(spec, { sort: "class", name, extends: other !== undefined && isName ? [other] : [] });
}

/** A method of an interface has no body. */
function declaredMethod(cx: Lowering, elem: SyntaxNode): FunctionIR {
  const returns = returnsOf(resultsOf(cx, fieldOf(elem, "result")).types);
  const parameters = fieldOf(elem, "parameters");
  return keepFunction(cx, elem, {
    name: textOf(cx, fieldOf(elem, "name") ?? elem),
    params: paramsOf(cx, parameters),
    body: [],
    ...(returns === undefined ? {} : { returns }),
  });
}

/** What is embedded is a field of its type's last name, and lends its fields and methods. */
function fieldsIn(cx: Lowering, struct: SyntaxNode): { fields: Field[]; embedded: TypeRef[] } {
  const fields: Field[] = [];
  const embedded: TypeRef[] = [];
  for (const declaration of childOf(struct, "field_declaration_list")?.children ?? []) {
    const written = typeOf(cx, fieldOf(declaration, "type"));
    if (written === undefined) continue;
    const names = fieldsOf(declaration, "name");
    // The star of an embedded pointer is a token of the declaration.
    const type = names.length === 0 && declaration.tokens.includes("*") ? { ...written, nullable: true } : written;
    const { start, end } = declaration;
    if (names.length === 0) {
      embedded.push({ name: type.name, ...(type.args && { args: type.args }) });
      fields.push({ name: type.name.slice(type.name.lastIndexOf(".") + 1), type, decorators: [], start, end });
    }
    for (const name of names) fields.push({ name: textOf(cx, name), type, decorators: [], start, end });
  }
  return { fields, embedded };
}

export function lowerFunction(cx: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  if (name === undefined) return [];
  const fn = functionOf(cx, node, textOf(cx, name), "");
  return [letAt(node, bindAt(name, fn.name), { kind: "function", fn, start: node.start, end: node.end })];
}

/** A method stands in a container of its type's name, which the project joins with the declaration of the type. */
export function lowerMethod(cx: Lowering, node: SyntaxNode): void {
  const receiver = fieldOf(node, "receiver")?.children[0];
  const type = receiver && typeOf(cx, fieldOf(receiver, "type"));
  const name = fieldOf(node, "name");
  if (receiver === undefined || type === undefined || name === undefined) return;
  const own = fieldOf(receiver, "name");
  const fn = functionOf(cx, node, textOf(cx, name), own === undefined ? "" : textOf(cx, own));
  const container = containerAt(node, { sort: "class", name: type.name, functions: [fn] });
  cx.containers.push(container);
  fn.container = container;
}

/** A function literal: it sees the receiver of the method around it. */
export function lowerClosure(cx: Lowering, node: SyntaxNode): Expr {
  return { kind: "function", fn: functionOf(cx, node, "", cx.scope.receiver, cx.scope.types), start: node.start, end: node.end };
}

function functionOf(
  cx: Lowering,
  node: SyntaxNode,
  name: string,
  receiver: string,
  types: ReadonlyMap<string, TypeRef> = new Map(),
): FunctionIR {
  const results = resultsOf(cx, fieldOf(node, "result"));
  const returns = returnsOf(results.types);
  const params = paramsOf(cx, fieldOf(node, "parameters"));
  const shadowed = params.some(({ pattern }) => pattern.kind === "bind" && pattern.name === receiver);
  const outer = cx.scope;
  const scope: FunctionScope = {
    receiver: shadowed ? "" : receiver,
    results: results.names,
    fails: isErrorType(results.types.at(-1)) ? results.types.length : 0,
    types: new Map(types),
  };
  cx.scope = scope;
  const body = [...namedResults(cx, node, results), ...cx.block(statementsOf(fieldOf(node, "body")))];
  cx.scope = outer;
  return keepFunction(cx, node, { name, params, body, ...(returns === undefined ? {} : { returns }) });
}

/** Named results are variables from the start; an end without `return` values gives them. */
function namedResults(cx: Lowering, node: SyntaxNode, { types, names }: { types: TypeRef[]; names: string[] }): Stmt[] {
  const at = fieldOf(node, "result") ?? node;
  return names.flatMap((name, i) => {
    const type = types[i];
    if (name === "_" || fieldOf(node, "body") === undefined) return [];
    if (type !== undefined) cx.scope.types.set(name, type);
    return [letAt(at, bindAt(at, name, type), zeroOf(at, type))];
  });
}

export function paramsOf(cx: Lowering, list: SyntaxNode | undefined): Param[] {
  return (list?.children ?? []).flatMap((declaration): Param[] => {
    const type = typeOf(cx, fieldOf(declaration, "type"));
    const rest = declaration.type === "variadic_parameter_declaration";
    const names = fieldsOf(declaration, "name");
    const made = names.length === 0 ? [param({ kind: "anyPattern", start: declaration.start, end: declaration.end })] : names.map(bound);
    return rest ? made.map((one) => ({ ...one, rest })) : made;

    function bound(name: SyntaxNode): Param {
      const text = textOf(cx, name);
      if (text === "_") return param({ kind: "anyPattern", start: name.start, end: name.end });
      return param(bindAt(name, text, rest ? { name: "Array", args: type === undefined ? [] : [type] } : type));
    }
  });
}

/** The names of the results as one value, for a `return` without values. */
export function resultNames(at: Span, scope: FunctionScope): Expr | null {
  const items = scope.results.map((name) => (name === "_" ? opaqueAt(at, []) : nameAt(at, name)));
  return items.length > 1 ? { kind: "list", items, tuple: true, start: at.start, end: at.end } : (items[0] ?? null);
}
