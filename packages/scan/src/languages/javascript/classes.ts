import type {
  AccessorProperty,
  Class,
  ClassElement,
  Expression,
  MethodDefinition,
  PropertyDefinition,
  TSEnumDeclaration,
  TSInterfaceHeritage,
  TSSignature,
} from "oxc-parser";
import { UNLINKED } from "../../ir/link.ts";
import type { ContainerIR, Expr, Field, FunctionIR, Stmt, TypeRef } from "../../ir/nodes.ts";
import { lowerDecorators, lowerFunction, startWith } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { keyName } from "./names.ts";
import { annotation, typeArguments } from "./types.ts";

const ROLES: Partial<Record<MethodDefinition["kind"], FunctionIR["role"]>> = { constructor: "constructor", get: "getter", set: "setter" };

type Parts = Pick<ContainerIR, "sort" | "name" | "start" | "end"> &
  Partial<Pick<ContainerIR, "extends" | "decorators" | "fields" | "functions" | "body">>;

function addContainer(cx: Lowering, parts: Parts): ContainerIR {
  const container: ContainerIR = {
    kind: "containerIR",
    extends: [],
    decorators: [],
    fields: [],
    functions: [],
    body: [],
    imports: [],
    mixins: [],
    file: UNLINKED,
    parent: undefined,
    ...parts,
  };
  cx.containers.push(container);
  return container;
}

export function lowerClass(cx: Lowering, node: Class, name: string): ContainerIR {
  const fields: Field[] = [];
  const functions: FunctionIR[] = [];
  const body: Stmt[] = [];
  for (const member of node.body.body) lowerMember(cx, member, fields, functions, body);
  const constructor = functions.find((fn) => fn.role === "constructor");
  if (constructor !== undefined) addAssignedFields(constructor, fields);
  return addContainer(cx, {
    sort: "class",
    name: node.id?.name ?? name,
    start: startWith(node.start, node.decorators),
    end: node.end,
    extends: heritage(node),
    decorators: lowerDecorators(cx, node.decorators),
    fields,
    functions,
    body,
  });
}

export function containerExpr(container: ContainerIR): Expr {
  return { kind: "container", start: container.start, end: container.end, container };
}

function lowerMember(cx: Lowering, node: ClassElement, fields: Field[], functions: FunctionIR[], body: Stmt[]): void {
  switch (node.type) {
    case "MethodDefinition":
      if (node.value.body) functions.push(lowerMethod(cx, node));
      return;
    case "PropertyDefinition":
    case "AccessorProperty":
    case "TSAbstractPropertyDefinition":
    case "TSAbstractAccessorProperty":
      fields.push(lowerField(cx, node));
      return;
    case "StaticBlock":
      body.push({ kind: "blockStmt", start: node.start, end: node.end, body: cx.statements(node.body) });
      return;
    default:
      return;
  }
}

function lowerMethod(cx: Lowering, node: MethodDefinition): FunctionIR {
  return lowerFunction(cx, node.value, {
    name: keyName(node.key, node.computed) ?? "",
    start: startWith(node.start, node.decorators),
    end: node.end,
    decorators: lowerDecorators(cx, node.decorators),
    isStatic: node.static ? true : undefined,
    isPrivate: node.accessibility === "private" || node.key.type === "PrivateIdentifier" ? true : undefined,
    role: ROLES[node.kind],
  });
}

function lowerField(cx: Lowering, node: PropertyDefinition | AccessorProperty): Field {
  const name = keyName(node.key, node.computed) ?? "";
  return {
    start: startWith(node.start, node.decorators),
    end: node.end,
    name,
    type: annotation(node.typeAnnotation),
    value: node.value ? cx.expression(node.value, name) : undefined,
    decorators: lowerDecorators(cx, node.decorators),
    isStatic: node.static ? true : undefined,
  };
}

/** Plain JavaScript declares no fields: `this.x = …` in the constructor tells that there is one. */
function addAssignedFields(constructor: FunctionIR, fields: Field[]): void {
  const known = new Set(fields.map((field) => field.name));
  for (const param of constructor.params) if (param.field && param.pattern.kind === "bind") known.add(param.pattern.name);
  for (const stmt of constructor.body) {
    if (stmt.kind !== "expr" || stmt.value.kind !== "assign" || stmt.value.target.kind !== "member") continue;
    const { target, value, start, end } = stmt.value;
    if (target.object.kind !== "name" || target.object.name !== "this" || target.property === null || known.has(target.property)) continue;
    known.add(target.property);
    fields.push({ start, end, name: target.property, type: typeOfValue(value, constructor), value, decorators: [], isStatic: undefined });
  }
}

/** The class of `new Foo()`, or the type of the parameter that is stored. */
function typeOfValue(value: Expr, constructor: FunctionIR): TypeRef | undefined {
  if (value.kind === "call" && value.creates) return expressionType(value.callee);
  if (value.kind !== "name") return undefined;
  for (const { pattern } of constructor.params) if (pattern.kind === "bind" && pattern.name === value.name) return pattern.type;
  return undefined;
}

function expressionType(expr: Expr): TypeRef | undefined {
  if (expr.kind === "name") return { name: expr.name };
  if (expr.kind !== "member" || expr.property === null) return undefined;
  const object = expressionType(expr.object);
  return object && { name: `${object.name}.${expr.property}` };
}

function heritage(node: Class): readonly TypeRef[] {
  const parents: TypeRef[] = [];
  if (node.superClass) {
    const parent = classType(node.superClass);
    const args = typeArguments(node.superTypeArguments);
    if (parent !== undefined) parents.push(args === undefined ? parent : { name: parent.name, args });
  }
  for (const type of node.implements ?? []) {
    const parent = classType(type.expression);
    const args = typeArguments(type.typeArguments);
    if (parent !== undefined) parents.push(args === undefined ? parent : { name: parent.name, args });
  }
  return parents;
}

/** The class that an expression names; `Mixin(Base)` is `Mixin<Base>`. */
function classType(node: Expression): TypeRef | undefined {
  switch (node.type) {
    case "Identifier":
      return { name: node.name };
    case "MemberExpression": {
      const object = classType(node.object);
      const property = keyName(node.property, node.computed);
      return object === undefined || property === null ? undefined : { name: `${object.name}.${property}` };
    }
    case "CallExpression": {
      const mixin = classType(node.callee);
      const args = node.arguments.flatMap((arg) => (arg.type === "SpreadElement" ? [] : (classType(arg) ?? [])));
      return mixin && { name: mixin.name, args };
    }
    default:
      return undefined;
  }
}

export function lowerEnum(cx: Lowering, node: TSEnumDeclaration): ContainerIR {
  const fields = node.body.members.map((member): Field => ({
    start: member.start,
    end: member.end,
    name: keyName(member.id, member.computed) ?? "",
    type: undefined,
    value: member.initializer ? cx.expression(member.initializer) : undefined,
    decorators: [],
    isStatic: true,
  }));
  return addContainer(cx, { sort: "enum", name: node.id.name, start: node.start, end: node.end, fields });
}

/** Interfaces and object types stand in no body: they only tell the types of fields. */
export function addInterface(
  cx: Lowering,
  node: { readonly start: number; readonly end: number },
  name: string,
  members: readonly TSSignature[],
  parents: readonly TSInterfaceHeritage[],
): void {
  const fields: Field[] = [];
  for (const member of members) {
    if (member.type !== "TSPropertySignature") continue;
    const key = keyName(member.key, member.computed);
    if (key === null) continue;
    const { start, end } = member;
    fields.push({ start, end, name: key, type: annotation(member.typeAnnotation), value: undefined, decorators: [], isStatic: undefined });
  }
  const extending = parents.flatMap((parent) => classType(parent.expression) ?? []);
  addContainer(cx, { sort: "interface", name, start: node.start, end: node.end, extends: extending, fields });
}
