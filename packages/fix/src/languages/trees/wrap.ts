const PAIRS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Splits at commas that stand in no brackets and no text. */
export function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  const open: string[] = [];
  let quote = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== "") {
      if (char === "\\") i++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (Object.hasOwn(PAIRS, char)) open.push(PAIRS[char]!);
    else if (char === open.at(-1)) open.pop();
    else if (char === "," && open.length === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === "" ? parts : [...parts, last];
}

/** How a language breaks what is too long for a line. */
export interface Wrap {
  readonly unit: string;
  /** A comma behind the last of several lines. */
  readonly trailing: boolean;
  /** The brackets of a last argument stay with those of the call: `f(a, [`. */
  readonly hugs: boolean;
  /** The bracket that closes stands behind the last argument, not on a line of its own. */
  readonly tight?: true;
}

/** A call with an argument a line where it is too long for `room` columns. */
export function wrapped(text: string, room: number, wrap: Wrap): string {
  if (text.length <= room) return text;
  const group = outerGroup(text);
  if (group === undefined) return text;
  const { head, inside, tail } = group;
  const parts = splitTop(inside);
  const hug = wrap.hugs ? hugged(parts, head, tail, room, wrap) : undefined;
  if (hug !== undefined) return hug;
  const lines = parts.map((part) => indentedBy(wrapped(part, room - wrap.unit.length - 1, wrap), wrap.unit));
  return `${head}\n${lines.join(",\n")}${wrap.trailing ? "," : ""}${wrap.tight ? "" : "\n"}${tail}`;
}

/** `f(a, [` … `])`, where what stands before the last bracket fits in the line. */
function hugged(parts: readonly string[], head: string, tail: string, room: number, wrap: Wrap): string | undefined {
  const last = parts.at(-1);
  if (last === undefined || !/^[[{]/.test(last)) return undefined;
  const before = [...parts.slice(0, -1), ""].join(", ");
  const inner = outerGroup(last);
  if (inner === undefined || head.length + before.length + inner.head.length > room) return undefined;
  const lines = splitTop(inner.inside).map((part) => `${wrap.unit}${part}`);
  return `${head}${before}${inner.head}\n${lines.join(",\n")}${wrap.trailing ? "," : ""}\n${inner.tail}${tail}`;
}

interface Group {
  readonly head: string;
  readonly inside: string;
  readonly tail: string;
}

/** What the brackets of a call hold: of several in a chain, the last. */
function outerGroup(text: string): Group | undefined {
  const group = firstGroup(text);
  const next = group === undefined ? undefined : /^[)\]}]\??\.\w+\(/.test(group.tail) ? outerGroup(group.tail.slice(1)) : undefined;
  if (group === undefined || next === undefined) return group;
  return { ...next, head: `${group.head}${group.inside}${group.tail[0]!}${next.head}` };
}

function firstGroup(text: string): Group | undefined {
  const open = text.search(/[([{]/);
  if (open < 0) return undefined;
  let depth = 0;
  let quote = "";
  for (let i = open; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== "") {
      if (char === "\\") i++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && --depth === 0)
      return { head: text.slice(0, open + 1), inside: text.slice(open + 1, i), tail: text.slice(i) };
  }
  return undefined;
}

function indentedBy(text: string, unit: string): string {
  return text
    .split("\n")
    .map((line) => `${unit}${line}`)
    .join("\n");
}

/** Plain texts in single quotes, where a file has those. */
export function requoted(text: string, quote: "'" | '"'): string {
  return quote === '"' ? text : text.replaceAll(/(?<![\w\\])"([^"'\\#{}$]*)"/g, "'$1'");
}
