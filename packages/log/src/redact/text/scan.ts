import type { Names } from "@telltale/vocabulary";
import { credentialSpans, spokenSpans } from "./credentials.ts";
import { base64Spans, deepestEncoding, percentSpans, unescaped } from "./encoded.ts";
import { cardSpans, identifierSpans } from "./identifiers.ts";
import { optionSpans, pairSpans } from "./pairs.ts";
import type { Span } from "./spans.ts";
import { redactedAs, replaceSpans } from "./spans.ts";
import { Trait, traitsOf } from "./traits.ts";
import { jwtSpans, patternSpans, userinfoSpans } from "./values.ts";
import { wellFormed } from "./well-formed.ts";

/** A detector that the application adds. */
export interface TextDetector {
  readonly spans: (text: string, spans: Span[]) => void;
}

export interface ScanParts {
  readonly names: Names;
  /** Patterns of the application, pseudonyms: they see every text. */
  readonly detectors: readonly TextDetector[];
  /** The text as JSON without its secrets; undefined where it is no JSON; the same text where there is nothing to hide. */
  readonly json: (text: string, depth: number) => string | undefined;
  /** Called with the number of characters about to be read; throws when it is enough. */
  readonly spend: (characters: number) => void;
}

/** What is read beyond the cut, so that a secret which straddles it is seen whole: a private key of 4,096 bits has 3,300 characters. */
const beyondCut = 4096;

/** @returns a function that takes secrets out of a text; `depth` counts the encodings that were undone, `limit` is the number of characters of it that are kept. */
export function createScan(parts: ScanParts): (text: string, depth: number, limit: number) => string {
  const scan = (text: string, depth: number): string => scanned(text, depth, Number.POSITIVE_INFINITY);

  const scanned = (text: string, depth: number, limit: number): string => {
    parts.spend(text.length);
    const traits = traitsOf(text);
    // Most texts of a log: nothing in them can be a secret.
    if (traits === 0 && parts.detectors.length === 0) return text;
    if ((traits & Trait.json) !== 0 && limit >= text.length) {
      const json = depth < deepestEncoding ? parts.json(text, depth + 1) : tooDeep(text);
      if (json !== undefined && json !== text) return json;
    }
    const spans = spansOf(text, traits, depth);
    const clean = spans.length === 0 && limit >= text.length ? text : replaceSpans(text, spans, Math.min(limit, text.length));
    return (traits & Trait.escape) !== 0 ? behindEscapes(clean, depth) : clean;
  };

  const spansOf = (text: string, traits: number, depth: number): Span[] => {
    const spans: Span[] = [];
    if ((traits & (Trait.pair | Trait.percent)) !== 0) pairSpans(text, parts.names, spans);
    if ((traits & Trait.url) !== 0) userinfoSpans(text, spans);
    if ((traits & Trait.word) !== 0) {
      credentialSpans(text, spans);
      spokenSpans(text, spans);
    }
    if ((traits & Trait.flag) !== 0) optionSpans(text, parts.names, spans);
    if ((traits & Trait.token) !== 0) {
      jwtSpans(text, spans);
      patternSpans(text, spans);
    }
    if ((traits & Trait.digits) !== 0) {
      cardSpans(text, spans);
      identifierSpans(text, spans);
    }
    if ((traits & Trait.percent) !== 0) percentSpans(text, depth, scan, spans);
    if ((traits & Trait.base64) !== 0) base64Spans(text, depth, scan, spans);
    for (const detector of parts.detectors) detector.spans(text, spans);
    return spans;
  };

  /** After the text as it stands was read: unescaping can only make more of it legible, and what is redacted stays so. */
  const behindEscapes = (clean: string, depth: number): string => {
    const plain = unescaped(clean);
    if (plain === clean) return clean;
    if (depth >= deepestEncoding) return redactedAs("encoded");
    const again = scan(plain, depth + 1);
    return again === plain ? clean : again;
  };

  return (text, depth, limit) => {
    if (text.length <= limit) return wellFormed(scan(text, depth));
    const kept = scanned(text.slice(0, limit + beyondCut), depth, limit);
    return `${wellFormed(kept)}…[truncated ${text.length - limit} characters]`;
  };
}

/** JSON in JSON in JSON beyond the depth that is looked through. */
function tooDeep(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? redactedAs("encoded") : undefined;
  } catch {
    return undefined;
  }
}
