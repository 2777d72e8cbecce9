import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import { indentAt, indented, startsLine } from "../../places/text.ts";
import { pathTo, treeOf } from "../trees/tree.ts";
import type { Seat, Spot } from "../writer.ts";

/** Blocks of which the value says who somebody is: nobody where it is null. https://ktor.io/docs/server-basic-auth.html */
const ASKS = /^(?:validate|authenticate|authenticationFunction)$/;

/** The value that such a block gives: a call, or a name. */
interface Given {
  readonly value: SyntaxNode;
  readonly block: SyntaxNode;
}

/** Whether the outcomes that end in a value are told apart by whether it is null. */
export const tellsApart = ({ file, at }: Pick<Spot, "file" | "at">): boolean => givenAt({ file, at }) !== undefined;

/** A seat that asks whether the value is null; undefined where it is no such value. */
export function nullableSeat(spot: Spot): Seat | Refused | undefined {
  const given = givenAt(spot);
  if (given === undefined) return undefined;
  const { text } = spot.file;
  if (given.value.type === "identifier") return besideName(spot, given, text.slice(given.value.start, given.value.end));
  return keptSeat(spot, given);
}

function givenAt({ file, at }: Pick<Spot, "file" | "at">): Given | undefined {
  const tree = treeOf(file);
  const path = tree === undefined ? [] : pathTo(tree, at);
  const i = path.findLastIndex(({ type }) => type === "lambda_literal");
  const [block, value] = [path[i], path[i + 1]];
  if (block === undefined || value === undefined || block.children.at(-1) !== value) return undefined;
  if (value.type !== "identifier" && value.type !== "call_expression") return undefined;
  const call = path.slice(0, i).findLast(({ type }) => type === "call_expression");
  const [called] = call?.children ?? [];
  if (called === undefined || !ASKS.test(/\w+$/.exec(file.text.slice(called.start, called.end))?.[0] ?? "")) return undefined;
  // What is made there is somebody: `UserIdPrincipal(name)`.
  return value.type === "call_expression" && /^(?:\w+\.)*[A-Z]\w*\(/.test(file.text.slice(value.start, value.end))
    ? undefined
    : { value, block };
}

const SAYS = { success: "!=", failure: "==" } as const;

/** `if (user != null) { … }` before `user`; the second of two is the other branch of the first. */
function besideName({ file: { text }, style, kind }: Spot, { value, block }: Given, name: string): Seat | Refused {
  if (!startsLine(text, value.start)) return { kind: "no-place", reason: "the value stands in no line of its own" };
  const indent = indentAt(text, value.start);
  const inner = `${indent}${style.unit}`;
  const { eol } = style;
  const other = block.children.at(-2);
  const said = other === undefined ? "" : text.slice(other.start, other.end);
  const both = said.startsWith(`if (${name} ${SAYS[kind === "success" ? "failure" : "success"]} null) {`) && !/\}\s*else\b/.test(said);
  const body = (line: string): string => `{${eol}${inner}${indented(line, inner, eol)}${eol}${indent}}`;
  return {
    offset: value.start,
    safe: true,
    indent: inner,
    write: (line) =>
      both
        ? [{ start: other!.end, end: other!.end, text: ` else ${body(line)}` }]
        : [{ start: value.start, end: value.start, text: `if (${name} ${SAYS[kind]} null) ${body(line)}${eol}${indent}` }],
  };
}

/** `val principal = find(it)`, the question, `principal`. */
function keptSeat({ file: { text }, style, kind }: Spot, { value, block }: Given): Seat | Refused {
  const name = ["principal", "result", "found"].find((one) => !new RegExp(`\\b${one}\\b`).test(text.slice(block.start, block.end)));
  const own = startsLine(text, value.start);
  const alone =
    block.children.length === 1 &&
    text.slice(block.start + 1, value.start).trim() === "" &&
    text.slice(value.end, block.end - 1).trim() === "";
  if (name === undefined || !(own || alone)) return { kind: "no-place", reason: "the value stands in no line of its own" };
  const base = indentAt(text, block.start);
  const indent = own ? indentAt(text, value.start) : `${base}${style.unit}`;
  const inner = `${indent}${style.unit}`;
  const { eol } = style;
  return {
    offset: value.start,
    safe: true,
    indent: inner,
    write: (line) => {
      const kept = `val ${name} = ${text.slice(value.start, value.end)}`;
      const asked = `if (${name} ${SAYS[kind]} null) {${eol}${inner}${indented(line, inner, eol)}${eol}${indent}}`;
      const written = [kept, asked, name].join(`${eol}${indent}`);
      return own
        ? [{ start: value.start, end: value.end, text: written }]
        : [{ start: block.start + 1, end: block.end - 1, text: `${eol}${indent}${written}${eol}${base}` }];
    },
  };
}
