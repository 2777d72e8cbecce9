import type { FileIR } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { indentAt } from "../../places/text.ts";
import { bare, field, nodeIn, textOf, within, type Node } from "./syntax.ts";

/** Calls that only give what is there another form: the last name of what is called. */
const MAPS =
  /^(?:to|as|from|map|format|serialize|present|transform|plain|pick|omit|build|make|render|json|redirect|String|Number|Boolean|Object|Array|Date|Set|Map|URL|Response|NextResponse|parse|stringify|keys|entries|values|filter|join|pipe|slice|includes|find|some|every|min|max|t|asyncIterator|asyncIterableIterator|subscribe|classToPlain|plainTo|instanceTo|sanitize|exclude|ok|success|created|noContent|data|\w+Dto|\w+DTO)(?:[A-Z]\w*)?$/;

/** Whether what is evaluated may be what the handler is there for. */
export function doesWork(file: FileIR, value: Node): boolean {
  const whole = stripped(value);
  if (awaitsIn(whole).length > 0) return true;
  if (whole.type !== "CallExpression") return false;
  const callee = textOf(file, nodeIn(whole, "callee")!);
  if (/^Promise\.(?:resolve|reject)$/.test(callee)) return false;
  return !MAPS.test(/[\w$]+$/.exec(callee)?.[0] ?? "");
}

/** Without brackets and type assertions. */
export function stripped(node: Node): Node {
  let at = bare(node);
  while (at.type === "TSAsExpression" || at.type === "TSNonNullExpression" || at.type === "TSSatisfiesExpression")
    at = bare(nodeIn(at, "expression")!);
  return at;
}

/** The awaits of an expression in the order in which they stand, those inside others excluded. */
export function awaitsIn(node: Node): readonly Node[] {
  const all = [node, ...within(node)].filter(({ type }) => type === "AwaitExpression");
  return all.filter((one) => !all.some((other) => other !== one && other.start <= one.start && one.end <= other.end));
}

/** What an expression awaits, taken out in front of it. */
export interface TakenOut {
  /** `const user = await find();` */
  readonly lines: readonly string[];
  readonly edits: readonly Edit[];
}

const MOST = 3;

/** Takes awaits out of an expression, where that keeps the order in which things happen; undefined where it may not. */
export function takeOut(file: FileIR, value: Node, fresh: (wanted: string) => string, semi: string): TakenOut | undefined {
  const awaits = awaitsIn(value);
  if (awaits.length > MOST || awaits.some((one) => isPerhaps(value, one))) return undefined;
  const lines: string[] = [];
  const edits: Edit[] = [];
  for (const one of awaits) {
    const entry = entryOf(value, one);
    const name = fresh(entry?.name ?? "result");
    const text = outdented(file, one);
    if (text === undefined) return undefined;
    lines.push(`const ${name} = ${text}${semi}`);
    const target = entry?.name === name ? entry.node : one;
    edits.push({ start: target.start, end: target.end, text: name });
  }
  return { lines, edits };
}

/** The text of an expression as it stands where its lines are indented by nothing; undefined where one of its texts has lines. */
function outdented(file: FileIR, node: Node): string | undefined {
  const text = textOf(file, node);
  if (!text.includes("\n")) return text;
  if ([...within(node)].some((one) => one.type === "TemplateLiteral" && textOf(file, one).includes("\n"))) return undefined;
  const indent = indentAt(file.text, node.start);
  return text
    .split(/\r?\n/)
    .map((line, i) => (i > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** It is not evaluated on every way, or after something that may count on coming first. */
function isPerhaps(value: Node, one: Node): boolean {
  return [value, ...within(value)].some((node) => {
    if (node.type === "ConditionalExpression") return !holdsIn(nodeIn(node, "test")!, one) && holdsIn(node, one);
    if (node.type === "LogicalExpression") return holdsIn(nodeIn(node, "right")!, one);
    if (node.type === "AssignmentExpression" || node.type === "UpdateExpression") return node.end <= one.start;
    return false;
  });
}

const holdsIn = (outer: Node, inner: Node): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** `user: await find()` of an object: its name and the whole entry. */
function entryOf(value: Node, one: Node): { readonly name: string; readonly node: Node } | undefined {
  for (const node of [value, ...within(value)]) {
    if (node.type !== "Property" || field(node, "computed") === true || nodeIn(node, "value") !== one) continue;
    const key = nodeIn(node, "key")!;
    const name = field(key, "name") ?? field(key, "value");
    if (key.type === "Identifier" && typeof name === "string") return { name, node };
    // `"Set-Cookie": await …` is called `setCookie`, and stays an entry of its own.
    if (typeof name === "string" && /^[A-Za-z]+(?:[-_ ][A-Za-z]+)+$/.test(name)) return { name: camelCased(name), node: one };
  }
  return undefined;
}

const camelCased = (text: string): string => text.toLowerCase().replace(/[-_ ]+([a-z])/g, (_, letter: string) => letter.toUpperCase());
