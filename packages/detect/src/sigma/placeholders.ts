import { quoted } from "./nearest.ts";
import { joined, type Pattern, type Piece, readPattern } from "./pattern.ts";
import { badValue, unsupported } from "./report.ts";

/** Values for `%name%` in values with the modifier `expand`. They may hold wildcards. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** Values that one value may become. */
const mostValues = 10_000;

/** The patterns that a value stands for once its placeholders are replaced; `\%` is a plain percent sign. */
export function expandPlaceholders(pattern: Pattern, values: Placeholders, at: number, key: string): Pattern[] {
  let results: Pattern[] = [[]];
  for (const piece of pattern) {
    for (const ways of typeof piece === "string" ? [[[piece]]] : textWays(piece.text, values, at, key)) {
      results = results.flatMap((done) => ways.map((way) => [...done, ...way]));
      if (results.length > mostValues) throw badValue(at, key, `stands for more than ${mostValues} values`);
    }
  }
  return results.map(joined);
}

/** For each stretch of a text the ways to write it. */
function textWays(text: string, values: Placeholders, at: number, key: string): Pattern[][] {
  const ways: Piece[][][] = [];
  let last = 0;
  for (const found of text.matchAll(/(?<!\\)%([^%]+)%/g)) {
    ways.push([[{ text: withoutEscapes(text.slice(last, found.index)) }]]);
    ways.push(placeholderWays(found[1]!, values, at, key));
    last = found.index + found[0].length;
  }
  return [...ways, [[{ text: withoutEscapes(text.slice(last)) }]]];
}

function placeholderWays(name: string, values: Placeholders, at: number, key: string): Piece[][] {
  const given = values.get(name);
  if (given === undefined) throw unsupported(at, `${key} with a placeholder without values`, `give values for ${quoted(name)}`);
  return given.map((value) => [...readPattern(value)]);
}

function withoutEscapes(text: string): string {
  return text.replaceAll("\\%", "%");
}
