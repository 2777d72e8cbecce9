import type { ValueTest } from "../rule-ir.ts";

/** A piece of a Sigma string: plain text, or a wildcard (`any` run, `one` character). */
export type Piece = { readonly text: string } | "any" | "one";

/** A Sigma string: text with wildcards, escapes resolved. Neighbouring texts are joined, runs of `any` are one. */
export type Pattern = readonly Piece[];

/**
 * Reads a string with `*`, `?` and the backslash as the specification's "Escape Character" says: it makes a wildcard or a
 * backslash after it plain, and is plain itself before anything else and at the end.
 */
export function readPattern(source: string): Pattern {
  const pieces: Piece[] = [];
  let text = "";
  for (let index = 0; index < source.length; index++) {
    const character = source[index]!;
    const next = source[index + 1];
    if (character === "\\" && (next === "*" || next === "?" || next === "\\")) {
      text += next;
      index++;
    } else if (character === "*" || character === "?") {
      pieces.push({ text }, character === "*" ? "any" : "one");
      text = "";
    } else text += character;
  }
  return joined([...pieces, { text }]);
}

export function plain(text: string): Pattern {
  return joined([{ text }]);
}

/** Pieces in their shortest form, which compares equal for patterns that mean the same. */
export function joined(pieces: Pattern): Pattern {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === "string") {
      if (piece === "one" || last !== "any") result.push(piece);
    } else if (piece.text !== "") {
      if (typeof last === "object") result[result.length - 1] = { text: last.text + piece.text };
      else result.push(piece);
    }
  }
  return result;
}

/** The text of a pattern without wildcards; undefined where it has some. */
export function plainText(pattern: Pattern): string | undefined {
  if (pattern.length === 0) return "";
  const [only] = pattern;
  return pattern.length === 1 && typeof only === "object" ? only.text : undefined;
}

/** The simplest test that holds for what the pattern matches. */
export function patternTest(pattern: Pattern, cased: boolean): ValueTest {
  const text = plainText(pattern);
  if (text !== undefined) return { kind: "equals", value: text, cased };
  const inner = affixed(pattern);
  if (inner !== undefined) return { ...inner, cased };
  return { kind: "glob", parts: pattern.flatMap(partsOf), pattern: patternSource(pattern), cased };
}

function affixed(pattern: Pattern): { kind: "contains" | "startswith" | "endswith"; value: string } | undefined {
  const start = pattern[0] === "any";
  const end = pattern.at(-1) === "any";
  const inner = plainText(pattern.slice(start ? 1 : 0, end && pattern.length > 1 ? -1 : undefined));
  if (inner === undefined || inner === "") return undefined;
  return { kind: start && end ? "contains" : start ? "endswith" : "startswith", value: inner };
}

/** Parts of the IR. A text that is itself `any` or `one` is cut in two, so that no text is taken for a wildcard. */
function partsOf(piece: Piece): string[] {
  if (typeof piece === "string") return [piece];
  return piece.text === "any" || piece.text === "one" ? [piece.text.slice(0, 1), piece.text.slice(1)] : [piece.text];
}

/** The pattern as Sigma writes it, every special character escaped. */
export function patternSource(pattern: Pattern): string {
  return pattern.map((piece) => (piece === "any" ? "*" : piece === "one" ? "?" : piece.text.replace(/[\\*?]/g, "\\$&"))).join("");
}
