import { personalIdentifiers } from "@telltale/vocabulary";
import { checksums, isCardNumber } from "./checksums.ts";
import type { Span } from "./spans.ts";
import { redactedAs } from "./spans.ts";

/** 13 to 19 digits, as one run or in the groups that are printed on cards. */
const cardCandidate = /(?<!\d)(?<!\d[.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)/g;

export function cardSpans(text: string, spans: Span[]): void {
  cardCandidate.lastIndex = 0;
  for (let match = cardCandidate.exec(text); match; match = cardCandidate.exec(text)) {
    const length = cardLength(match[0]);
    if (length > 0) spans.push({ start: match.index, end: match.index + length, text: redactedAs("card") });
    else cardCandidate.lastIndex = match.index + 1;
  }
}

/** Characters of the card number at the beginning: what was taken for its last group may be something else. */
function cardLength(candidate: string): number {
  if (isCardNumber(candidate.replace(/[ -]/g, ""))) return candidate.length;
  const last = Math.max(candidate.lastIndexOf(" "), candidate.lastIndexOf("-"));
  return last > 15 && isCardNumber(candidate.slice(0, last).replace(/[ -]/g, "")) ? last : 0;
}

const compiled = new RegExp(
  `(?<![A-Za-z0-9])(?:${personalIdentifiers.map(({ pattern }) => `(${pattern.source})`).join("|")})(?![A-Za-z0-9])`,
  "g",
);

/** Numbers that a state or bank gave to a person, where the checksum holds. */
export function identifierSpans(text: string, spans: Span[]): void {
  compiled.lastIndex = 0;
  for (let match = compiled.exec(text); match; match = compiled.exec(text)) {
    const index = match.findIndex((group, at) => at > 0 && group !== undefined);
    const identifier = personalIdentifiers[index - 1]!;
    const length = validLength(match[0], identifier.checksum);
    if (length > 0) spans.push({ start: match.index, end: match.index + length, text: redactedAs(identifier.name) });
    compiled.lastIndex = match.index + Math.max(length, 1);
  }
}

/** An IBAN in groups may have taken the capitals of the next word. */
function validLength(candidate: string, checksum: keyof typeof checksums): number {
  const valid = checksums[checksum];
  for (let end = candidate.length, tries = 0; end > 0 && tries < 4; end = candidate.lastIndexOf(" ", end - 1), tries++)
    if (valid(candidate.slice(0, end))) return end;
  return 0;
}
