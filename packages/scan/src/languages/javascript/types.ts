import type { TSType, TSTypeAnnotation, TSTypeParameterInstantiation, TSTypeQueryExprName } from "oxc-parser";
import type { TypeRef } from "../../ir/nodes.ts";

/** Types that are a word: https://www.typescriptlang.org/docs/handbook/2/everyday-types.html */
const KEYWORDS: Partial<Record<TSType["type"], string>> = {
  TSAnyKeyword: "any",
  TSBigIntKeyword: "bigint",
  TSBooleanKeyword: "boolean",
  TSNeverKeyword: "never",
  TSNullKeyword: "null",
  TSNumberKeyword: "number",
  TSObjectKeyword: "object",
  TSStringKeyword: "string",
  TSSymbolKeyword: "symbol",
  TSThisType: "this",
  TSUndefinedKeyword: "undefined",
  TSUnknownKeyword: "unknown",
  TSVoidKeyword: "void",
  TSFunctionType: "Function",
  TSConstructorType: "Function",
  TSTypeLiteral: "object",
  TSMappedType: "object",
  TSTemplateLiteralType: "string",
  TSTypePredicate: "boolean",
};

const EMPTY: ReadonlySet<string> = new Set(["null", "undefined", "void"]);

export function annotation(node: TSTypeAnnotation | null | undefined): TypeRef | undefined {
  return node ? typeRef(node.typeAnnotation) : undefined;
}

export function typeArguments(node: TSTypeParameterInstantiation | null | undefined): readonly TypeRef[] | undefined {
  return node ? node.params.map((param) => typeRef(param) ?? { name: "unknown" }) : undefined;
}

/**
 * A type as name and arguments. Of a union the first member that is not null or undefined, of an intersection the first;
 * `X[]` is `Array<X>`, `typeof x` is `typeof<x>`, a literal its value. undefined for types that compute (conditional, keyof).
 */
export function typeRef(node: TSType): TypeRef | undefined {
  switch (node.type) {
    case "TSTypeReference":
      return named(entityName(node.typeName), typeArguments(node.typeArguments));
    case "TSUnionType":
      return firstMember(node.types);
    case "TSIntersectionType":
      return firstMember(node.types);
    case "TSArrayType":
      return named("Array", [typeRef(node.elementType) ?? { name: "unknown" }]);
    case "TSTupleType":
      return { name: "tuple" };
    case "TSLiteralType":
      return "value" in node.literal ? { name: String(node.literal.value) } : undefined;
    case "TSTypeQuery":
      return named("typeof", [{ name: entityName(node.exprName) }]);
    case "TSImportType":
      return node.qualifier ? named(entityName(node.qualifier), typeArguments(node.typeArguments)) : undefined;
    case "TSIndexedAccessType":
      return typeRef(node.objectType);
    case "TSTypeOperator":
      return node.operator === "keyof" ? undefined : typeRef(node.typeAnnotation);
    case "TSParenthesizedType":
      return typeRef(node.typeAnnotation);
    default: {
      const word = KEYWORDS[node.type];
      return word === undefined ? undefined : { name: word };
    }
  }
}

function named(name: string, args: readonly TypeRef[] | undefined): TypeRef {
  return args === undefined ? { name } : { name, args };
}

function firstMember(types: readonly TSType[]): TypeRef | undefined {
  for (const type of types) {
    const ref = typeRef(type);
    if (ref !== undefined && !EMPTY.has(ref.name)) return ref;
  }
  return undefined;
}

function entityName(node: TSTypeQueryExprName): string {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "TSQualifiedName":
      return `${entityName(node.left)}.${node.right.name}`;
    case "ThisExpression":
      return "this";
    case "TSImportType":
      return node.qualifier ? entityName(node.qualifier) : node.source.value;
  }
}
