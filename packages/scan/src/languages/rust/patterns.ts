import type { Pattern, RecordPattern, Span } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { lowerPath, segmentsOf } from "./paths.ts";

/** Tuple structs around the one thing that a handler asks for: `State(app)`, `Json(body)`. */
const WRAPPING = /^(?:Some|State|Json|Form|Query|Path|Extension|Data|TypedHeader|Valid|Cached)$/;

const any = ({ start, end }: Span): Pattern => ({ kind: "anyPattern", start, end });

export function lowerPattern(cx: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  switch (node.type) {
    case "identifier":
    case "shorthand_field_identifier":
      return named(cx, node);
    case "scoped_identifier":
      return { kind: "equalsPattern", value: lowerPath(cx, node), start, end };
    case "tuple_struct_pattern":
      return tupleStruct(cx, node);
    case "struct_pattern":
      return struct(cx, node);
    case "tuple_pattern":
    case "slice_pattern":
      return { kind: "listPattern", items: itemsOf(cx, node), ...(node.type === "tuple_pattern" && { tuple: true }), start, end };
    case "ref_pattern":
    case "mut_pattern":
    case "reference_pattern":
    case "match_pattern": {
      const inner = node.children.findLast((one) => one.field !== "condition" && one.type !== "mutable_specifier");
      return inner === undefined ? any(node) : cx.pattern(inner);
    }
    case "captured_pattern":
      return captured(cx, node);
    case "string_literal":
    case "raw_string_literal":
    case "integer_literal":
    case "float_literal":
    case "char_literal":
    case "boolean_literal":
    case "negative_literal":
      return literal(cx, node);
    default:
      return any(node);
  }
}

function named(cx: Lowering, node: SyntaxNode): Pattern {
  const name = textOf(cx, node);
  if (name === "_") return any(node);
  if (name === "None") return { kind: "literalPattern", value: null, start: node.start, end: node.end };
  // A name in capitals is a constant or a variant that was imported.
  if (/^[A-Z]/.test(name)) return { kind: "equalsPattern", value: lowerPath(cx, node), start: node.start, end: node.end };
  return bindAt(node, name);
}

function literal(cx: Lowering, node: SyntaxNode): Pattern {
  const value = cx.expr(node);
  if (value.kind !== "literal") return any(node);
  return { kind: "literalPattern", value: value.value, start: node.start, end: node.end };
}

/** Patterns in a row; `_` and `..` stand among the tokens and are read from the text between. */
function itemsOf(cx: Lowering, node: SyntaxNode): readonly Pattern[] {
  const inside = node.children.filter((one) => one.field !== "type");
  if (!node.tokens.includes("_")) return inside.map((one) => cx.pattern(one));
  return splitByCommas(cx, node, inside);
}

/** A place between commas without a node holds `_`. */
function splitByCommas(cx: Lowering, node: SyntaxNode, inside: readonly SyntaxNode[]): readonly Pattern[] {
  const items: Pattern[] = [];
  let from = fieldOf(node, "type")?.end ?? node.start;
  for (const child of [...inside, undefined]) {
    const gap = cx.text.slice(from, child?.start ?? node.end);
    for (const _ of gap.match(/(?<!\w)_(?!\w)/g) ?? []) items.push(any({ start: from, end: from }));
    if (child !== undefined) {
      items.push(cx.pattern(child));
      from = child.end;
    }
  }
  return items;
}

/** `Some(x)` is x, `Ok(x)` and `Err(e)` are tagged tuples, others records with the keys 0, 1. */
function tupleStruct(cx: Lowering, node: SyntaxNode): Pattern {
  const type = fieldOf(node, "type");
  const names = type === undefined ? [] : segmentsOf(cx, type);
  const last = names.at(-1) ?? "";
  const { start, end } = node;
  const items = itemsOf(cx, node);
  if (last === "Ok" || last === "Err") {
    const tag: Pattern = { kind: "literalPattern", value: last === "Ok" ? "ok" : "error", symbol: true, start, end: start };
    return { kind: "listPattern", tuple: true, items: [tag, items[0] ?? any(node)], start, end };
  }
  if (WRAPPING.test(last) && items.length === 1) return items[0]!;
  const entries = items.map((pattern, i) => ({ key: String(i), pattern }));
  return { kind: "recordPattern", entries, type: { name: names.join(".") }, start, end };
}

function struct(cx: Lowering, node: SyntaxNode): Pattern {
  const type = fieldOf(node, "type");
  const entries = node.children.flatMap((field): RecordPattern["entries"][number][] => {
    const name = fieldOf(field, "name");
    if (field.type !== "field_pattern" || name === undefined) return [];
    const inner = fieldOf(field, "pattern");
    return [{ key: textOf(cx, name), pattern: inner === undefined ? bindAt(name, textOf(cx, name)) : cx.pattern(inner) }];
  });
  const { start, end } = node;
  return { kind: "recordPattern", entries, ...(type && { type: { name: segmentsOf(cx, type).join(".") } }), start, end };
}

function captured(cx: Lowering, node: SyntaxNode): Pattern {
  const [name, inner] = [childOf(node, "identifier"), node.children[1]];
  const bind = name === undefined ? any(node) : bindAt(name, textOf(cx, name));
  return bind.kind === "bind" && inner !== undefined ? { ...bind, also: cx.pattern(inner) } : bind;
}

/** Whether a pattern fits everything. */
export function fitsAll(pattern: Pattern): boolean {
  if (pattern.kind === "listPattern") return pattern.tuple === true && pattern.items.every(fitsAll);
  return pattern.kind === "anyPattern" || (pattern.kind === "bind" && (pattern.also === undefined || fitsAll(pattern.also)));
}

/** `Ok(x)`, `Err(e)`, `Some(x)`: the word and what stands inside. */
export function wordOf(cx: Lowering, node: SyntaxNode): { readonly word: string; readonly inner: SyntaxNode | undefined } | undefined {
  const at =
    node.type === "match_pattern" || node.type === "reference_pattern" ? node.children.find((one) => one.field !== "condition") : node;
  if (at?.type !== "tuple_struct_pattern") return undefined;
  const type = fieldOf(at, "type");
  const word = type === undefined ? "" : textOf(cx, type);
  if (word !== "Ok" && word !== "Err" && word !== "Some") return undefined;
  return { word, inner: at.children.find((one) => one.field !== "type") };
}
