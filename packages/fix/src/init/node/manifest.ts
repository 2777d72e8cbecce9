/** A package.json with one more dependency, written as the others are; undefined where it is not data, or has it already. */
export function withDependency(text: string, name: string, range: string): string | undefined {
  const data = parsed(text);
  if (data === undefined) return undefined;
  const { dependencies } = data;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(range)}`;
  const after = isRecord(dependencies) ? intoList(text, dependencies, name, entry, { eol, unit }) : asNewList(text, entry, { eol, unit });
  return after !== undefined && isRecord(parsed(after)?.["dependencies"]) ? after : undefined;
}

interface Layout {
  readonly eol: string;
  readonly unit: string;
}

function intoList(
  text: string,
  dependencies: Readonly<Record<string, unknown>>,
  name: string,
  entry: string,
  { eol, unit }: Layout,
): string | undefined {
  if (Object.hasOwn(dependencies, name)) return undefined;
  const open = /\n[ \t]+"dependencies"[ \t]*:[ \t]*\{/.exec(text);
  if (open === null) return intoLine(text, entry);
  const start = open.index + open[0].length;
  const indent = `${unit}${unit}`;
  const names = Object.keys(dependencies);
  const before = names.filter((one) => one < name).at(-1);
  if (before === undefined) {
    const rest = names.length === 0 ? `${eol}${unit}` : ",";
    return `${text.slice(0, start)}${eol}${indent}${entry}${rest}${text.slice(start)}`;
  }
  const line = new RegExp(`${escaped(JSON.stringify(before))}\\s*:\\s*"[^"]*"`).exec(text.slice(start));
  if (line === null) return undefined;
  const end = start + line.index + line[0].length;
  return `${text.slice(0, end)},${eol}${indent}${entry}${text.slice(end)}`;
}

/** All in one line: in front of the others. */
function intoLine(text: string, entry: string): string | undefined {
  const open = /"dependencies"[ \t]*:[ \t]*\{[ \t]*(?="|\})/.exec(text);
  if (open === null || text.trim().includes("\n")) return undefined;
  const end = open.index + open[0].length;
  return `${text.slice(0, end)}${entry}${text[end] === "}" ? " " : ", "}${text.slice(end)}`;
}

/** Behind what stands first, which is the name. */
function asNewList(text: string, entry: string, { eol, unit }: Layout): string | undefined {
  const close = text.lastIndexOf("}");
  const head = text.slice(0, close).trimEnd();
  if (close < 0) return undefined;
  const comma = head.endsWith("{") ? "" : ",";
  return `${head}${comma}${eol}${unit}"dependencies": {${eol}${unit}${unit}${entry}${eol}${unit}}${eol}${text.slice(close)}`;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
