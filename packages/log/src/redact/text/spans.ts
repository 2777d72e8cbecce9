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

/**
 * The text with its spans replaced. All detectors look at the text as it came, so none can rewrite what another wrote, and what
 * one of them overlooks another may see. Spans that overlap become one.
 * @param end where to stop: a span that straddles it is replaced whole.
 */
export function replaceSpans(text: string, spans: Span[], end: number = text.length): string {
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let out = "";
  let at = 0;
  for (let index = 0; index < spans.length && spans[index]!.start < end; ) {
    const first = spans[index]!;
    let last = first.end;
    let note = first.text;
    for (index++; index < spans.length && spans[index]!.start < last; index++) {
      const next = spans[index]!;
      if (next.end > last) {
        last = next.end;
        note = redacted;
      } else if (next.end - next.start === last - first.start && first.text === redacted) note = next.text;
    }
    out += text.slice(at, first.start) + note;
    at = last;
  }
  return at < end ? out + text.slice(at, end) : out;
}
