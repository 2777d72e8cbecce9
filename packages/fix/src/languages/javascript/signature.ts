import type { FileIR } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { indentAt, lineEnd, lineStart } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { nodesIn, type Node } from "./syntax.ts";

/** `async` in front of a function; its parameters get lines of their own where the first line gets too long. */
export function waitingHead(file: FileIR, fn: Node, at: number, style: Style): readonly Edit[] {
  const word: Edit = { start: at, end: at, text: "async " };
  const { text } = file;
  const line = text.slice(lineStart(text, at), lineEnd(text, at));
  const params = nodesIn(fn, "params").map(withDecorators);
  const [first, last] = [params[0], params.at(-1)];
  if (line.length + word.text.length <= style.width || first === undefined || last === undefined) return [word];
  const open = text.lastIndexOf("(", first.start);
  const close = text.indexOf(")", last.end);
  const oneLine =
    open >= at && close <= lineEnd(text, at) && text.slice(open + 1, first.start) === "" && text.slice(last.end, close) === "";
  if (!oneLine || fn.type === "ArrowFunctionExpression") return [word];
  const outer = indentAt(text, at);
  const inner = outer + style.unit;
  const breaks = params.slice(1).map((param, i) => ({ start: params[i]!.end, end: param.start, text: `,${style.eol}${inner}` }));
  return [
    word,
    { start: first.start, end: first.start, text: `${style.eol}${inner}` },
    ...breaks,
    { start: close, end: close, text: `${style.commas === "all" ? "," : ""}${style.eol}${outer}` },
  ];
}

/** A parameter from its decorators on. */
function withDecorators(param: Node): Node {
  const [first] = nodesIn(param, "decorators");
  return first === undefined || first.start >= param.start ? param : { type: param.type, start: first.start, end: param.end };
}
