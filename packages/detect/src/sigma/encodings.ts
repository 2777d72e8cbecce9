import { plain, plainText, type Pattern } from "./pattern.ts";
import { badValue } from "./report.ts";

/** A value on its way through the modifiers: a pattern, or the bytes that an encoding made of it. */
export type Encoded = { readonly pattern: Pattern } | { readonly bytes: Uint8Array };

/** What makes of one value one or more others. */
type Encoding = (value: Encoded, at: number, key: string) => Encoded[];

export const encodings = {
  base64: (value: Encoded, at: number, key: string) => [{ pattern: plain(base64(bytesOf(value, at, key))) }],
  base64offset: (value: Encoded, at: number, key: string) => base64Offsets(bytesOf(value, at, key)),
  wide: utf16("le"),
  utf16le: utf16("le"),
  utf16be: utf16("be"),
  utf16: utf16("bom"),
  windash: (value: Encoded, at: number, key: string) => dashes(patternOf(value, at, key), at, key).map((pattern) => ({ pattern })),
} as const satisfies Record<string, Encoding>;

/** The pattern of a value; bytes that no later modifier encoded must be text. */
export function patternOf(value: Encoded, at: number, key: string): Pattern {
  if ("pattern" in value) return value.pattern;
  try {
    return plain(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value.bytes));
  } catch {
    throw badValue(at, key, "gives bytes that are no text: let base64 or base64offset follow");
  }
}

function bytesOf(value: Encoded, at: number, key: string): Uint8Array {
  return "bytes" in value ? value.bytes : Buffer.from(withoutWildcards(value.pattern, at, key), "utf8");
}

function withoutWildcards(pattern: Pattern, at: number, key: string): string {
  const text = plainText(pattern);
  if (text === undefined) throw badValue(at, key, "cannot encode a value with wildcards; escape them as \\* and \\?");
  return text;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** Where the characters that depend only on the value start, and how many at the end depend on what follows; by bytes before it. */
const firstStatic = [0, 2, 3] as const;
const lastMoving = [0, 3, 2] as const;

/** The value inside base64 of a longer text: what stays the same of it after zero, one and two other bytes. */
function base64Offsets(bytes: Uint8Array): Encoded[] {
  return firstStatic.map((start, before) => {
    const whole = base64(Buffer.concat([Buffer.alloc(before), bytes]));
    return { pattern: plain(whole.slice(start, whole.length - lastMoving[(bytes.length + before) % 3]!)) };
  });
}

function utf16(order: "le" | "be" | "bom"): Encoding {
  return (value, at, key) => {
    if ("bytes" in value) throw badValue(at, key, "encodes as UTF-16 twice");
    const bytes = Buffer.from(withoutWildcards(value.pattern, at, key), "utf16le");
    if (order === "be") bytes.swap16();
    return [{ bytes: order === "bom" ? Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]) : bytes }];
  };
}

const dashCharacters = ["-", "/", "–", "—", "―"] as const;
/** Five ways to write each: four make 625 values. */
const mostDashes = 4;

/** Every way to write the dashes and slashes that begin a word. */
function dashes(pattern: Pattern, at: number, key: string): Pattern[] {
  const found = pattern.reduce((sum, piece) => sum + (typeof piece === "object" ? (piece.text.match(wordDash) ?? []).length : 0), 0);
  if (found > mostDashes) throw badValue(at, key, `has ${found} dashes to exchange; windash takes ${mostDashes} at most`);
  let results: Pattern[] = [[]];
  for (const piece of pattern) {
    const ways = typeof piece === "object" ? dashedTexts(piece.text).map((text) => ({ text })) : [piece];
    results = results.flatMap((done) => ways.map((way) => [...done, way]));
  }
  return results;
}

const wordDash = /\B[-/]\b/g;

function dashedTexts(text: string): string[] {
  const between = text.split(wordDash);
  return between
    .slice(1)
    .reduce<string[]>((done, rest) => done.flatMap((start) => dashCharacters.map((dash) => start + dash + rest)), [between[0]!]);
}
