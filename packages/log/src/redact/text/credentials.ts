import type { Span } from "./spans.ts";
import { redacted, redactedAs } from "./spans.ts";
import { isHarmlessWord } from "./harmless-values.ts";

/** Schemes of the Authorization header, with what follows them. Source: IANA HTTP Authentication Scheme Registry. */
const scheme =
  /(?<![A-Za-z0-9])(bearer|basic|negotiate|ntlm|dpop|token|apikey|hawk)((?:[\s+]|%20|\\[nrt]){1,4}["']?)([^\s"'<>,;&\\]{4,})/gi;

/** `Bearer x`, `Basic x`: whatever stands behind, unless it is a word of a sentence. */
export function credentialSpans(text: string, spans: Span[]): void {
  scheme.lastIndex = 0;
  for (let match = scheme.exec(text); match; match = scheme.exec(text)) {
    const [, name, gap, value] = match as unknown as [string, string, string, string];
    if (!isCredential(name.toLowerCase(), value)) {
      // The value of one may be the scheme of the next: "token Bearer x".
      scheme.lastIndex = match.index + name.length;
      continue;
    }
    const start = match.index + name.length + gap.length;
    spans.push({ start, end: start + value.length, text: redactedAs(name.toLowerCase()) });
  }
}

const sentenceWord = /^[A-Za-z]?[a-z]{1,17}[.:!?)\]]{0,3}$/;
const opaque = /^[\w.~+/=:-]{20,}$/;

function isCredential(name: string, value: string): boolean {
  if (value.startsWith("[redacted")) return false;
  if (name === "basic") return /[=]$/.test(value) || holdsColon(value);
  if (name === "bearer" || name === "dpop") return !sentenceWord.test(value) && !/^[a-z_]{3,20}=$/.test(value);
  return opaque.test(value) && /\d/.test(value);
}

/** Whether a text is the base64 of `user:password`. */
function holdsColon(value: string): boolean {
  return /^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(value) && Buffer.from(value.slice(0, 4096), "base64").includes(0x3a);
}

/** Shorter ones are signs that a parser met: "the next token is `{`". */
const shortestQuoted = 3;

const spoken =
  /(?<![A-Za-z0-9])(pass(?:word|phrase|code|wd)|passwd|pwd|pin|otp|secret|token|(?:api|secret|access|private)[ _-]?key)s?\s{1,3}((?:(?:is|was)\s{1,3}(?:now\s{1,3})?|(?:changed|set|reset|updated)\s{1,3}to\s{1,3})?)(?:(["'`])|([^\s"'`]{4,}))/gi;

/** `password is hunter2`, `password "two words"`: told in a sentence. Letters alone are taken for more of the sentence. */
export function spokenSpans(text: string, spans: Span[]): void {
  spoken.lastIndex = 0;
  for (let match = spoken.exec(text); match; match = spoken.exec(text)) {
    const [whole, name, verb, quote, word] = match as unknown as [string, string, string, string | undefined, string | undefined];
    const at = match.index + whole.length;
    if (quote !== undefined) {
      if (verb === "" && !/^pass/i.test(name)) continue;
      const close = text.indexOf(quote, at);
      const end = close < 0 ? text.length : close;
      if (end - at >= shortestQuoted && !isHarmlessWord(text.slice(at, end))) spans.push({ start: at, end, text: redacted });
      spoken.lastIndex = end;
    } else if (word !== undefined && verb !== "" && /[^A-Za-z.,;:!?)]/.test(word) && !word.startsWith("[redacted"))
      spans.push({ start: at - word.length, end: at, text: redacted });
    else spoken.lastIndex = match.index + name.length;
  }
}
