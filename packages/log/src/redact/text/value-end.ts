/** Where a value ends that stands behind a name in free text. All of these fail closed: in doubt the value goes on. */

const isQuote = (character: string | undefined): boolean => character === '"' || character === "'" || character === "`";

/** A quote and the backslashes before it: how deep the text is escaped. Undefined where none begins at `at`. */
export function openingQuote(
  text: string,
  at: number,
): { readonly inside: number; readonly quote: string; readonly slashes: number } | undefined {
  let i = at;
  while (text[i] === "\\") i++;
  const quote = text[i];
  return quote !== undefined && isQuote(quote) ? { inside: i + 1, quote, slashes: i - at } : undefined;
}

/**
 * Index of the quote that closes (with its backslashes), or the text's end. A quote inside carries more backslashes than the one that
 * opened: JSON within JSON doubles them and adds one at each level.
 */
export function closingQuote(text: string, inside: number, quote: string, slashes: number): number {
  for (let at = text.indexOf(quote, inside); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = 0;
    while (at - before > inside && text[at - before - 1] === "\\") before++;
    if (before < slashes) return at - before;
    if ((before - slashes) % (2 * (slashes + 1)) === 0) return at - slashes;
  }
  return text.length;
}

/** Index behind the bracket that closes the one at `at`, or the text's end. */
export function closingBracket(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i]!;
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") {
      if (--depth === 0) return i + 1;
    } else if (character === '"') {
      let slashes = 0;
      while (text[i - slashes - 1] === "\\") slashes++;
      i = closingQuote(text, i + 1, character, slashes) + slashes;
    }
  }
  return text.length;
}

/** The next name with its sign, behind something that parts it from the value, or the line's end. */
const nextPair =
  /(?:[,;&|)}\]]\s{0,8}|\s{1,8})[,;&|({[]?\s?\\{0,16}["'`]?[A-Za-z_$][\w.$%[\]-]{0,63}\\{0,16}["'`]?\s{0,2}(?:=|:(?!\/\/))|[\r\n]/g;

/** End of a value without quotes: the line's, or the next `name=`. A comma, a blank, an ampersand alone may be part of a password. */
export function clauseEnd(text: string, at: number): number {
  nextPair.lastIndex = at;
  const match = nextPair.exec(text);
  return match ? match.index : text.length;
}

const lineBreak = /[\r\n]/g;
export function lineEnd(text: string, at: number): number {
  lineBreak.lastIndex = at;
  return lineBreak.exec(text)?.index ?? text.length;
}

const endsParameter = /[\s&#"<>]/g;
/** End of a parameter's value in a URL, which holds no blank. */
export function parameterEnd(text: string, at: number): number {
  endsParameter.lastIndex = at;
  return endsParameter.exec(text)?.index ?? text.length;
}
