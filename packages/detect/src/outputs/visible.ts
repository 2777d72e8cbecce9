/**
 * Characters that a terminal obeys or that reorder or hide what stands around them: C0 and C1 controls, soft hyphen,
 * zero-width and bidirectional marks (Unicode TR 36, section 2), separators, byte-order mark, tags, halves of surrogate pairs.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- to find them is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

const spelling: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** Text from an event or a rule as a terminal, a mail or a chat may show it: one line, and what would be obeyed is spelled out (`\x1b`). */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    return (
      spelling.get(character) ??
      (code < 0x100 ? `\\x${hex.padStart(2, "0")}` : code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`)
    );
  });
}

/** The same, cut to so many characters at most. Never cuts a surrogate pair in two. */
export function visibleShort(text: string, longest: number): string {
  // Cut first: a text may be a megabyte.
  const shown = visible(text.slice(0, longest + 1).replace(/[\ud800-\udbff]$/, ""));
  return shown.length <= longest && text.length <= longest ? shown : `${shown.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** JSON on one line in which the same characters are escapes: the same value, and nothing that a terminal obeys. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(unseen, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
