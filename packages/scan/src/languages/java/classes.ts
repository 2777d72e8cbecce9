import type { ContainerIR, Expr, Field, Param, Stmt, TypeRef } from "../../ir/nodes.ts";
import { bindAt, callAt, containerAt, memberAt, nameAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, fieldsOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { decoratorsOf } from "./annotations.ts";
import { argsOf } from "./calls.ts";
import { lowerMethod, paramsOf } from "./functions.ts";
import { makeFunction, textOf, type ClassScope, type Lowering } from "../jvm/lowering.ts";
import { loggerField } from "./lombok.ts";
import { lowerBody } from "./blocks.ts";
import { typeRef } from "./types.ts";

const SORTS: Readonly<Record<string, ContainerIR["sort"]>> = {
  class_declaration: "class",
  record_declaration: "class",
  enum_declaration: "enum",
  interface_declaration: "interface",
  annotation_type_declaration: "interface",
};

export function isContainer(node: SyntaxNode): boolean {
  return Object.hasOwn(SORTS, node.type);
}

/** A class, interface, enum, record or annotation type. */
export function lowerContainer(lo: Lowering, node: SyntaxNode): ContainerIR {
  const name = fieldOf(node, "name");
  const short = name === undefined ? "" : textOf(lo, name);
  const outer = lo.classes.at(-1)?.name ?? lo.package;
  const decorators = decoratorsOf(lo, node);
  const logger = loggerField(decorators, lo.imports);
  const components = node.type === "record_declaration" ? paramsOf(lo, node, true) : [];
  const parents = parentsOf(lo, node);
  const modifiers = childOf(node, "modifiers");
  const scope = open(lo, node, outer === "" ? short : `${outer}.${short}`, short, parents.length > 0, [
    ...(logger === undefined ? [] : [logger.name]),
    ...components.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : [])),
  ]);
  if (logger !== undefined) scope.fields.push(logger);
  if (components.length > 0) scope.functions.push(recordConstructor(lo, node, components));
  lowerMembers(lo, fieldOf(node, "body"), scope);
  const made = containerAt(node, {
    sort: SORTS[node.type] ?? "class",
    name: scope.name,
    extends: parents,
    decorators,
    fields: scope.fields,
    functions: scope.functions,
    body: scope.body,
    ...(modifiers !== undefined && hasToken(modifiers, "abstract") && { isAbstract: true }),
  });
  lo.containers.push(made);
  return made;
}

/** `new X() { … }`: a class without a name that extends X. */
export function lowerAnonymous(lo: Lowering, parent: SyntaxNode, body: SyntaxNode): ContainerIR {
  const type = typeRef(lo, parent);
  const scope = open(lo, body, "", "", true, []);
  lowerMembers(lo, body, scope);
  const { fields, functions, body: run } = scope;
  const made = containerAt(body, { sort: "class", name: "", extends: type === undefined ? [] : [type], fields, functions, body: run });
  lo.containers.push(made);
  return made;
}

function open(lo: Lowering, node: SyntaxNode, name: string, short: string, inherits: boolean, more: readonly string[]): ClassScope {
  const members = membersOf(node.type === "class_body" ? node : fieldOf(node, "body"));
  const named = (one: SyntaxNode): string[] => {
    const at = fieldOf(one, "name");
    return at === undefined ? [] : [textOf(lo, at)];
  };
  const fieldNames = members.flatMap((one) =>
    one.type === "field_declaration" || one.type === "constant_declaration"
      ? fieldsOf(one, "declarator").flatMap(named)
      : one.type === "enum_constant"
        ? named(one)
        : [],
  );
  const methodNames = members.flatMap((one) => (one.type === "method_declaration" ? named(one) : []));
  return {
    name,
    short,
    fieldNames: new Set([...fieldNames, ...more]),
    methodNames: new Set(methodNames),
    inherits,
    fields: [],
    functions: [],
    body: [],
  };
}

/** Members of a body; those of an enum stand a level further down, behind its constants. */
function membersOf(body: SyntaxNode | undefined): readonly SyntaxNode[] {
  return (body?.children ?? []).flatMap((one) => (one.type === "enum_body_declarations" ? one.children : [one]));
}

function parentsOf(lo: Lowering, node: SyntaxNode): TypeRef[] {
  const heads = node.children.filter((child) => ["superclass", "super_interfaces", "extends_interfaces"].includes(child.type));
  return heads
    .flatMap((head) => head.children.flatMap((child) => (child.type === "type_list" ? child.children : [child])))
    .flatMap((type) => typeRef(lo, type) ?? []);
}

/** The fields that a record's header makes. */
function recordConstructor(lo: Lowering, node: SyntaxNode, params: readonly Param[]) {
  const header = fieldOf(node, "parameters") ?? node;
  return makeFunction(lo, header, { name: "constructor", role: "constructor", params, body: [] });
}

function lowerMembers(lo: Lowering, body: SyntaxNode | undefined, scope: ClassScope): void {
  lo.classes.push(scope);
  const outer = lo.annotating;
  lo.annotating = false;
  for (const member of membersOf(body)) lowerMember(lo, member, scope);
  lo.annotating = outer;
  lo.classes.pop();
}

function lowerMember(lo: Lowering, member: SyntaxNode, scope: ClassScope): void {
  switch (member.type) {
    case "field_declaration":
    case "constant_declaration":
      scope.fields.push(...lowerFields(lo, member));
      return;
    case "enum_constant":
      scope.fields.push(lowerConstant(lo, member, scope));
      return;
    case "method_declaration":
      // An abstract method of a class is found where it is written.
      if (fieldOf(member, "body") !== undefined || isOfInterface(member)) scope.functions.push(lowerMethod(lo, member));
      return;
    case "constructor_declaration":
    case "compact_constructor_declaration":
      scope.functions.push(lowerMethod(lo, member));
      return;
    case "static_initializer":
      scope.body.push(...member.children.flatMap((block) => lowerBody(lo, block)));
      return;
    case "block":
      scope.body.push(...lowerBody(lo, member));
      return;
    default:
      if (isContainer(member)) scope.body.push(declared(lo, member));
  }
}

function isOfInterface(method: SyntaxNode): boolean {
  const modifiers = childOf(method, "modifiers");
  return modifiers === undefined || !(hasToken(modifiers, "abstract") || hasToken(modifiers, "native"));
}

function declared(lo: Lowering, node: SyntaxNode): Stmt {
  const container = lo.container(node);
  const { start, end } = node;
  const name = fieldOf(node, "name");
  const value: Expr = { kind: "container", start, end, container };
  return { kind: "let", start, end, target: bindAt(name ?? node, name === undefined ? "" : textOf(lo, name)), value };
}

function lowerFields(lo: Lowering, node: SyntaxNode): Field[] {
  const type = typeRef(lo, fieldOf(node, "type"));
  const decorators = decoratorsOf(lo, node);
  const modifiers = childOf(node, "modifiers");
  const isStatic = node.type === "constant_declaration" || (modifiers !== undefined && hasToken(modifiers, "static"));
  return fieldsOf(node, "declarator").flatMap((one) => {
    const [name, value] = [fieldOf(one, "name"), fieldOf(one, "value")];
    if (name === undefined) return [];
    const initial = value === undefined ? undefined : lo.expr(value);
    return [
      {
        start: one.start,
        end: one.end,
        name: textOf(lo, name),
        decorators,
        ...(type && { type }),
        ...(initial && { value: initial }),
        ...(isStatic && { isStatic }),
      },
    ];
  });
}

/** `DENIED(403, "no")` creates what is called so; a plain constant is its name. */
function lowerConstant(lo: Lowering, node: SyntaxNode, scope: ClassScope): Field {
  const at = fieldOf(node, "name") ?? node;
  const name = textOf(lo, at);
  const given = fieldOf(node, "arguments");
  const base = { start: node.start, end: node.end, name, decorators: decoratorsOf(lo, node), isStatic: true };
  const body = childOf(node, "class_body");
  if (body !== undefined) scope.body.push({ kind: "expr", start: body.start, end: body.end, value: containerValue(lo, at, body) });
  if (given === undefined || given.children.length === 0) return base;
  return {
    ...base,
    value: callAt(node, memberAt(at, nameAt({ start: at.start, end: at.start }, scope.short), name), argsOf(lo, node), true),
  };
}

function containerValue(lo: Lowering, at: SyntaxNode, body: SyntaxNode): Expr {
  const container = lo.anonymous(at, body);
  return { kind: "container", start: body.start, end: body.end, container };
}
