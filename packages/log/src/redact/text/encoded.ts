import { wellFormed } from "./well-formed.ts";
import type { Span } from "./spans.ts";
import { redactedAs } from "./spans.ts";

/** How many encodings inside one another are looked through. What is encoded more often goes unread, as `[redacted:encoded]`. */
export const deepestEncoding = 5;

type Scan = (text: string, depth: number) => string;

/** Parts names from values, so that each is decoded by itself. */
const partsRuns = /[\s"'<>&=;,]/;
const triplet = /%[0-9A-Fa-f]{2}/g;
const triplets = /(?:%[0-9A-Fa-f]{2})+/g;

/** Percent-encoded text that holds a secret once it is decoded. */
export function percentSpans(text: string, depth: number, scan: Scan, spans: Span[]): void {
  triplet.lastIndex = 0;
  let done = 0;
  for (let match = triplet.exec(text); match; match = triplet.exec(text)) {
    let start = match.index;
    while (start > done && !partsRuns.test(text[start - 1]!)) start--;
    let end = triplet.lastIndex;
    while (end < text.length && !partsRuns.test(text[end]!)) end++;
    decodeRun(text.slice(start, end), start, depth, scan, spans);
    // The scan of the decoded text has used the same expression.
    triplet.lastIndex = done = end;
  }
}

function decodeRun(run: string, start: number, depth: number, scan: Scan, spans: Span[]): void {
  const end = start + run.length;
  if (depth >= deepestEncoding) {
    spans.push({ start, end, text: redactedAs("encoded") });
    return;
  }
  const plain = decodePercent(run);
  const clean = scan(plain, depth + 1);
  if (clean !== plain) spans.push({ start, end, text: encodePercent(clean) });
}

function decodePercent(run: string): string {
  return run.replace(triplets, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return Buffer.from(bytes.replaceAll("%", ""), "hex").toString("latin1");
    }
  });
}

/** Encoded anew, with the notes left legible. */
function encodePercent(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/%5Bredacted(%3A\w+)?%5D/g, (_, kind?: string) =>
    kind ? `[redacted:${kind.slice(3)}]` : "[redacted]",
  );
}

const base64Run = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const longestBase64 = 1 << 16;

/** Base64 of text that holds a secret which can be recognised. What decodes to bytes is left: it is a digest, an image, a cipher. */
export function base64Spans(text: string, depth: number, scan: Scan, spans: Span[]): void {
  if (depth >= deepestEncoding) return;
  base64Run.lastIndex = 0;
  for (let match = base64Run.exec(text); match; match = base64Run.exec(text)) {
    const [run] = match;
    if (!beginsAsText(run)) continue;
    const plain = Buffer.from(run.length > longestBase64 ? run.slice(0, longestBase64) : run, "base64").toString("utf8");
    if (scan(plain, depth + 1) !== plain) spans.push({ start: match.index, end: match.index + run.length, text: redactedAs("encoded") });
    // The scan of the decoded text has used the same expression.
    base64Run.lastIndex = match.index + run.length;
  }
}

const sextets = new Uint8Array(128).fill(255);
for (const [value, character] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries())
  sextets[character.charCodeAt(0)] = value;
sextets["-".charCodeAt(0)] = 62;
sextets["_".charCodeAt(0)] = 63;

/** Whether the first nine bytes are printable ASCII: of a digest or a word, one in ten thousand. */
function beginsAsText(run: string): boolean {
  for (let at = 0; at < 12; at += 4) {
    const bits =
      (sextets[run.charCodeAt(at)]! << 18) |
      (sextets[run.charCodeAt(at + 1)]! << 12) |
      (sextets[run.charCodeAt(at + 2)]! << 6) |
      sextets[run.charCodeAt(at + 3)]!;
    if (!printable(bits >> 16) || !printable((bits >> 8) & 255) || !printable(bits & 255)) return false;
  }
  return true;
}

const printable = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;

const escapes =
  /\\u\{?0{0,4}([0-7][0-9A-Fa-f])\}?|\\x([0-7][0-9A-Fa-f])|&(?:#x0{0,4}([0-7][0-9A-Fa-f])|#0{0,4}(\d{2,3})|(quot|amp|lt|gt|apos));/g;
const entities: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'" };

/** The text with escapes of JavaScript, JSON and HTML read, where they stand for ASCII: `pass\u0077ord`, `&quot;`. */
export function unescaped(text: string): string {
  return text.replace(escapes, (whole, unicode?: string, byte?: string, hex?: string, decimal?: string, entity?: string) => {
    if (entity !== undefined) return entities[entity]!;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt((unicode ?? byte ?? hex)!, 16);
    return code < 128 ? String.fromCharCode(code) : whole;
  });
}
