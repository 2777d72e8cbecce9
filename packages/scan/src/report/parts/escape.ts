/**
 * Characters that a terminal obeys or that reorder or hide what stands around them: C0 and C1 controls, soft hyphen,
 * zero-width and bidirectional marks (Unicode TR 36, section 2; "Trojan Source"), separators, byte-order mark, tags, halves of surrogate pairs.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- to find them is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

/** Text from a scanned source, as a terminal may show it: what it would obey is spelled out (`\x1b`, `\u202e`). One line. */
export function visible(text: string): string {
  return text.replace(unseen, spelled);
}

function spelled(character: string): string {
  const code = character.codePointAt(0)!;
  if (code === 0x0a) return "\\n";
  if (code === 0x0d) return "\\r";
  if (code === 0x09) return "\\t";
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

const longestCodeLine = 160;

/** A line of code for a frame: tabs as two spaces, cut where it is very long. */
export function codeLine(text: string): string {
  const shown = visible(text.replaceAll("\t", "  ").trimEnd());
  return shown.length > longestCodeLine ? `${shown.slice(0, longestCodeLine)}…` : shown;
}

/** JSON text, indented, in which the same characters are escapes. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(unseen, (character) => (character === "\n" ? character : jsonEscape(character)))}\n`;
}

function jsonEscape(character: string): string {
  return [...Array(character.length).keys()].map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
