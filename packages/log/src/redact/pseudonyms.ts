import { createHash, createHmac } from "node:crypto";
import { isIP } from "node:net";
import type { Span } from "./text/spans.ts";

/** What can be replaced by a pseudonym. */
export type PseudonymizedField = "actor" | "target" | "email" | "ip" | "user_agent" | "tenant";

export interface PseudonymizeOptions {
  /** At least 32 bytes; a string counts as UTF-8. */
  readonly key: string | Uint8Array;
  /** Stands in each pseudonym, so that a change of the key shows. 1 to 16 letters or digits. Default: 6 hex digits derived from the key. */
  readonly keyId?: string;
  readonly fields: readonly PseudonymizedField[];
}

export interface Pseudonyms {
  readonly has: (field: PseudonymizedField) => boolean;
  /** `pn_<keyId>_<22 characters of base64url>`: HMAC-SHA-256, the first 128 bits. The same value gives the same pseudonym in every field. */
  readonly of: (value: string) => string;
  /** E-mail and IP addresses in a text, where they were chosen. */
  readonly spans: (text: string, spans: Span[]) => void;
  /** Whether any text must be looked at. */
  readonly inText: boolean;
}

const remembered = 1024;

export function createPseudonyms(options: PseudonymizeOptions): Pseudonyms {
  const key = typeof options.key === "string" ? Buffer.from(options.key, "utf8") : Buffer.from(options.key);
  const keyId = options.keyId ?? createHash("sha256").update("telltale pseudonym key id").update(key).digest("hex").slice(0, 6);
  const fields = new Set(options.fields);
  const known = new Map<string, string>();

  const of = (value: string): string => {
    const plain = normalized(value);
    const before = known.get(plain);
    if (before !== undefined) {
      // Asked for last: forgotten last.
      known.delete(plain);
      known.set(plain, before);
      return before;
    }
    const made = `pn_${keyId}_${createHmac("sha256", key).update(plain).digest("base64url").slice(0, 22)}`;
    if (plain.length <= 256) {
      if (known.size >= remembered) known.delete(known.keys().next().value!);
      known.set(plain, made);
    }
    return made;
  };

  return {
    has: (field) => fields.has(field),
    of,
    inText: fields.has("email") || fields.has("ip"),
    spans: (text, spans) => {
      if (fields.has("email")) emailSpans(text, of, spans);
      if (fields.has("ip")) addressSpans(text, of, spans);
    },
  };
}

/** E-mail addresses in lower case, IPv4 addresses in IPv6 as IPv4, IPv6 addresses in their short form: one account, one pseudonym. */
function normalized(value: string): string {
  const text = value.normalize("NFC");
  if (text.includes("@")) return text.toLowerCase();
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(text);
  if (mapped) return mapped[1]!;
  return text.includes(":") && isIP(text) === 6 ? shortIPv6(text) : text;
}

function shortIPv6(address: string): string {
  try {
    return new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return address.toLowerCase();
  }
}

const endsLocalPart = /[\s<>()[\]{}",;:\\=&?/|]/;
const domain = /[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/uy;

function emailSpans(text: string, of: (value: string) => string, spans: Span[]): void {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && !endsLocalPart.test(text[start - 1]!) && text[start - 1] !== "@") start--;
    domain.lastIndex = at + 1;
    if (start === at || !domain.test(text)) continue;
    const end = domain.lastIndex;
    spans.push({ start, end, text: of(text.slice(start, end)) });
  }
}

const addressRun = /(?<![\w.:])[0-9A-Fa-f:.]{2,64}(?!\w)/g;
const ipv4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;

/** Addresses, also with a port or a full stop behind them. */
function addressSpans(text: string, of: (value: string) => string, spans: Span[]): void {
  const ends = new Set<number>();
  addressRun.lastIndex = 0;
  for (let match = addressRun.exec(text); match; match = addressRun.exec(text)) {
    const run = match[0].replace(/(?:\.|(?<!:):)$/, "");
    if (isIP(run) === 0) continue;
    const end = match.index + run.length;
    spans.push({ start: match.index, end, text: of(run) });
    ends.add(end);
  }
  ipv4.lastIndex = 0;
  for (let match = ipv4.exec(text); match; match = ipv4.exec(text)) {
    // The last part of an IPv6 address, or an address that was found already.
    if (isIP(match[0]) !== 4 || ends.has(ipv4.lastIndex)) continue;
    spans.push({ start: match.index, end: ipv4.lastIndex, text: of(match[0]) });
  }
}
