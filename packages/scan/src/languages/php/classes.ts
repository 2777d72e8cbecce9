import type { ContainerIR, Field, FunctionIR, Mixin, TypeRef } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { containerAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { attributesOf, lowerDefinition } from "./functions.ts";
import { emptyScope, makeFunction, textOf, variableOf, within, type Lowering } from "./lowering.ts";
import { nameOf } from "./names.ts";
import { typeRef } from "./types.ts";

const SORTS: Readonly<Record<string, ContainerIR["sort"]>> = {
  class_declaration: "class",
  trait_declaration: "class",
  interface_declaration: "interface",
  enum_declaration: "enum",
};

export function isClass(node: SyntaxNode): boolean {
  return Object.hasOwn(SORTS, node.type);
}

interface Members {
  readonly fields: Field[];
  readonly functions: FunctionIR[];
  readonly mixins: Mixin[];
}

/** A class, interface, trait or enum; an anonymous class has no name. */
export function lowerClass(lo: Lowering, node: SyntaxNode): ContainerIR {
  const nameNode = fieldOf(node, "name");
  const own = nameNode === undefined ? "" : textOf(lo, nameNode);
  const members: Members = { fields: [], functions: [], mixins: [] };
  const parents = basesOf(lo, childOf(node, "base_clause"));
  const promised = basesOf(lo, childOf(node, "class_interface_clause"));
  const outer = lo.className;
  lo.className = own;
  within(lo, emptyScope(), () => {
    for (const child of fieldOf(node, "body")?.children ?? []) lowerMember(lo, child, members);
  });
  lo.className = outer;
  typeFields(members);
  const container = containerAt(node, {
    ...members,
    sort: SORTS[node.type] ?? "class",
    name: own === "" || lo.namespace === "" ? own : `${lo.namespace}.${own}`,
    extends: [...parents, ...members.mixins.map(({ name }) => ({ name })), ...promised],
    decorators: attributesOf(lo, node),
    ...(childOf(node, "abstract_modifier") !== undefined && { isAbstract: true }),
  });
  lo.containers.push(container);
  return container;
}

function basesOf(lo: Lowering, clause: SyntaxNode | undefined): readonly TypeRef[] {
  return (clause?.children ?? []).map((one) => ({ name: nameOf(lo, one) }));
}

function lowerMember(lo: Lowering, node: SyntaxNode, members: Members): void {
  switch (node.type) {
    case "method_declaration":
      // What a trait or class only asks for stands elsewhere.
      if (fieldOf(node, "body") !== undefined || childOf(node, "abstract_modifier") === undefined) {
        members.functions.push(lowerDefinition(lo, node, true));
      }
      return;
    case "property_declaration":
      lowerProperty(lo, node, members);
      return;
    case "const_declaration":
      for (const one of childrenOf(node, "const_element")) lowerConstant(lo, one, members);
      return;
    case "enum_case":
      lowerCase(lo, node, members);
      return;
    case "use_declaration":
      for (const one of node.children) {
        if (one.type === "use_list") continue;
        members.mixins.push({ start: one.start, end: one.end, name: nameOf(lo, one), args: [] });
      }
      return;
    default:
  }
}

function lowerProperty(lo: Lowering, node: SyntaxNode, members: Members): void {
  const type = typeRef(lo, fieldOf(node, "type"));
  const decorators = attributesOf(lo, node);
  const isStatic = childOf(node, "static_modifier") !== undefined;
  for (const element of childrenOf(node, "property_element")) {
    const name = fieldOf(element, "name");
    if (name === undefined) continue;
    const written = fieldOf(element, "default_value");
    const value = written === undefined || written.type === "null" ? undefined : lo.expr(written);
    const own = variableOf(lo, name);
    const { start, end } = element;
    members.fields.push({
      start,
      end,
      name: own,
      decorators,
      ...(type && { type }),
      ...(value && { value }),
      ...(isStatic && { isStatic }),
    });
    for (const hook of hooksOf(node, element)) members.functions.push(lowerHook(lo, hook, own));
  }
}

function hooksOf(node: SyntaxNode, element: SyntaxNode): readonly SyntaxNode[] {
  const list = childOf(node, "property_hook_list") ?? childOf(element, "property_hook_list");
  return list === undefined ? [] : childrenOf(list, "property_hook");
}

/** `get => …`, `set { … }`. */
function lowerHook(lo: Lowering, node: SyntaxNode, name: string): FunctionIR {
  const [word] = node.children;
  const role = word !== undefined && textOf(lo, word) === "set" ? "setter" : "getter";
  const written = fieldOf(node, "body");
  return within(lo, emptyScope(["value"]), () => {
    if (written === undefined || written.type === "compound_statement")
      return makeFunction(lo, node, { name, role, body: lo.block(written) });
    const value = lo.expr(written);
    return makeFunction(lo, node, { name, role, body: [{ kind: "return", start: value.start, end: value.end, value }] });
  });
}

function lowerConstant(lo: Lowering, node: SyntaxNode, members: Members): void {
  const [name, value] = node.children;
  if (name === undefined) return;
  const { start, end } = node;
  members.fields.push({ start, end, name: textOf(lo, name), decorators: [], isStatic: true, ...(value && { value: lo.expr(value) }) });
}

function lowerCase(lo: Lowering, node: SyntaxNode, members: Members): void {
  const [name, value] = [fieldOf(node, "name"), fieldOf(node, "value")];
  if (name === undefined) return;
  const { start, end } = node;
  members.fields.push({ start, end, name: textOf(lo, name), decorators: [], isStatic: true, ...(value && { value: lo.expr(value) }) });
}

/** A field that the constructor fills with a parameter has its type. */
function typeFields({ fields, functions }: Members): void {
  const maker = functions.find((fn) => fn.role === "constructor");
  if (maker === undefined) return;
  const types = new Map(
    maker.params.flatMap(({ pattern }) => (pattern.kind === "bind" && pattern.type ? [[pattern.name, pattern.type] as const] : [])),
  );
  walkStmts(maker.body, (expr) => {
    if (expr.kind !== "assign" || expr.target.kind !== "member" || expr.value.kind !== "name") return;
    const { object, property } = expr.target;
    const type = types.get(expr.value.name);
    const index = fields.findIndex((field) => field.name === property && field.type === undefined);
    if (object.kind !== "name" || object.name !== "this" || type === undefined || index < 0) return;
    fields[index] = { ...fields[index]!, type };
  });
}
