import { RE2JS } from "re2js";
import type { TextTest } from "./text.ts";

/**
 * A regular expression sees this many characters of a value, and a longer one is cut: RE2's time is linear, but with a
 * factor that an attacker can feel. `$` then holds at the cut. It is the length of a request line that web servers take.
 */
export const regexReach = 8_192;

const bits: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };

/** Searches for an expression anywhere in a text, in linear time. Compiled when it is first needed. */
export function regexTest(source: string, flags: string): TextTest {
  const test = literalTest(source, flags) ?? re2Test(source, flags);
  return (text) => test(text.length > regexReach ? text.slice(0, regexReach) : text);
}

function re2Test(source: string, flags: string): TextTest {
  let compiled: RE2JS | undefined;
  return (text) => {
    compiled ??= RE2JS.compile(
      source,
      [...flags].reduce((sum, flag) => sum | (bits[flag] ?? 0), 0),
    );
    return compiled.test(text);
  };
}

/** An expression that is only text (`^` and `$` around it, punctuation escaped) needs no automaton. */
function literalTest(source: string, flags: string): TextTest | undefined {
  if (flags.includes("i") || flags.includes("m")) return undefined;
  const [, start, body, end] = /^(\^?)((?:[\w /\-:;,@#%&=<>!"'~`]|\\[./\\()[\]{}+*?|^$-])*)(\$?)$/.exec(source) ?? [];
  if (body === undefined) return undefined;
  const literal = body.replace(/\\(.)/g, "$1");
  if (start === "^" && end === "$") return (text) => text === literal;
  if (start === "^") return (text) => text.startsWith(literal);
  if (end === "$") return (text) => text.endsWith(literal);
  return (text) => text.includes(literal);
}
