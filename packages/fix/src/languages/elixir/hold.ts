import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indentAt, lineEnd } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { precedesText } from "../trees/lines.ts";
import { pathTo, textOf, treeOf } from "../trees/tree.ts";
import type { Held, PenAsk } from "../writer.ts";

/** Lines at the top of a module that bring names in. */
const DIRECTIVE = /^(?:use|import|alias|require)\b|^@behaviour\b/;
const REQUIRED = /^require\s*\(?\s*Logger\b/;

/** `require Logger` in the module, below its other directives. */
export function hold({ file, offset, pen, held, style }: PenAsk): Held | Refused {
  if (pen.logger.id !== "elixir-logger") {
    if (held || pen.name.startsWith(":")) return { expression: pen.name, edits: [] };
    return { kind: "no-logger", reason: `${pen.logger.title} is not in scope there` };
  }
  const tree = treeOf(file);
  const path = tree === undefined ? [] : pathTo(tree, { start: offset, end: offset });
  const blocks = path.filter((node, i) => node.type === "do_block" && isModule(path[i - 1], file.text));
  const block = blocks.at(-1);
  if (block === undefined) return { kind: "no-logger", reason: "the code stands in no module that could require Logger" };
  if (held || blocks.some((one) => one.children.some((child) => REQUIRED.test(textOf(file, child)))))
    return { expression: pen.name, edits: [] };
  return { expression: pen.name, edits: [requireIn(block, file.text, style)] };
}

const isModule = (node: SyntaxNode | undefined, text: string): boolean =>
  node?.type === "call" && /^(?:defmodule|defimpl|defprotocol)\b/.test(text.slice(node.start, node.end));

function requireIn(block: SyntaxNode, text: string, style: Style): Edit {
  const isDirective = (node: SyntaxNode): boolean => DIRECTIVE.test(text.slice(node.start, node.end));
  const firstOther = block.children.findIndex((node) => !isDirective(node) && !isDoc(node, text));
  const top = firstOther < 0 ? block.children : block.children.slice(0, firstOther);
  const last = top.findLast(isDirective) ?? top.at(-1);
  if (last === undefined) {
    const first = block.children[0];
    const at = first === undefined ? block.start + "do".length : lineEnd(text, block.start);
    const indent = first === undefined ? style.unit : indentAt(text, first.start);
    return { start: at, end: at, text: `${style.eol}${indent}require Logger${first === undefined ? "" : style.eol}` };
  }
  const end = lineEnd(text, last.end);
  const alone = /^require\b/.test(text.slice(last.start, last.end)) ? "" : style.eol;
  const below = precedesText(text, last.end) && alone !== "" ? style.eol : "";
  return { start: end, end, text: `${alone}${style.eol}${indentAt(text, last.start)}require Logger${below}` };
}

const isDoc = (node: SyntaxNode, text: string): boolean => /^@(?:moduledoc|behaviour|shortdoc)\b/.test(text.slice(node.start, node.end));
