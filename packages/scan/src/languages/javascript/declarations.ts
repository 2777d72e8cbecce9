import type { Declaration, Statement, TSModuleDeclaration, TSTypeAliasDeclaration, VariableDeclaration } from "oxc-parser";
import type { Span, Stmt } from "../../ir/nodes.ts";
import { addInterface, containerExpr, lowerClass, lowerEnum } from "./classes.ts";
import { importRequired } from "./commonjs.ts";
import { functionExpr, lowerFunction, startWith } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";

/** Where lowered statements go: function declarations hoist to the start of their block. */
export interface Block {
  readonly hoisted: Stmt[];
  readonly out: Stmt[];
}

/** `span` is that of the whole statement, `export` included. What only declares (`declare`, overloads, types) leaves nothing. */
export function lowerDeclaration(cx: Lowering, node: Declaration, block: Block, span: Span): void {
  if ("declare" in node && node.declare) return;
  switch (node.type) {
    case "VariableDeclaration":
      return lowerVariables(cx, node, block, span);
    case "FunctionDeclaration":
    case "FunctionExpression":
      block.hoisted.push(bound(node.id, span, functionExpr(lowerFunction(cx, node, { name: "" }))));
      return;
    case "ClassDeclaration":
    case "ClassExpression": {
      const container = lowerClass(cx, node, "");
      block.out.push(bound(node.id, { start: startWith(span.start, node.decorators), end: span.end }, containerExpr(container)));
      return;
    }
    case "TSEnumDeclaration":
      block.out.push(bound(node.id, span, containerExpr(lowerEnum(cx, node))));
      return;
    case "TSModuleDeclaration":
      return lowerNamespace(cx, node, block);
    case "TSInterfaceDeclaration":
      return addInterface(cx, node, node.id.name, node.body.body, node.extends);
    case "TSTypeAliasDeclaration":
      return lowerAlias(cx, node);
    case "TSImportEqualsDeclaration":
      return lowerImportEquals(cx, node, block, span);
    default:
      return;
  }
}

function lowerVariables(cx: Lowering, node: VariableDeclaration, block: Block, span: Span): void {
  const only = node.declarations.length === 1;
  for (const declarator of node.declarations) {
    if (importRequired(cx, declarator)) continue;
    const { start, end } = only ? span : declarator;
    const name = declarator.id.type === "Identifier" ? declarator.id.name : undefined;
    const target = lowerPattern(cx, declarator.id);
    block.out.push({ kind: "let", start, end, target, value: declarator.init ? cx.expression(declarator.init, name) : null });
  }
}

function bound(id: (Span & { readonly name: string }) | null, span: Span, value: Extract<Stmt, { kind: "let" }>["value"]): Stmt {
  const { start, end } = id ?? span;
  return { kind: "let", start: span.start, end: span.end, target: { kind: "bind", start, end, name: id?.name ?? "default" }, value };
}

/** What a namespace holds stands in the block around it. */
function lowerNamespace(cx: Lowering, node: Extract<Declaration, { type: "TSModuleDeclaration" }>, block: Block): void {
  if (!isNamespace(node) || !node.body) return;
  const plain = node.body.body.flatMap((inner): Statement[] => {
    if (inner.type !== "ExportNamedDeclaration") return [inner];
    return inner.declaration ? [inner.declaration] : [];
  });
  block.out.push(...cx.statements(plain));
}

function isNamespace(node: Extract<Declaration, { type: "TSModuleDeclaration" }>): node is TSModuleDeclaration {
  return node.kind !== "global" && node.id.type !== "Literal";
}

function lowerAlias(cx: Lowering, node: TSTypeAliasDeclaration): void {
  if (node.typeAnnotation.type === "TSTypeLiteral") addInterface(cx, node, node.id.name, node.typeAnnotation.members, []);
}

function lowerImportEquals(
  cx: Lowering,
  node: Extract<Declaration, { type: "TSImportEqualsDeclaration" }>,
  block: Block,
  span: Span,
): void {
  const { id, moduleReference: reference, start, end } = node;
  if (reference.type === "TSExternalModuleReference") {
    const typeOnly = node.importKind === "type" ? true : undefined;
    cx.imports.push({ start, end, local: id.name, imported: "*", source: reference.expression.value, typeOnly });
  } else {
    block.out.push(bound(id, span, entity(reference)));
  }
}

type Entity = Exclude<
  Extract<Declaration, { type: "TSImportEqualsDeclaration" }>["moduleReference"],
  { type: "TSExternalModuleReference" }
>;

function entity(node: Entity | Extract<Entity, { type: "TSQualifiedName" }>["left"]): NonNullable<Extract<Stmt, { kind: "let" }>["value"]> {
  const { start, end } = node;
  if (node.type === "TSQualifiedName") return { kind: "member", start, end, object: entity(node.left), property: node.right.name };
  return { kind: "name", start, end, name: node.type === "Identifier" ? node.name : "this" };
}
