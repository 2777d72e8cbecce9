import type { Expr, Pattern, RecordPattern } from "../../ir/nodes.ts";
import { pairOf } from "./calls.ts";
import type { Lowering } from "./lowering.ts";
import { bindAt, nameAt, textOf } from "./lowering.ts";
import { moduleName } from "./modules.ts";
import { childOf, isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

type Entry = RecordPattern["entries"][number];
type Lower = (lo: Lowering, node: SyntaxNode) => Pattern;

const BY_TYPE: Readonly<Record<string, Lower>> = {
  identifier: lowerIdentifier,
  tuple: (lo, node) => listPattern(lo, node, true),
  list: lowerList,
  map: lowerMap,
  keywords: (lo, node) => ({
    kind: "recordPattern",
    ...span(node),
    entries: entriesOf(lo, [node]),
  }),
  binary_operator: lowerBinary,
  unary_operator: lowerUnary,
  bitstring: (lo, node) => listPattern(lo, node, false),
  block: (lo, node) => (node.children.length === 1 && node.children[0] ? lo.pattern(node.children[0]) : any(node)),
  alias: lowerModule,
  dot: lowerModule,
};
/** Expressions that are literals; a pattern of theirs is the literal. */
const LITERALS = new Set(["atom", "quoted_atom", "string", "charlist", "integer", "float", "char", "boolean", "nil", "sigil"]);

export function lowerPattern(lo: Lowering, node: SyntaxNode): Pattern {
  const lower = BY_TYPE[node.type];
  if (lower) return lower(lo, node);
  return LITERALS.has(node.type) ? literalPattern(node, lo.expr(node)) : any(node);
}

/** True where the pattern fits everything: a plain name, or `_`. */
export function fitsAll(pattern: Pattern): boolean {
  return pattern.kind === "anyPattern" || (pattern.kind === "bind" && (!pattern.also || fitsAll(pattern.also)));
}

/** The pattern with a default value for a parameter that is left out. */
export function withDefault(pattern: Pattern, value: Expr): Pattern {
  if (pattern.kind === "bind" || pattern.kind === "recordPattern" || pattern.kind === "listPattern") return { ...pattern, default: value };
  return {
    kind: "bind",
    start: pattern.start,
    end: pattern.end,
    name: "_",
    also: pattern,
    default: value,
  };
}

function span(node: SyntaxNode): { start: number; end: number } {
  return { start: node.start, end: node.end };
}

function any(node: SyntaxNode): Pattern {
  return { kind: "anyPattern", ...span(node) };
}

function literalPattern(node: SyntaxNode, value: Expr): Pattern {
  if (value.kind !== "literal") return any(node);
  return {
    kind: "literalPattern",
    ...span(node),
    value: value.value,
    ...(value.symbol && { symbol: true }),
  };
}

function lowerIdentifier(lo: Lowering, node: SyntaxNode): Pattern {
  const name = textOf(lo, node);
  if (name === "_") return any(node);
  return name === "__MODULE__" ? lowerModule(lo, node) : bindAt(node, name);
}

/** A module is matched by identity. */
function lowerModule(lo: Lowering, node: SyntaxNode): Pattern {
  const name = moduleName(lo, node);
  return name === undefined ? any(node) : { kind: "equalsPattern", ...span(node), value: nameAt(node, name) };
}

function listPattern(lo: Lowering, node: SyntaxNode, tuple: boolean): Pattern {
  return {
    kind: "listPattern",
    ...span(node),
    items: node.children.map((child) => lo.pattern(child)),
    ...(tuple && { tuple }),
  };
}

function lowerList(lo: Lowering, node: SyntaxNode): Pattern {
  const [only] = node.children;
  if (node.children.length === 1 && only?.type === "keywords") return lo.pattern(only);
  return {
    kind: "listPattern",
    ...span(node),
    items: node.children.flatMap((child) => listItems(lo, child)),
  };
}

/** `[head | tail]`. */
function listItems(lo: Lowering, node: SyntaxNode): Pattern[] {
  if (!isBinary(node, "|")) return [lo.pattern(node)];
  const [head, tail] = sidesOf(node);
  if (!head || !tail) return [];
  const rest = lo.pattern(tail);
  return [
    lo.pattern(head),
    rest.kind === "bind" ? { ...rest, rest: true } : { kind: "bind", ...span(tail), name: "_", rest: true, also: rest },
  ];
}

/** `%{a: x}`, `%User{a: x}`; `%kind{}` binds the struct's module. */
function lowerMap(lo: Lowering, node: SyntaxNode): Pattern {
  const entries = entriesOf(lo, childOf(node, "map_content")?.children ?? []);
  const struct = childOf(node, "struct")?.children[0];
  const name = struct && moduleName(lo, struct);
  if (name !== undefined) return { kind: "recordPattern", ...span(node), entries, type: { name } };
  const kind: Entry[] = struct ? [{ key: "__struct__", pattern: lo.pattern(struct) }] : [];
  return { kind: "recordPattern", ...span(node), entries: [...kind, ...entries] };
}

function entriesOf(lo: Lowering, nodes: readonly SyntaxNode[]): Entry[] {
  return nodes.flatMap((node) => {
    if (node.type === "keywords") return node.children.flatMap((pair) => pairEntry(lo, pair));
    const [key, value] = isBinary(node, "=>") ? sidesOf(node) : [undefined, undefined];
    if (!key || !value) return [];
    const literal = lo.expr(key);
    const name = literal.kind === "literal" && typeof literal.value === "string" ? literal.value : null;
    return [{ key: name, pattern: lo.pattern(value) }];
  });
}

function pairEntry(lo: Lowering, pair: SyntaxNode): Entry[] {
  const read = pairOf(lo, pair);
  return read ? [{ key: read.key, pattern: lo.pattern(read.value) }] : [];
}

function lowerBinary(lo: Lowering, node: SyntaxNode): Pattern {
  const [left, right] = sidesOf(node);
  if (!left || !right) return any(node);
  switch (node.op) {
    case "=":
      return both(node, lo.pattern(left), lo.pattern(right));
    case "<>":
      // Not a list, but like one it fits some texts only and binds what stands at the end.
      return { kind: "listPattern", ...span(node), items: [lo.pattern(left), lo.pattern(right)] };
    case "\\\\":
      return withDefault(lo.pattern(left), lo.expr(right));
    case "::":
    case "when":
      return lo.pattern(left);
    default:
      return any(node);
  }
}

/** `pattern = pattern`: both must fit. */
function both(node: SyntaxNode, left: Pattern, right: Pattern): Pattern {
  if (right.kind === "bind" && !right.also) return { ...right, ...span(node), also: left };
  if (left.kind === "bind" && !left.also) return { ...left, ...span(node), also: right };
  if (left.kind === "recordPattern" && right.kind === "recordPattern") {
    const type = left.type ?? right.type;
    return {
      ...left,
      ...span(node),
      entries: [...left.entries, ...right.entries],
      ...(type && { type }),
    };
  }
  if (right.kind === "bind" && right.also) return { ...right, ...span(node), also: both(node, left, right.also) };
  return left;
}

function lowerUnary(lo: Lowering, node: SyntaxNode): Pattern {
  const [operand] = node.children;
  if (!operand) return any(node);
  if (node.op === "^") return { kind: "equalsPattern", ...span(node), value: lo.expr(operand) };
  if (node.op === "@") return { kind: "equalsPattern", ...span(node), value: lo.expr(node) };
  return literalPattern(node, lo.expr(node));
}
