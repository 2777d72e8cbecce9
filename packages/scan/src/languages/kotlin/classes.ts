import type { ContainerIR, Expr, Field, FunctionIR, Param, Stmt, TypeRef } from "../../ir/nodes.ts";
import { makeFunction, textOf, within, type ClassScope } from "../jvm/lowering.ts";
import { bindAt, callAt, containerAt, memberAt, nameAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { decoratorsOf } from "./annotations.ts";
import { lowerFunction } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { valueOf } from "./statements.ts";
import { isType, typeRef } from "./types.ts";

const CONTAINERS: ReadonlySet<string> = new Set(["class_declaration", "object_declaration", "companion_object"]);

function sortOf(lo: Lowering, node: SyntaxNode): ContainerIR["sort"] {
  if (hasToken(node, "interface")) return "interface";
  return /\benum\b/.test(modifiersOf(lo, node)) ? "enum" : "class";
}

function modifiersOf(lo: Lowering, node: SyntaxNode): string {
  const modifiers = childOf(node, "modifiers");
  return modifiers === undefined ? "" : textOf(lo, modifiers);
}

/** A class, interface, enum or object. */
export function lowerContainer(lo: Lowering, node: SyntaxNode): ContainerIR {
  const at = fieldOf(node, "name") ?? childOf(node, "identifier");
  const short = at === undefined ? "" : textOf(lo, at);
  const outer = lo.classes.at(-1)?.name ?? lo.package;
  const params = classParams(lo, node);
  const parents = parentsOf(lo, node);
  const scope = open(
    lo,
    bodyOf(node),
    outer === "" ? short : `${outer}.${short}`,
    short,
    false,
    params.filter((one) => one.field),
  );
  const header = childOf(node, "primary_constructor");
  if (header !== undefined && params.length > 0)
    scope.functions.push(makeFunction(lo, header, { name: "constructor", role: "constructor", params, body: [] }));
  lowerMembers(lo, bodyOf(node), scope, node.type === "object_declaration");
  const made = containerAt(node, {
    sort: sortOf(lo, node),
    name: scope.name,
    extends: parents,
    decorators: decoratorsOf(lo, node),
    fields: scope.fields,
    functions: scope.functions,
    body: scope.body,
    ...(/\b(?:abstract|sealed)\b/.test(modifiersOf(lo, node)) && { isAbstract: true }),
  });
  lo.containers.push(made);
  return made;
}

function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  return childOf(node, "class_body") ?? childOf(node, "enum_class_body");
}

/** `object : Listener { … }`: a class without a name. */
export function lowerAnonymous(lo: Lowering, parent: SyntaxNode, body: SyntaxNode): ContainerIR {
  const type = parent === body ? undefined : parentOf(lo, parent);
  const scope = open(lo, body, "", "", false, []);
  lowerMembers(lo, body, scope, false);
  const { fields, functions, body: run } = scope;
  const made = containerAt(body, { sort: "class", name: "", extends: type === undefined ? [] : [type], fields, functions, body: run });
  lo.containers.push(made);
  return made;
}

function parentsOf(lo: Lowering, node: SyntaxNode): TypeRef[] {
  return (childOf(node, "delegation_specifiers")?.children ?? []).flatMap((one) => parentOf(lo, one) ?? []);
}

function parentOf(lo: Lowering, node: SyntaxNode): TypeRef | undefined {
  const [first] = node.children;
  if (first === undefined) return undefined;
  return first.type === "constructor_invocation" || first.type === "explicit_delegation"
    ? typeRef(first.children.find(isType), lo)
    : typeRef(first, lo);
}

function classParams(lo: Lowering, node: SyntaxNode): Param[] {
  const list = childOf(childOf(node, "primary_constructor") ?? node, "class_parameters");
  return (list?.children ?? []).flatMap((one): Param[] => {
    const name = childOf(one, "identifier");
    if (one.type !== "class_parameter" || name === undefined) return [];
    const initial = hasToken(one, "=") ? one.children.at(-1) : undefined;
    const pattern = bindAt(one, textOf(lo, name), typeRef(one.children.find(isType), lo));
    const withDefault = initial === undefined || pattern.kind !== "bind" ? pattern : { ...pattern, default: lo.expr(initial) };
    // A parameter without `val` is seen by initialisers only, as a field would be.
    return [{ pattern: withDefault, decorators: decoratorsOf(lo, one), field: true }];
  });
}

function open(
  lo: Lowering,
  body: SyntaxNode | undefined,
  name: string,
  short: string,
  inherits: boolean,
  params: readonly Param[],
): ClassScope {
  const members = (body?.children ?? []).flatMap((one) =>
    one.type === "companion_object" ? [one, ...(bodyOf(one)?.children ?? [])] : [one],
  );
  const nameIn = (one: SyntaxNode | undefined): string[] => {
    const at = one && (fieldOf(one, "name") ?? childOf(one, "identifier"));
    return at === undefined ? [] : [textOf(lo, at)];
  };
  const fields = members.flatMap((one) =>
    one.type === "property_declaration" ? nameIn(childOf(one, "variable_declaration")) : one.type === "enum_entry" ? nameIn(one) : [],
  );
  const methods = members.flatMap((one) => (one.type === "function_declaration" ? nameIn(one) : []));
  const given = params.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : []));
  return {
    name,
    short,
    fieldNames: new Set([...fields, ...given]),
    methodNames: new Set(methods),
    inherits,
    fields: [],
    functions: [],
    body: [],
  };
}

function lowerMembers(lo: Lowering, body: SyntaxNode | undefined, scope: ClassScope, isStatic: boolean): void {
  lo.classes.push(scope);
  const outer = lo.annotating;
  lo.annotating = false;
  for (const member of body?.children ?? []) lowerMember(lo, member, scope, isStatic);
  lo.annotating = outer;
  lo.classes.pop();
}

function lowerMember(lo: Lowering, member: SyntaxNode, scope: ClassScope, isStatic: boolean): void {
  switch (member.type) {
    case "property_declaration":
      scope.fields.push(...lowerProperty(lo, member, isStatic));
      scope.functions.push(...accessors(lo, member));
      return;
    case "function_declaration":
      // An abstract method of a class is found where it is written.
      if (childOf(member, "function_body") !== undefined || !/\babstract\b/.test(modifiersOf(lo, member)))
        scope.functions.push(lowerFunction(lo, member, isStatic));
      return;
    case "secondary_constructor":
      scope.functions.push(lowerFunction(lo, member));
      return;
    case "anonymous_initializer":
      scope.body.push(...member.children.flatMap((block) => lo.block(block.children, "drop")));
      return;
    case "enum_entry":
      scope.fields.push(lowerEntry(lo, member, scope));
      return;
    case "companion_object":
      for (const one of bodyOf(member)?.children ?? []) lowerMember(lo, one, scope, true);
      return;
    default:
      if (CONTAINERS.has(member.type)) scope.body.push(declared(lo, member));
  }
}

function declared(lo: Lowering, node: SyntaxNode): Stmt {
  const container = lo.container(node);
  const { start, end } = node;
  const name = fieldOf(node, "name") ?? node;
  const value: Expr = { kind: "container", start, end, container };
  return { kind: "let", start, end, target: bindAt(name, name === node ? "" : textOf(lo, name)), value };
}

function lowerProperty(lo: Lowering, node: SyntaxNode, isStatic: boolean): Field[] {
  const variable = childOf(node, "variable_declaration");
  const name = variable && childOf(variable, "identifier");
  if (variable === undefined || name === undefined) return [];
  const type = typeRef(variable.children.find(isType), lo);
  const value = valueOf(lo, node);
  return [
    {
      start: node.start,
      end: node.end,
      name: textOf(lo, name),
      decorators: decoratorsOf(lo, node),
      ...(type && { type }),
      ...(value && { value }),
      ...(isStatic && { isStatic }),
    },
  ];
}

/** `val isAdmin get() = role == "admin"`. */
function accessors(lo: Lowering, node: SyntaxNode): FunctionIR[] {
  const name = childOf(childOf(node, "variable_declaration") ?? node, "identifier");
  return childrenOf(node, "getter").flatMap((getter) => {
    const body = childOf(getter, "function_body");
    if (body === undefined || name === undefined) return [];
    const statements = within(lo, [], () =>
      lo.block(
        body.children.flatMap((one) => (one.type === "block" ? one.children : [one])),
        hasToken(body, "=") ? "return" : "drop",
      ),
    );
    return [makeFunction(lo, getter, { name: textOf(lo, name), role: "getter", body: statements })];
  });
}

/** `DENIED(403, "no")` creates what is called so; a plain constant is its name. */
function lowerEntry(lo: Lowering, node: SyntaxNode, scope: ClassScope): Field {
  const at = childOf(node, "identifier") ?? node;
  const name = textOf(lo, at);
  const args = (childOf(node, "value_arguments")?.children ?? []).flatMap((one) =>
    one.children.at(-1) === undefined ? [] : [lo.expr(one.children.at(-1)!)],
  );
  const base = { start: node.start, end: node.end, name, decorators: [], isStatic: true };
  const body = childOf(node, "class_body");
  if (body !== undefined) {
    const container = lo.anonymous(body, body);
    scope.body.push({
      kind: "expr",
      start: body.start,
      end: body.end,
      value: { kind: "container", start: body.start, end: body.end, container },
    });
  }
  if (args.length === 0) return base;
  return { ...base, value: callAt(node, memberAt(at, nameAt({ start: at.start, end: at.start }, scope.short), name), args, true) };
}
