import type { FunctionIR } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import { indentAt, indented, lineEnd, lineStart, startsLine } from "../../places/text.ts";
import type { TreeSpec } from "../trees/spec.ts";
import { isBroken, pathTo, treeOf } from "../trees/tree.ts";
import type { Seat, Spot } from "../writer.ts";

/** Actions of Rails know their answer. https://api.rubyonrails.org/classes/ActionDispatch/Response.html */
export function isAction({ file, name }: FunctionIR): boolean {
  return name !== "" && /(?:^|\/)app\/controllers\//.test(file.path) && /\bclass\s+[\w:]+Controller\b/.test(file.text);
}

/** What only chooses between answers: behind it one was given. */
const ANSWERS: ReadonlySet<string> = new Set(["conditional", "parenthesized_statements"]);

const ASKED = "response.successful?";

/** `if response.successful?` behind the call that answers; the second of two is the other branch of the first. */
export function answeredSeat({ file, at, kind, style }: Spot, spec: TreeSpec): Seat | Refused {
  const refused: Refused = { kind: "no-place", reason: "the call that answers is part of a larger expression" };
  const tree = treeOf(file);
  if (tree === undefined || isBroken(tree, at)) return refused;
  const { text } = file;
  const path = pathTo(tree, at);
  const i = path.findLastIndex((node, at) => at > 0 && spec.rows.has(path[at - 1]!.type) && !spec.rows.has(node.type));
  const [node, row] = [path[i], path[i - 1]];
  if (node === undefined || row === undefined || !path.slice(i, -1).every(({ type }) => ANSWERS.has(type)) || !startsLine(text, node.start))
    return refused;
  if (text.slice(node.end, lineEnd(text, node.end)).trim() !== "") return refused;
  const indent = indentAt(text, node.start);
  const inner = `${indent}${style.unit}`;
  const { eol } = style;
  const next = row.children[row.children.indexOf(node) + 1];
  const [word, other] = kind === "success" ? ["if", "unless"] : ["unless", "if"];
  const asked = next === undefined ? "" : text.slice(next.start, next.end);
  const both = next !== undefined && asked.startsWith(`${other} ${ASKED}`) && !/^\s*else\b/m.test(asked);
  const end = both ? lineStart(text, next.end) : lineEnd(text, node.end);
  return {
    offset: node.end,
    safe: true,
    indent: inner,
    write: (line) => {
      const body = `${inner}${indented(line, inner, eol)}${eol}`;
      const put = both ? `${indent}else${eol}${body}` : `${eol}${indent}${word} ${ASKED}${eol}${body}${indent}end`;
      return [{ start: end, end, text: put }];
    },
  };
}
