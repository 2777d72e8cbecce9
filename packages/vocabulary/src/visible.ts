/**
 * Characters that a terminal obeys or that reorder or hide what stands around them: C0 and C1 controls, soft hyphen,
 * zero-width and bidirectional marks (Unicode TR 36, section 2; "Trojan Source"), separators, byte-order mark, tags, halves of surrogate pairs.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- to find them is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

const spelling: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** Text from strangers (a scanned source, an event, a rule) as a terminal may show it: one line, and what it would obey is spelled out (`\x1b`, `\u202e`). */
export function visible(text: string): string {
  return text.replace(unseen, (character) => spelling.get(character) ?? spelled(character.codePointAt(0)!));
}

function spelled(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}

/** JSON as `JSON.stringify` writes it, in which the same characters are escapes, but for the line ends that indent it: the same value. */
export function visibleJson(json: string): string {
  return json.replace(unseen, (character) => (character === "\n" ? character : escaped(character)));
}

/** An escape for each UTF-16 unit. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}
