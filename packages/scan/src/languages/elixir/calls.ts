import type { Expr, Span } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";
import { childOf, isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

/** The parts of `do … end`, or of `do: x, else: y`, which means the same. */
export interface Section extends Span {
  readonly body: readonly SyntaxNode[];
}
export type SectionName = "do" | "else" | "rescue" | "catch" | "after";

/** A call with its spelling taken away: parentheses, `do` as block or keyword, a value piped in. */
export interface CallForm extends Span {
  /** The name of a local call, "" for the others. */
  readonly name: string;
  readonly target: SyntaxNode;
  /** What a pipe puts before the arguments. */
  readonly piped: Expr | undefined;
  readonly args: readonly SyntaxNode[];
  /** Trailing keyword arguments (pairs), sections left out. */
  readonly keywords: readonly SyntaxNode[];
  readonly sections: ReadonlyMap<SectionName, Section>;
  /** `f` and `m.f` have no argument list at all. */
  readonly bare: boolean;
}

const SECTION_BLOCKS: Readonly<Record<string, SectionName>> = {
  else_block: "else",
  rescue_block: "rescue",
  catch_block: "catch",
  after_block: "after",
};
const SECTION_NAMES: ReadonlySet<string> = new Set(["do", "else", "rescue", "catch", "after"]);

/** The name that a keyword key spells: `foo:` → `foo`, `"foo bar":` → `foo bar`. */
export function keyText(lo: Lowering, key: SyntaxNode): string {
  const text = textOf(lo, key).trim().replace(/:$/, "");
  return key.type === "keyword" ? text : text.replaceAll(/^["']|["']$/g, "");
}

/** The pair's key and value; undefined where recovery from an error lost one. */
export function pairOf(lo: Lowering, pair: SyntaxNode): { readonly key: string; readonly value: SyntaxNode } | undefined {
  const [key, value] = pair.children;
  return key && value ? { key: keyText(lo, key), value } : undefined;
}

/** Reads a call node, or an identifier that a pipe makes a call. */
export function callForm(lo: Lowering, node: SyntaxNode, piped?: Expr, from: Span = node): CallForm | undefined {
  const target = node.type === "identifier" ? node : node.children[0];
  if (!target || (node.type !== "call" && piped === undefined)) return undefined;
  const argumentNodes = childOf(node, "arguments");
  const doBlock = childOf(node, "do_block");
  const args = argumentNodes?.children.filter((child) => child.type !== "keywords") ?? [];
  const pairs = argumentNodes?.children.findLast((child) => child.type === "keywords")?.children ?? [];
  const sections = new Map<SectionName, Section>();
  if (doBlock) readDoBlock(doBlock, sections);
  const keywords = doBlock ? pairs : readSections(lo, pairs, sections);
  return {
    name: target.type === "identifier" ? textOf(lo, target) : "",
    target,
    piped,
    args,
    keywords,
    sections,
    bare: !argumentNodes && !doBlock && piped === undefined,
    start: from.start,
    end: node.end,
  };
}

function readDoBlock(block: SyntaxNode, sections: Map<SectionName, Section>): void {
  const body: SyntaxNode[] = [];
  for (const child of block.children) {
    const section = SECTION_BLOCKS[child.type];
    if (section) sections.set(section, { start: child.start, end: child.end, body: child.children });
    else body.push(child);
  }
  sections.set("do", { start: block.start, end: block.end, body });
}

/** Takes `do: x, else: y` out of keyword arguments. Without `do:` the others are keywords like any. */
function readSections(lo: Lowering, pairs: readonly SyntaxNode[], sections: Map<SectionName, Section>): readonly SyntaxNode[] {
  const named = pairs.map((pair) => ({ pair, read: pairOf(lo, pair) }));
  if (!named.some(({ read }) => read?.key === "do")) return pairs;
  const rest: SyntaxNode[] = [];
  for (const { pair, read } of named) {
    if (read && SECTION_NAMES.has(read.key)) {
      sections.set(read.key as SectionName, {
        start: pair.start,
        end: pair.end,
        body: sectionBody(read.value),
      });
    } else rest.push(pair);
  }
  return rest;
}

/** `do: (a; b)` and `do: (x -> y)` hold what a block holds. */
function sectionBody(value: SyntaxNode): readonly SyntaxNode[] {
  return value.type === "block" ? value.children : [value];
}

/** One `patterns when guard -> body`. */
export interface Stab extends Span {
  readonly heads: readonly SyntaxNode[];
  readonly guard: SyntaxNode | undefined;
  readonly body: readonly SyntaxNode[];
}

export function isStabs(nodes: readonly SyntaxNode[]): boolean {
  return nodes[0]?.type === "stab_clause";
}

export function stabsOf(nodes: readonly SyntaxNode[]): Stab[] {
  return nodes.filter((node) => node.type === "stab_clause").map(stabOf);
}

function stabOf(node: SyntaxNode): Stab {
  const left = node.children.find((child) => child.type === "arguments" || isBinary(child, "when"));
  const [heads, guard] = left && isBinary(left, "when") ? sidesOf(left) : [left, undefined];
  return {
    heads: heads?.children ?? [],
    guard,
    body: childOf(node, "body")?.children ?? [],
    start: node.start,
    end: node.end,
  };
}
