import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { indentAt, lineStart, startsLine } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { hasModifier, textIn } from "./nodes.ts";

/** Columns beyond which a list of parameters is broken; the formatter of .NET breaks none by itself. */
const WIDEST = 140;

/** One more parameter at the end of a list, before those that may be left out unless it may be, too. */
export function parameterEdits(list: SyntaxNode, added: string, text: string, style: Style): readonly Edit[] {
  const params = list.children.filter(({ type }) => type === "parameter");
  const isOptional = added.includes("=");
  const mayBeLeftOut = (param: SyntaxNode): boolean =>
    hasModifier(param, "params") || (!isOptional && / = |=/.test(textIn(text, param).replace(/^(?:\[[^\]]*\]\s*)+/, "")));
  const behind = params.find(mayBeLeftOut);
  const last = params.at(-1);
  if (last === undefined) return [insert(list.start + 1, added)];
  const lined = params.findLast((param) => startsLine(text, param.start));
  if (behind !== undefined)
    return [insert(behind.start, `${added},${startsLine(text, behind.start) ? `${style.eol}${indentAt(text, behind.start)}` : " "}`)];
  if (lined !== undefined) return [insert(last.end, `,${style.eol}${indentAt(text, lined.start)}${added}`)];
  const columns = last.end - lineStart(text, last.end) + added.length;
  return [insert(last.end, columns > WIDEST ? `,${style.eol}${indentAt(text, list.start)}${style.unit}${added}` : `, ${added}`)];
}

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
