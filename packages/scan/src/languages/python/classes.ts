import type { ContainerIR, Decorator, Expr, Field, FunctionIR, Span, Stmt, TypeRef } from "../../ir/nodes.ts";
import { containerAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { decoratorsOf, withoutDocs } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { emptyScope, textOf, within } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** Base classes that say the class holds names for values. https://docs.python.org/3/library/enum.html */
const ENUMS: ReadonlySet<string> = new Set(["Enum", "IntEnum", "StrEnum", "Flag", "TextChoices", "IntegerChoices"]);

interface Members {
  readonly fields: Field[];
  readonly functions: FunctionIR[];
  readonly body: Stmt[];
}

/** A class; its name is joined to those of the classes around it by a dot. `at` holds its decorators as well. */
export function lowerClass(lo: Lowering, node: SyntaxNode, decorators: readonly Decorator[], at: Span): ContainerIR {
  const nameNode = fieldOf(node, "name");
  const own = nameNode === undefined ? "" : textOf(lo, nameNode);
  const outer = lo.className;
  const name = outer === "" ? own : `${outer}.${own}`;
  const bases = (fieldOf(node, "superclasses")?.children ?? []).flatMap((base) => baseOf(lo, base) ?? []);
  const keywords = lo.args(fieldOf(node, "superclasses")).filter((arg) => arg.kind === "record");
  const members: Members = {
    fields: [],
    functions: [],
    body: keywords.map((value): Stmt => ({ kind: "expr", start: value.start, end: value.end, value })),
  };
  lo.className = name;
  within(lo, emptyScope(), () => {
    for (const child of fieldOf(node, "body")?.children ?? []) lowerMember(lo, child, members);
  });
  lo.className = outer;
  const isEnum = bases.some((base) => ENUMS.has(base.name.slice(base.name.lastIndexOf(".") + 1)));
  const container = containerAt(at, {
    ...members,
    body: withoutDocs(members.body),
    sort: isEnum ? "enum" : "class",
    name,
    extends: bases,
    decorators,
  });
  lo.containers.push(container);
  return container;
}

function baseOf(lo: Lowering, node: SyntaxNode): TypeRef | undefined {
  if (node.type === "keyword_argument") return undefined;
  if (node.type === "call") return baseOf(lo, fieldOf(node, "function") ?? node.children[0] ?? { ...node, type: "" });
  return typeRef(lo, node);
}

function lowerMember(lo: Lowering, node: SyntaxNode, members: Members): void {
  const definition = node.type === "decorated_definition" ? fieldOf(node, "definition") : node;
  if (definition?.type === "function_definition") {
    const decorators = node === definition ? [] : decoratorsOf(lo, node);
    members.functions.push(lo.method(definition, decorators, node, members.fields));
    return;
  }
  for (const stmt of lo.block(node)) {
    const field = stmt.kind === "let" ? fieldOfLet(stmt) : undefined;
    if (field === undefined) members.body.push(stmt);
    else members.fields.push(field);
  }
}

function fieldOfLet({ target, value, start, end }: Extract<Stmt, { kind: "let" }>): Field | undefined {
  if (target.kind !== "bind" || value?.kind === "container" || value?.kind === "function") return undefined;
  const type = target.type ?? typeOfCreated(value);
  return { start, end, name: target.name, decorators: [], ...(type && { type }), ...(value && { value }) };
}

function typeOfCreated(value: Expr | null): TypeRef | undefined {
  return value?.kind === "call" && value.creates && value.callee.kind === "name" ? { name: value.callee.name } : undefined;
}
