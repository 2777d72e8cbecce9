/**
 * Characters that end a line in some reader (C0, NEL, U+2028, U+2029), drive a terminal (C0, DEL, C1) or turn the order of text
 * around (the bidirectional controls of Unicode TR9: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069), and halves of
 * surrogate pairs, which no UTF-8 can hold.
 */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u;
const eachUnsafe = new RegExp(unsafe.source, "gu");

/** Those of them that `JSON.stringify` writes as they are. */
const unsafeInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const eachUnsafeInJson = new RegExp(unsafeInJson.source, "g");

/** Characters that need a look before they may stand between quotes: all but printable US-ASCII without `"` and `\`. */
const notPlain = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

/** `\u202e`: an escape in JSON, plain visible text elsewhere. */
export function codePoint(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A value as JSON that is safe to print. Whoever parses it gets the value back, unsafe characters and all. */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
      return "toJSON" in value ? stringified(value) : objectText(value);
    default:
      return stringified(value);
  }
}

/** Put together by hand: what was redacted is small and mostly plain, and takes half the time of `JSON.stringify`. */
function objectText(value: object): string {
  let text = "";
  for (const [name, one] of Object.entries(value)) {
    if (one !== undefined) text += `${text === "" ? "" : ","}${quoted(name)}:${jsonText(one)}`;
  }
  return `{${text}}`;
}

function stringified(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return unsafeInJson.test(text) ? text.replace(eachUnsafeInJson, codePoint) : text;
}

/** The same for what is nearly always a short plain string, without the call of `JSON.stringify`. */
export function quoted(value: string): string {
  return typeof value === "string" && !notPlain.test(value) ? `"${value}"` : stringified(value);
}

/** Text that is safe to print in a format without escapes of its own: unsafe characters become `\u202e`, but those in `kept`. */
export function visible(text: string, kept = ""): string {
  return unsafe.test(text) ? text.replace(eachUnsafe, (one) => (kept.includes(one) ? one : codePoint(one))) : text;
}

/** Only printable US-ASCII without a space, as RFC 5424 wants it in a header; anything else becomes `_`. */
export function printableAscii(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[^\x21-\x7e]/g, "_");
}

/** At most so many UTF-16 units, never half a surrogate pair. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest);
}

/** A string as it is, anything else as JSON; undefined where there is nothing to say. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
