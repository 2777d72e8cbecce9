import type { Pattern } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { childrenOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

/** The patterns of a `case`: several with commas are a tuple, with `|` any of them. https://peps.python.org/pep-0634/ */
export function lowerCases(lo: Lowering, clause: SyntaxNode): readonly Pattern[] {
  const cases = childrenOf(clause, "case_pattern");
  const [first] = cases;
  if (first === undefined) return [];
  if (cases.length > 1) {
    const items = cases.map((one) => lowerCase(lo, one));
    return [{ kind: "listPattern", start: first.start, end: cases.at(-1)!.end, items, tuple: true }];
  }
  const inner = first.children[0];
  if (inner?.type === "union_pattern") return inner.children.map((one) => lowerCase(lo, one));
  return [lowerCase(lo, first)];
}

function lowerCase(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const [first] = node.children;
  switch (node.type) {
    case "case_pattern":
      return first === undefined ? { kind: "anyPattern", start, end } : lowerCase(lo, first);
    case "string":
    case "concatenated_string":
    case "integer":
    case "float":
    case "true":
    case "false":
    case "none": {
      const value = lo.expr(node);
      return value.kind === "literal" ? { kind: "literalPattern", start, end, value: value.value } : { kind: "anyPattern", start, end };
    }
    case "identifier":
    case "dotted_name":
      return named(lo, node);
    case "list_pattern":
      return { kind: "listPattern", start, end, items: node.children.map((one) => lowerCase(lo, one)) };
    case "tuple_pattern":
      return { kind: "listPattern", start, end, items: node.children.map((one) => lowerCase(lo, one)), tuple: true };
    case "class_pattern":
      return ofClass(lo, node);
    case "dict_pattern":
      return { kind: "recordPattern", start, end, entries: pairsOf(lo, node) };
    case "as_pattern": {
      const name = node.children.at(-1);
      if (first === undefined || name === undefined || name === first) return { kind: "anyPattern", start, end };
      const bound = named(lo, name);
      return bound.kind === "bind" ? { ...bound, also: lowerCase(lo, first) } : lowerCase(lo, first);
    }
    default:
      return { kind: "anyPattern", start, end };
  }
}

/** A name alone binds, a dotted one is a value to compare with. */
function named(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const text = textOf(lo, node);
  if (text === "_") return { kind: "anyPattern", start, end };
  if (!text.includes(".")) {
    lo.scope.bound.add(text);
    return bindAt(node, text);
  }
  const [root = "", ...rest] = text.split(".");
  return {
    kind: "equalsPattern",
    start,
    end,
    value: rest.reduce((object, property) => ({ kind: "member" as const, start, end, object, property }), {
      kind: "name",
      start,
      end,
      name: root,
    } as Extract<Pattern, { kind: "equalsPattern" }>["value"]),
  };
}

function ofClass(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const [name, ...inner] = node.children;
  const entries = inner.map((one, index) => {
    const keyword = one.type === "case_pattern" ? one.children[0] : one;
    if (keyword?.type !== "keyword_pattern") return { key: String(index), pattern: lowerCase(lo, one) };
    const [key, value] = keyword.children;
    const pattern: Pattern = value === undefined ? { kind: "anyPattern", start, end } : lowerCase(lo, value);
    return { key: key === undefined ? null : textOf(lo, key), pattern };
  });
  return { kind: "recordPattern", start, end, entries, ...(name && { type: { name: textOf(lo, name) } }) };
}

function pairsOf(lo: Lowering, node: SyntaxNode): Extract<Pattern, { kind: "recordPattern" }>["entries"] {
  const keys = node.children.filter((one) => one.field === "key");
  const values = node.children.filter((one) => one.field === "value");
  return keys.flatMap((key, i) => {
    const value = values[i];
    if (value === undefined) return [];
    const text = lo.expr(key.type === "case_pattern" && key.children[0] !== undefined ? key.children[0] : key);
    return [{ key: text.kind === "literal" ? String(text.value) : null, pattern: lowerCase(lo, value) }];
  });
}
