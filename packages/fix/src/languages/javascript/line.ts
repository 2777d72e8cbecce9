import { parseSync } from "oxc-parser";
import type { Style } from "../../style/style.ts";
import { field, nodeIn, nodesIn, within, type Node } from "./syntax.ts";

/** A logger's line as the file would spell it, with the breaks that a formatter would make where it is too long. */
export function line(text: string, style: Style, room: number): string {
  const requoted = requote(text, style.quote);
  const semi = style.semicolons ? ";" : "";
  const program = parseSync("line.ts", requoted, { lang: "ts", astType: "ts" }).program;
  const statement = program.body[0] as Node | undefined;
  const expression = statement?.type === "ExpressionStatement" ? nodeIn(statement, "expression") : undefined;
  if (expression === undefined) return requoted + semi;
  return print({ text: requoted, style }, expression, "", room - semi.length) + semi;
}

/** An expression of a file as it would be broken behind `lead`, where it stands on one line that would get too long. */
export function reflowed(text: string, style: Style, room: number): string | undefined {
  if (text.includes("\n") || text.length <= room) return undefined;
  const { program, errors } = parseSync("line.ts", `(${text})`, { lang: "ts", astType: "ts", preserveParens: false });
  const statement = program.body[0] as Node | undefined;
  const expression = statement?.type === "ExpressionStatement" ? nodeIn(statement, "expression") : undefined;
  if (errors.length > 0 || expression === undefined) return undefined;
  const whole = expression.type === "AwaitExpression" ? nodeIn(expression, "argument")! : expression;
  const printed = print({ text: `(${text})`, style }, whole, "", room);
  return whole === expression ? printed : `await ${printed}`;
}

/** Texts in the quotes that the file uses, where that needs no escapes. */
function requote(text: string, quote: Style["quote"]): string {
  if (quote === '"') return text;
  const { program } = parseSync("line.ts", text, { lang: "ts", astType: "ts" });
  const spans = [...within(program as Node)].filter(({ type }) => type === "Literal");
  let out = "";
  let at = 0;
  for (const { start, end } of spans) {
    const inner = text.slice(start + 1, end - 1);
    if (text[start] !== '"' || /['"\\]/.test(inner)) continue;
    out += `${text.slice(at, start)}'${inner}'`;
    at = end;
  }
  return out + text.slice(at);
}

interface Paper {
  readonly text: string;
  readonly style: Style;
}

/** As Prettier breaks calls and objects: the last argument that is an object stays with the call, else each gets its line. */
function print(paper: Paper, node: Node, indent: string, room: number): string {
  const flat = flatText(paper, node);
  if (flat.length <= room) return flat;
  if (node.type === "CallExpression") return printChain(paper, node, indent) ?? printCall(paper, node, indent, room);
  return node.type === "ObjectExpression" ? printObject(paper, node, indent, room) : flat;
}

function flatText({ text, style }: Paper, node: Node): string {
  const raw = text.slice(node.start, node.end);
  return style.spaced ? raw : raw.replace(/\{ (.*) \}/g, "{$1}");
}

/** `users.filter(…).map(…)`: each call of a chain on a line of its own. */
function printChain(paper: Paper, node: Node, indent: string): string | undefined {
  const calls: string[] = [];
  let at: Node = node;
  while (at.type === "CallExpression") {
    const callee = nodeIn(at, "callee")!;
    if (callee.type !== "MemberExpression" || field(callee, "computed") === true) return undefined;
    const object = nodeIn(callee, "object")!;
    calls.unshift(paper.text.slice(object.end, at.end).trim());
    at = object;
  }
  if (calls.length < 2 || at.type !== "Identifier") return undefined;
  return [paper.text.slice(at.start, at.end), ...calls].join(`\n${indent}${paper.style.unit}`);
}

function printCall(paper: Paper, node: Node, indent: string, room: number): string {
  const { style } = paper;
  const args = nodesIn(node, "arguments");
  const callee = flatText(paper, nodeIn(node, "callee")!);
  const last = args.at(-1);
  if (last === undefined) return flatText(paper, node);
  const first = args.slice(0, -1).map((arg) => `${flatText(paper, arg)}, `);
  if (last.type === "ObjectExpression" && callee.length + first.join("").length + 2 <= room) {
    return `${callee}(${first.join("")}${printObject(paper, last, indent, room)})`;
  }
  const deeper = indent + style.unit;
  const inner = room - columns(style.unit) - 1;
  const lines = args.map((arg) => deeper + print(paper, arg, deeper, inner));
  return `${callee}(\n${lines.join(",\n")}${style.commas === "all" ? "," : ""}\n${indent})`;
}

function printObject(paper: Paper, node: Node, indent: string, room: number): string {
  const { style } = paper;
  const deeper = indent + style.unit;
  const lines = nodesIn(node, "properties").map((entry) => {
    const value = nodeIn(entry, "value");
    if (value === undefined || field(entry, "shorthand") === true) return deeper + flatText(paper, entry);
    const key = paper.text.slice(entry.start, value.start);
    return deeper + key + print(paper, value, deeper, room - columns(style.unit) - key.length - 1);
  });
  return `{\n${lines.join(",\n")}${style.commas === "none" ? "" : ","}\n${indent}}`;
}

/** A tab counts for as many columns as formatters count it. */
function columns(unit: string): number {
  return unit === "\t" ? 2 : unit.length;
}
