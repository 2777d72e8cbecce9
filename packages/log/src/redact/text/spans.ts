/** A part of a text that goes, and what is written in its place. */
export interface Span {
  readonly start: number;
  /** Index behind the last character. */
  readonly end: number;
  readonly text: string;
}

export const redacted = "[redacted]";

/** Stands for what could not be redacted, and is therefore not written. */
export const redactionFailed = "[redaction failed]";

/** What stands in place of a value that its looks gave away. */
export const redactedAs = (name: string): string => `[redacted:${name}]`;

const marker = /^\[redacted(?::\w+)?\]$/;

/**
 * The text with its spans replaced. All detectors look at the text as it came, so none can rewrite what another wrote, and what
 * one of them overlooks another may see. Spans that overlap become one, and of what they cover nothing is kept: a text that was decoded
 * and cleaned has lost the signs by which another detector saw more.
 * @param end where to stop: a span that straddles it is replaced whole.
 */
export function replaceSpans(text: string, spans: Span[], end: number = text.length): string {
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let out = "";
  let at = 0;
  for (let index = 0; index < spans.length && spans[index]!.start < end;) {
    let whole = spans[index]!;
    for (index++; index < spans.length && spans[index]!.start < whole.end; index++) whole = merged(whole, spans[index]!);
    out += text.slice(at, whole.start) + whole.text;
    at = whole.end;
  }
  return at < end ? out + text.slice(at, end) : out;
}

/** @param next begins within `first` */
function merged(first: Span, next: Span): Span {
  if (!marker.test(first.text) || next.end > first.end) return { start: first.start, end: Math.max(first.end, next.end), text: redacted };
  // The same part, and one of them knows what it is.
  const same = next.start === first.start && next.end === first.end;
  return same && first.text === redacted && marker.test(next.text) ? next : first;
}
