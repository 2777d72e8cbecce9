import type { NameVerdict, Names } from "@telltale/vocabulary";
import { isNothing, isPermission, isStatus } from "./harmless-values.ts";
import type { Span } from "./spans.ts";
import { redacted } from "./spans.ts";
import { clauseEnd, closingBracket, closingQuote, lineEnd, openingQuote, parameterEnd } from "./value-end.ts";

const sign = /[=:>]|%3[AaDd]/g;
const longestName = 64;

/** `name=value`, `"name": "value"`, `name => value`, `<name>value</name>`, `name%3Dvalue`: values behind sensitive names go. */
export function pairSpans(text: string, names: Names, spans: Span[]): void {
  sign.lastIndex = 0;
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    const end = valueAt(text, match.index, match[0], names, spans);
    if (end > sign.lastIndex) sign.lastIndex = end;
  }
}

/** Index behind the value that went; 0 where nothing did. */
function valueAt(text: string, at: number, mark: string, names: Names, spans: Span[]): number {
  const name = nameBefore(text, at);
  if (name === undefined) return 0;
  if (mark === ">" && text[name.start - 1] !== "<") return 0;
  const after = behindSign(text, at + mark.length, mark);
  if (after < 0 || (mark === ":" && isPlace(text, name, after))) return 0;
  const verdict = verdictOn(text, name, mark, after, names);
  if (!verdict) return naming.test(name.text) ? valueOfNamed(text, after, names, spans) : 0;
  const value = locate(text, after, mark, verdict, isParameter(text, name.start));
  if (!value) return 0;
  // A pin on a map, a line about sessions: the secret kind has digits.
  if (/^(?:pins?|session|sess)$/i.test(name.text) && mark === ":" && !/\d/.test(text.slice(value.start, value.end))) return 0;
  if (verdict.plural && /^\d{1,9}$/.test(text.slice(value.start, value.end).trim())) return 0;
  spans.push({ ...value, text: redacted });
  return value.end;
}

interface NameAt {
  readonly text: string;
  readonly start: number;
}

/** Letters, digits and what names are made of; everything beyond ASCII. */
const ofName = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$.-%[]@") ofName[character.charCodeAt(0)] = 1;
const isOfName = (code: number): boolean => (code < 128 ? ofName[code] === 1 : code > 0xa0 && code !== 0x2028 && code !== 0x2029);

function nameBefore(text: string, at: number): NameAt | undefined {
  let end = at;
  for (let skipped = 0; skipped < 4 && (text[end - 1] === " " || text[end - 1] === "\t"); skipped++) end--;
  // Closing quotes with their backslashes, and the bracket of `user["password"]`.
  for (let skipped = 0; skipped < 24 && end > 0 && "\"'`\\]".includes(text[end - 1]!); skipped++) end--;
  let start = end;
  while (start > 0 && end - start < longestName && isOfName(text.charCodeAt(start - 1))) start--;
  if (start === end) return undefined;
  const name = text.slice(start, end);
  return { start, text: name.includes("%") ? decoded(name) : name };
}

/** The name in percent-encoded text: what stands behind the last sign that parts names there. */
function decoded(name: string): string {
  const plain = name.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return /[^=&?#/;,:"' {}]*["' ]{0,2}$/.exec(plain)![0];
}

const sourceFile = /\.(?:[cm]?[jt]sx?|py|rb|go|java|php|cs|exs?|rs|kt|vue|svelte)$/;
const resourceName = /(?:^|[\s"'(=])arn:[\w-]{1,20}:[^\s"']{0,120}$/;

/** `password.ts:12:34` is a place in a file, `arn:…:secret:name` the name of a resource. */
function isPlace(text: string, name: NameAt, after: number): boolean {
  const next = text.charCodeAt(after);
  if (next >= 48 && next <= 57 && sourceFile.test(name.text)) return true;
  return text[name.start - 1] === ":" && resourceName.test(text.slice(Math.max(0, name.start - 160), name.start));
}

/** Where the value may begin; negative where the sign is none. */
function behindSign(text: string, at: number, mark: string): number {
  if (mark === ":" && text[at] === "/" && text[at + 1] === "/") return -1;
  // A constant of a class: Token::Expired.
  if (mark === ":" && text[at] === ":" && /[A-Z]/.test(text[at + 1] ?? "")) return -1;
  if (mark === ">") return at;
  let after = at;
  for (let skipped = 0; skipped < 3 && (text[after] === "=" || text[after] === ">" || text[after] === ":"); skipped++) after++;
  return after;
}

const isParameter = (text: string, start: number): boolean => text[start - 1] === "?" || text[start - 1] === "&" || text[start - 1] === "#";

/** Second words of names that are written apart in a sentence: `api key: x`. */
const secondWord = /^(?:keys?|codes?|id|number|no|num|phrase|words?|answer|link|string|cookie|pass|header|secret)$/i;
const wordsBefore = /([\w-]{1,32}[ \t]{1,2})?[\w-]{1,32}[ \t]{1,2}$/;

function verdictOn(text: string, name: NameAt, mark: string, after: number, names: Names): NameVerdict | undefined {
  const verdict = names.verdict(name.text);
  if (verdict) return verdict;
  if (mark !== ":" && mark !== ">") {
    const parameter = names.parameter(name.text);
    if (parameter && (isParameter(text, name.start) || followedByAmpersand(text, after))) return parameter;
  }
  if (!secondWord.test(name.text)) return undefined;
  const before = wordsBefore.exec(text.slice(Math.max(0, name.start - 68), name.start));
  return before ? names.verdict(`${before[0]}${name.text}`) : undefined;
}

const formValue = /[^\s&"'=<>{}]{0,512}&[\w.%[\]-]{1,64}=/y;
function followedByAmpersand(text: string, after: number): boolean {
  formValue.lastIndex = after;
  return formValue.test(text);
}

/** Inside of a value: without its quotes. Undefined: there is none, or it tells nothing. */
function locate(
  text: string,
  after: number,
  mark: string,
  verdict: NameVerdict,
  parameter: boolean,
): { start: number; end: number } | undefined {
  if (mark === ">") {
    const close = text.indexOf("<", after);
    const end = close < 0 ? text.length : close;
    return text.slice(after, end).trim() === "" || isNothing(text, after) ? undefined : { start: after, end };
  }
  const start = skipBlanks(text, after, mark === ":");
  if (start >= text.length) return undefined;
  const quoted = openingQuote(text, start);
  if (quoted) {
    const end = closingQuote(text, quoted.inside, quoted.quote, quoted.slashes);
    return end === quoted.inside || isNothing(text.slice(quoted.inside, end), 0) ? undefined : { start: quoted.inside, end };
  }
  if (isNothing(text, start)) return undefined;
  if (text[start] === "{" || text[start] === "[") return { start, end: closingBracket(text, start) };
  if (mark === ":" && (start > after ? isStatus(text, start) : isPermission(text, start))) return undefined;
  const end = unquotedEnd(text, start, mark, verdict, parameter);
  return end > start ? { start, end } : undefined;
}

function skipBlanks(text: string, from: number, overLines: boolean): number {
  let at = from;
  const limit = from + 64;
  while (at < limit && (text[at] === " " || text[at] === "\t")) at++;
  if (!overLines || (text[at] !== "\n" && text[at] !== "\r")) return at;
  let next = at;
  while (next < limit && (text[next] === "\n" || text[next] === "\r" || text[next] === " " || text[next] === "\t")) next++;
  // An empty value, and another pair in the next line.
  return /^[\w$"'-]{1,64}\s?[:=]/.test(text.slice(next, next + 72)) ? text.length : next;
}

const jsonNumber = /-?\d{1,32}(?:\.\d{1,16})?(?=\s{0,8}[,}\]])/y;

function unquotedEnd(text: string, start: number, mark: string, verdict: NameVerdict, parameter: boolean): number {
  jsonNumber.lastIndex = start;
  if (mark === ":" && jsonNumber.test(text)) return jsonNumber.lastIndex;
  if (parameter) return parameterEnd(text, start);
  // A header's value is all of its line: `Cookie: a=b; c=d`.
  if (mark === ":" && (verdict.kind === "cookie" || verdict.kind === "authorization")) return lineEnd(text, start);
  return clauseEnd(text, start);
}

/** Names of members that hold a name: `{"name": "password", "value": "x"}`, a part of a form, an issue of a validator. */
const naming = /^(?:name|key|header|field|param|path|property)$/i;
const valueMember = /^[\w\s"'`,;:\\/=.-]{0,40}?\b(?:value|val|content|data|input)\\{0,8}["'`]?\s{0,3}(?:=|:)/i;
const blankLine = /^\\?["']?(?:[^\r\n]{0,200})(?:\r?\n[^\r\n]{1,200}){0,3}\r?\n\r?\n/;

function valueOfNamed(text: string, after: number, names: Names, spans: Span[]): number {
  const start = skipBlanks(text, after, false);
  const quoted = openingQuote(text, start);
  if (!quoted) return 0;
  const close = closingQuote(text, quoted.inside, quoted.quote, quoted.slashes);
  if (close - quoted.inside > longestName) return 0;
  const verdict = names.verdict(text.slice(quoted.inside, close));
  if (!verdict) return 0;
  const behind = close + quoted.slashes + 1;
  const window = text.slice(behind, behind + 900);
  const member = valueMember.exec(window);
  if (member) {
    const value = locate(text, behind + member[0].length, ":", verdict, false);
    if (value) spans.push({ ...value, text: redacted });
    return value?.end ?? 0;
  }
  const part = blankLine.exec(window);
  if (!part) return 0;
  const from = behind + part[0].length;
  const boundary = text.indexOf("\n--", from);
  const end = boundary < 0 ? text.length : boundary;
  if (end > from) spans.push({ start: from, end, text: redacted });
  return end;
}

const option = /(?<![A-Za-z0-9])--?([A-Za-z][\w-]{1,63})[ \t]{1,4}/g;
const unquotedWord = /[^\s"'`]+/y;

/** `--password hunter2`: options of commands. */
export function optionSpans(text: string, names: Names, spans: Span[]): void {
  option.lastIndex = 0;
  for (let match = option.exec(text); match; match = option.exec(text)) {
    const start = option.lastIndex;
    if (text[start] === "-" || !names.verdict(match[1]!)) continue;
    const quoted = openingQuote(text, start);
    unquotedWord.lastIndex = start;
    const end = quoted
      ? closingQuote(text, quoted.inside, quoted.quote, quoted.slashes)
      : unquotedWord.test(text)
        ? unquotedWord.lastIndex
        : start;
    const from = quoted ? quoted.inside : start;
    if (end > from && !isNothing(text, from)) spans.push({ start: from, end, text: redacted });
    option.lastIndex = Math.max(end, start);
  }
}
