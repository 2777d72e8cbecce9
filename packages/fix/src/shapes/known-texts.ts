import type { FileIR, FunctionIR, Project } from "@telltale/scan/analysis";
import { openImport } from "./known-names.ts";

/** Texts that a place takes: any, or these. */
export type Texts = "any" | ReadonlySet<string>;

/** A type as it is written, and where. */
interface Written {
  readonly text: string;
  readonly file: FileIR;
}

/** Names that stand for other names, one after the other; more than these are not followed. */
const DEEPEST = 4;

/**
 * Which texts a parameter takes, or an entry of the object that it is given; undefined where its type is not understood, so
 * that only texts in use are known to fit. Only TypeScript says it of text.
 */
export function textsFor(project: Project, fn: FunctionIR | undefined, index: number, path: readonly string[]): Texts | undefined {
  if (fn === undefined) return undefined;
  const { file } = fn;
  if (!/\.[cm]?tsx?$/.test(file.path)) return "any";
  const param = fn.params[index];
  const type = param === undefined ? undefined : typeAfter(file.text, param.pattern.start);
  let at: Written | undefined = type === undefined ? undefined : { text: type, file };
  for (const key of path) at = at === undefined ? undefined : memberOf(project, at, key);
  return at === undefined ? undefined : textsOf(project, at, DEEPEST);
}

/**
 * The same for an entry of options under a key that types of the project know (`audit?: string`). Types are told from values
 * by the question mark: what is asked of some handlers only is optional.
 */
export function textsUnder(project: Project, file: FileIR, files: readonly FileIR[], [key, ...path]: readonly string[]): Texts | undefined {
  if (!/\.[cm]?tsx?$/.test(file.path)) return "any";
  for (const one of files) {
    const match = one.language === file.language ? new RegExp(`\\b${key}\\?\\s*:`).exec(one.text) : null;
    if (match === null) continue;
    const type = typeAfter(one.text, match.index);
    let at: Written | undefined = type === undefined ? undefined : { text: type, file: one };
    for (const inner of path) at = at === undefined ? undefined : memberOf(project, at, inner);
    const texts = at === undefined ? undefined : textsOf(project, at, DEEPEST);
    if (texts !== undefined) return texts;
  }
  return undefined;
}

const OPENS = "([{<";
const CLOSES = ")]}>";

/** From an offset to the first of some characters that stands within no brackets. */
function until(text: string, from: number, ends: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === ">" && text[at - 1] === "=") continue;
    if (depth === 0 && ends.includes(char)) return at;
    if (OPENS.includes(char)) depth++;
    else if (CLOSES.includes(char) && depth-- === 0) return at;
  }
  return text.length;
}

/** The type that is written behind the name or pattern that starts there. */
function typeAfter(text: string, start: number): string | undefined {
  const colon = until(text, start, ":,=");
  if (text[colon] !== ":") return undefined;
  const type = text.slice(colon + 1, until(text, colon + 1, ",=;\n")).trim();
  return type === "" ? undefined : type;
}

/** The type of an entry of an object type. */
function memberOf(project: Project, written: Written, key: string): Written | undefined {
  const body = written.text.trimStart().startsWith("{") ? written : declared(project, written, DEEPEST);
  const match = body === undefined ? null : new RegExp(`[{;,\\s]${key}\\??\\s*:`).exec(body.text);
  if (body === undefined || match === null) return undefined;
  const from = match.index + match[0].length;
  return { text: body.text.slice(from, until(body.text, from, ";,\n}")).trim(), file: body.file };
}

/** What a type of that name is declared as. */
function declared(project: Project, { text, file }: Written, deep: number): Written | undefined {
  const name = /^[A-Za-z_$][\w$]*$/.exec(text.replace(/\s*\|\s*(?:null|undefined)$/, ""))?.[0];
  if (name === undefined || deep === 0) return undefined;
  const match = new RegExp(`\\b(?:interface\\s+${name}\\b[^{]*(?=\\{)|type\\s+${name}\\s*=\\s*)`).exec(file.text);
  if (match !== null) {
    const from = match.index + match[0].length;
    const end = file.text[from] === "{" ? until(file.text, from + 1, "") + 1 : until(file.text, from, ";");
    return {
      text: file.text
        .slice(from, end)
        .split(/\n\s*\n|\n(?=export\b|const\b|type\b|interface\b)/)[0]!
        .trim(),
      file,
    };
  }
  const next = openImport(project, file, name);
  return next === undefined || next === file ? undefined : declared(project, { text: name, file: next }, deep - 1);
}

const TEXT = /["'`]([^"'`$\\]*)["'`]/g;

function textsOf(project: Project, { text, file }: Written, deep: number): Texts | undefined {
  if (text === "string") return "any";
  if (/^\|?\s*["'`]/.test(text)) return quotedIn(text, /^[\s|]*(?:["'`][^"'`$\\]*["'`][\s|]*)+$/);
  const listed = /^(?:z\.infer<\s*typeof\s+|\(?\s*typeof\s+)([\w$]+)/.exec(text)?.[1];
  if (listed !== undefined) return listOf(project, file, listed, deep);
  const next = declared(project, { text, file }, deep);
  return next === undefined || deep === 0 ? undefined : textsOf(project, next, deep - 1);
}

function quotedIn(text: string, whole: RegExp): ReadonlySet<string> | undefined {
  return whole.test(text) ? new Set([...text.matchAll(TEXT)].map((match) => match[1]!)) : undefined;
}

/** `const ACTIONS = ["created", "deleted"] as const`, `const Action = z.enum(["created"])`. */
function listOf(project: Project, file: FileIR, name: string, deep: number): ReadonlySet<string> | undefined {
  const list = new RegExp(`\\b${name}\\s*=\\s*(?:[\\w.]+\\(\\s*)?\\[([^\\]]*)\\]`).exec(file.text)?.[1];
  if (list !== undefined) return new Set([...list.replace(/\/\/.*/g, "").matchAll(TEXT)].map((match) => match[1]!));
  const next = openImport(project, file, name);
  return next === undefined || next === file || deep === 0 ? undefined : listOf(project, next, name, deep - 1);
}
