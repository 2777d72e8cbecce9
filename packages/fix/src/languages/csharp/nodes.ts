import type { Span, SyntaxNode } from "@telltale/scan/analysis";

export const textIn = (text: string, { start, end }: Span): string => text.slice(start, end);

export const inField = (node: SyntaxNode, field: string): SyntaxNode | undefined => node.children.find((child) => child.field === field);

export const ofType = (node: SyntaxNode, type: string): SyntaxNode | undefined => node.children.find((child) => child.type === type);

export function hasModifier(node: SyntaxNode, modifier: string): boolean {
  return node.children.some((child) => child.type === "modifier" && child.op === modifier);
}

/** The name of a type as it is written where it is used: `Cache<T>`. */
export function typeName(type: SyntaxNode, text: string): string {
  const name = inField(type, "name") ?? type.children.find((child) => child.type === "identifier");
  const params = ofType(type, "type_parameter_list");
  const names = params?.children.map((param) => textIn(text, param.children.at(-1) ?? param)) ?? [];
  return `${name === undefined ? "" : textIn(text, name)}${names.length > 0 ? `<${names.join(", ")}>` : ""}`;
}

export const plainName = (type: SyntaxNode, text: string): string => typeName(type, text).replace(/<.*$/, "");
