import type { FileIR, Span } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { holds } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { field, nodeAt, nodeIn, nodesIn, textOf, within, type Node, type Sited } from "./syntax.ts";

/** What stands in an answer in place of what an error says. */
export interface Wanted {
  readonly file: FileIR;
  /** The answer: a call, a `return`, a `throw`. */
  readonly at: Span;
  /** The name of the error. */
  readonly error: string;
  /** What the client is told, where the code has no words of its own for it. */
  readonly text: string;
  readonly style: Style;
}

/** The answer without what it tells of an error; undefined where that cannot be told apart from the rest. */
export function concealed(wanted: Wanted): readonly Edit[] | undefined {
  const { file, at, error } = wanted;
  const whole = nodeAt(file, at);
  const names = [...within(whole.node)].filter((node) => node.type === "Identifier" && field(node, "name") === error);
  const edits: Edit[] = [];
  const asked: Node[] = [];
  for (const name of names) {
    const said = saidOf(nodeAt(file, name), wanted);
    if (said === "refused") return undefined;
    if (said === "asked") asked.push(name);
    else if (said !== "kept" && !edits.some((edit) => edit.start === said.start)) edits.push(said);
  }
  const outer = edits.filter((edit) => !edits.some((other) => other !== edit && holds(other, edit)));
  // A test of the error that stays would choose between two answers for no reason.
  return outer.length === 0 || asked.some((name) => !outer.some((edit) => holds(edit, name))) ? undefined : outer;
}

/** Wrappers that do not change what a value is. */
const WRAPS: ReadonlySet<string> = new Set(["TSAsExpression", "ParenthesizedExpression", "TSNonNullExpression", "ChainExpression"]);
const TEXTS: ReadonlySet<string> = new Set(["message", "stack", "toString"]);

/** Functions that give the text of an error: `String`, `utils.getErrorMessage`. */
const TELLS = /^(?:String|(?:\w+\.)*\w*(?:[eE]rr(?:or)?(?:Message|Text)|[mM]essageOf|[mM]essageFrom)\w*)$/;

type Said = Edit | "refused" | "kept" | "asked";

/** What one mention of the error says to the client, from the name outwards. */
function saidOf(name: Sited, wanted: Wanted): Said {
  let at = unwrapped(name);
  const { up } = at;
  if (up === undefined || (up.node.type === "MemberExpression" && at.under === "property")) return "kept";
  if (up.node.type === "BinaryExpression" && field(up.node, "operator") === "instanceof") return "asked";
  if (up.node.type === "Property" && at.under === "key" && field(up.node, "shorthand") !== true) return "kept";
  if (up.node.type === "Property")
    return textOf(wanted.file, nodeIn(up.node, "key")!) === "cause" && at.under === "value" ? "kept" : "refused";
  if (up.node.type === "MemberExpression") {
    const property = nodeIn(up.node, "property")!;
    if (field(up.node, "computed") === true || !TEXTS.has(textOf(wanted.file, property))) return "refused";
    at = unwrapped(up);
    if (at.up?.node.type === "CallExpression" && at.under === "callee") at = unwrapped(at.up);
  } else if (up.node.type === "CallExpression") {
    if (!TELLS.test(textOf(wanted.file, nodeIn(up.node, "callee")!)) || nodesIn(up.node, "arguments").length !== 1) return "refused";
    at = unwrapped(up);
  } else if (up.node.type !== "TemplateLiteral" && !isJoined(up.node)) return "refused";
  return inPlace(at, wanted);
}

function unwrapped(at: Sited): Sited {
  let here = at;
  while (here.up !== undefined && WRAPS.has(here.up.node.type) && here.under === "expression") here = here.up;
  return here;
}

const isJoined = (node: Node): boolean => node.type === "BinaryExpression" && field(node, "operator") === "+";

/** The largest value that is nothing but what the error says, and the words that take its place. */
function inPlace(from: Sited, wanted: Wanted): Edit | "refused" {
  const { file, text, style } = wanted;
  let at = from;
  let words = style.quote + text + style.quote;
  for (;;) {
    const { up } = at;
    if (up === undefined) return "refused";
    const other = otherOf(at);
    if (other !== undefined) {
      if (other.type === "Literal" && typeof field(other, "value") === "string") words = textOf(file, other);
      else if (!speaksOf(file, other, wanted.error)) return "refused";
      at = unwrapped(up);
    } else if (up.node.type === "TemplateLiteral" || isJoined(up.node)) {
      const said = leadOf(file, up.node, at);
      if (said === undefined) return "refused";
      words = style.quote + said + style.quote;
      at = unwrapped(up);
    } else break;
  }
  if (!STANDS.has(at.up!.node.type)) return "refused";
  if (at.up!.node.type === "Property") return asField(file, at.up!, at.node, words);
  return { start: at.node.start, end: at.node.end, text: words };
}

/** Where a text can stand for another: a field, an argument, an element. */
const STANDS: ReadonlySet<string> = new Set(["Property", "CallExpression", "NewExpression", "ArrayExpression"]);

/** The other branch of a choice, the other side of `||` and `??`. */
function otherOf({ up, under }: Sited): Node | undefined {
  if (up?.node.type === "ConditionalExpression" && under !== "test")
    return nodeIn(up.node, under === "consequent" ? "alternate" : "consequent");
  if (up?.node.type === "LogicalExpression" && field(up.node, "operator") !== "&&")
    return nodeIn(up.node, under === "left" ? "right" : "left");
  return undefined;
}

/** Whether it is nothing but something of the error: `String(err)`, `err.toString()`, `err.message`. */
function speaksOf(file: FileIR, node: Node, error: string): boolean {
  const text = textOf(file, node);
  return [`String(${error})`, `${error}.message`, `${error}.stack`, `${error}.toString()`, `${error}?.message`].includes(text);
}

/** `Invoice failed: ${err}` → `Invoice failed`: words that stand before the error, and nothing behind it. */
function leadOf(file: FileIR, node: Node, at: Sited): string | undefined {
  let lead: string;
  if (node.type === "TemplateLiteral") {
    if (nodesIn(node, "expressions").length !== 1 || file.text.slice(at.node.end, node.end) !== "}`") return undefined;
    lead = file.text.slice(node.start + 1, at.node.start - 2);
  } else {
    const left = nodeIn(node, "left")!;
    const value = field(left, "value");
    if (at.under !== "right" || left.type !== "Literal" || typeof value !== "string") return undefined;
    lead = value;
  }
  const said = lead.replace(/[\s:,-]+$/, "");
  return /^\w[\w ,.-]*$/.test(said) ? said : undefined;
}

/** A field for the stack goes, with the comma before or behind it; one for a text gets another. */
function asField(file: FileIR, property: Sited, value: Node, words: string): Edit | "refused" {
  const object = property.up!.node;
  const key = textOf(file, nodeIn(property.node, "key")!).replace(/["']/g, "");
  const fields = nodesIn(object, "properties");
  const place = fields.indexOf(property.node);
  if (!/^(?:stack|trace|stackTrace|stack_trace)$/.test(key) || fields.length < 2)
    return { start: value.start, end: value.end, text: words };
  const gap = place === 0 ? { start: fields[0]!.start, end: fields[1]!.start } : { start: fields[place - 1]!.end, end: property.node.end };
  const isCommented = file.comments.some((comment) => holds(gap, comment));
  return isCommented ? "refused" : { ...gap, text: "" };
}

/** The statements' list around a place is that of a line: the line is written on every way to the place. */
export function isOnTheWay(file: FileIR, line: Span, to: Span): boolean {
  for (let at: Sited | undefined = nodeAt(file, line); at !== undefined; at = at.up) {
    if (at.node.type === "BlockStatement" || at.node.type === "Program") return holds(at.node, to) && line.start < to.start;
    if (
      at.node.type === "IfStatement" ||
      at.node.type === "SwitchCase" ||
      at.node.type === "ConditionalExpression" ||
      at.node.type === "LogicalExpression"
    )
      return false;
  }
  return false;
}
