import type { ContainerIR, Expr, Field, Stmt, TypeRef } from "../../ir/nodes.ts";
import { bindAt, callAt, containerAt, exprAt, letAt, nameAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsIn } from "./arguments.ts";
import { decoratorsOf } from "./attributes.ts";
import { bodyOf, hasModifier, lowerMethod, namesIn, paramsOf } from "./functions.ts";
import { generatedBody } from "./generated.ts";
import { makeFunction, textOf, within, type ClassScope, type Lowering } from "./lowering.ts";
import { unfolded } from "./preprocessor.ts";
import { initialValue } from "./statements.ts";
import { typeRef } from "./types.ts";

const SORTS: Readonly<Record<string, ContainerIR["sort"]>> = {
  class_declaration: "class",
  record_declaration: "class",
  struct_declaration: "class",
  enum_declaration: "enum",
  interface_declaration: "interface",
};

export function isContainer(node: SyntaxNode): boolean {
  return Object.hasOwn(SORTS, node.type);
}

/** A class, record, struct, enum or interface. */
export function lowerContainer(lo: Lowering, node: SyntaxNode): ContainerIR {
  const name = fieldOf(node, "name");
  const short = name === undefined ? "" : textOf(lo, name);
  const outer = lo.classes.at(-1)?.name ?? lo.namespace;
  const parents = parentsOf(lo, node);
  const scope = open(lo, node, outer === "" ? short : `${outer}.${short}`, short, inherits(lo, node, parents));
  primaryConstructor(lo, node, scope);
  lo.classes.push(scope);
  const locals = lo.locals.splice(0, lo.locals.length, new Set());
  for (const member of membersOf(node)) lowerMember(lo, member, scope);
  lo.locals.splice(0, lo.locals.length, ...locals);
  lo.classes.pop();
  const made = containerAt(node, {
    sort: SORTS[node.type] ?? "class",
    name: scope.name,
    extends: parents,
    decorators: decoratorsOf(lo, node),
    fields: scope.fields,
    functions: scope.functions,
    body: scope.body,
    ...(hasModifier(lo, node, "abstract") && { isAbstract: true }),
  });
  lo.containers.push(made);
  return made;
}

/** By convention only interfaces begin with I and another capital. */
const INTERFACE = /(?:^|\.)I\p{Lu}\w*$/u;

function inherits(lo: Lowering, node: SyntaxNode, parents: readonly TypeRef[]): boolean {
  return hasModifier(lo, node, "partial") || parents.some((type) => !INTERFACE.test(type.name));
}

function open(lo: Lowering, node: SyntaxNode, name: string, short: string, inherits: boolean): ClassScope {
  const members = membersOf(node);
  const named = (one: SyntaxNode): string[] => {
    const at = fieldOf(one, "name");
    return at === undefined ? [] : [textOf(lo, at)];
  };
  const declared = (one: SyntaxNode): string[] =>
    one.type === "field_declaration" || one.type === "event_field_declaration"
      ? childrenOf(childOf(one, "variable_declaration") ?? one, "variable_declarator").flatMap(named)
      : one.type === "property_declaration" || one.type === "enum_member_declaration"
        ? named(one)
        : [];
  const primary = childrenOf(childOf(node, "parameter_list") ?? node, "parameter").flatMap(named);
  const methodNames = members.flatMap((one) => (one.type === "method_declaration" ? named(one) : []));
  const fieldNames = new Set([...members.flatMap(declared), ...primary]);
  return { name, short, fieldNames, methodNames: new Set(methodNames), inherits, fields: [], functions: [], body: [] };
}

function membersOf(node: SyntaxNode): readonly SyntaxNode[] {
  return unfolded(fieldOf(node, "body")?.children ?? []);
}

function parentsOf(lo: Lowering, node: SyntaxNode): TypeRef[] {
  return (childOf(node, "base_list")?.children ?? []).flatMap((one) => {
    if (one.type === "argument_list") return [];
    return typeRef(lo, one.type === "primary_constructor_base_type" ? (fieldOf(one, "type") ?? one.children[0]) : one) ?? [];
  });
}

/** `class A(IUsers users) : B(users)`: parameters that are there in the whole class. */
function primaryConstructor(lo: Lowering, node: SyntaxNode, scope: ClassScope): void {
  const list = childOf(node, "parameter_list");
  if (list === undefined) return;
  const params = paramsOf(lo, node, true);
  const bases = childOf(node, "base_list");
  const given =
    childOf(bases ?? node, "argument_list") ?? childOf(childOf(bases ?? node, "primary_constructor_base_type") ?? node, "argument_list");
  const body = within(lo, namesIn(params), () =>
    bases === undefined || given === undefined
      ? []
      : [exprAt(list, callAt(list, nameAt({ start: list.end, end: list.end }, "super"), argsIn(lo, given)))],
  );
  scope.functions.push(makeFunction(lo, list, { name: "constructor", role: "constructor", params, body: inside(body) }));
}

/** The arguments stand behind the parameters, outside of the function that is made of them: only plain ones are kept. */
function inside(body: readonly Stmt[]): readonly Stmt[] {
  return body.flatMap((stmt) =>
    stmt.kind === "expr" && stmt.value.kind === "call" ? [{ ...stmt, value: { ...stmt.value, args: [] } }] : [],
  );
}

function lowerMember(lo: Lowering, member: SyntaxNode, scope: ClassScope): void {
  switch (member.type) {
    case "field_declaration":
    case "event_field_declaration":
      scope.fields.push(...lowerFields(lo, member));
      return;
    case "property_declaration":
    case "indexer_declaration":
      lowerProperty(lo, member, scope);
      return;
    case "enum_member_declaration":
      scope.fields.push(lowerConstant(lo, member));
      return;
    case "method_declaration": {
      const body = fieldOf(member, "body") === undefined ? generatedBody(lo, member, scope) : undefined;
      // One without a body is written elsewhere: in a heir, in another part.
      if (fieldOf(member, "body") !== undefined || !isUnwritten(lo, member)) scope.functions.push(lowerMethod(lo, member));
      else if (body !== undefined) scope.functions.push(body);
      return;
    }
    case "constructor_declaration":
    case "operator_declaration":
    case "conversion_operator_declaration":
      scope.functions.push(lowerMethod(lo, member));
      return;
    default:
      if (isContainer(member)) scope.body.push(declared(lo, member));
  }
}

function isUnwritten(lo: Lowering, member: SyntaxNode): boolean {
  return ["abstract", "partial", "extern"].some((modifier) => hasModifier(lo, member, modifier));
}

export function declared(lo: Lowering, node: SyntaxNode): Stmt {
  const container = lo.container(node);
  const name = fieldOf(node, "name");
  const value: Expr = { kind: "container", start: node.start, end: node.end, container };
  return letAt(node, bindAt(name ?? node, name === undefined ? "" : textOf(lo, name)), value);
}

function lowerFields(lo: Lowering, node: SyntaxNode): Field[] {
  const declaration = childOf(node, "variable_declaration") ?? node;
  const written = fieldOf(declaration, "type");
  const type = typeRef(lo, written);
  const decorators = decoratorsOf(lo, node);
  const isStatic = hasModifier(lo, node, "static") || hasModifier(lo, node, "const");
  return childrenOf(declaration, "variable_declarator").flatMap((one) => {
    const name = fieldOf(one, "name");
    if (name === undefined) return [];
    const value = one.children.find((child) => child.start >= name.end);
    const initial = value && initialValue(lo, value, written);
    const base = { start: one.start, end: one.end, name: textOf(lo, name), decorators };
    return [{ ...base, ...(type && { type }), ...(initial && { value: initial }), ...(isStatic && { isStatic }) }];
  });
}

/** A property is a field; what its accessors do stands in functions beside it. */
function lowerProperty(lo: Lowering, node: SyntaxNode, scope: ClassScope): void {
  const name = fieldOf(node, "name");
  const local = name === undefined ? "this[]" : textOf(lo, name);
  const written = fieldOf(node, "type");
  const type = typeRef(lo, written);
  const value = fieldOf(node, "value");
  const isStatic = hasModifier(lo, node, "static");
  const isArrow = value?.type === "arrow_expression_clause";
  const simple = isArrow ? value.children[0] : value;
  const initial = simple !== undefined && (!isArrow || CONSTANT.test(simple.type)) ? initialValue(lo, simple, written) : undefined;
  const base = { start: node.start, end: node.end, name: local, decorators: decoratorsOf(lo, node) };
  scope.fields.push({ ...base, ...(type && { type }), ...(initial && { value: initial }), ...(isStatic && { isStatic }) });
  if (isArrow) scope.functions.push(accessor(lo, value, local, "getter", isStatic, value));
  for (const one of childrenOf(fieldOf(node, "accessors") ?? node, "accessor_declaration")) {
    const body = fieldOf(one, "body");
    if (body !== undefined)
      scope.functions.push(accessor(lo, one, local, one.tokens.includes("get") ? "getter" : "setter", isStatic, body));
  }
}

const CONSTANT = /_literal$|^interpolated_string_expression$/;

function accessor(lo: Lowering, at: SyntaxNode, name: string, role: "getter" | "setter", isStatic: boolean, body: SyntaxNode) {
  const params = role === "setter" ? [{ pattern: bindAt({ start: at.start, end: at.start }, "value"), decorators: [] }] : [];
  const own = within(lo, namesIn(params), () => bodyOf(lo, body));
  return makeFunction(lo, at, { name, role, params, body: own, ...(isStatic && { isStatic }) });
}

function lowerConstant(lo: Lowering, node: SyntaxNode): Field {
  const name = fieldOf(node, "name") ?? node;
  return { start: node.start, end: node.end, name: textOf(lo, name), decorators: decoratorsOf(lo, node), isStatic: true };
}
