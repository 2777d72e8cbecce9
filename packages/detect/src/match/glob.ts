import type { TextTest } from "./text.ts";

type GlobPart = string | "any" | "one";

/** One character of a `?`, or a text, at one place. */
type Step = { readonly text: string } | "one";

/**
 * Matches Sigma's wildcards over the whole text. Between two `*` the first place that fits is taken, which is always right:
 * time is linear in the text for each stretch between them, and nothing is tried again.
 */
export function globTest(parts: readonly GlobPart[], cased: boolean): TextTest {
  const stretches = split(parts, cased);
  const first = stretches[0]!;
  const last = stretches.length > 1 ? stretches.at(-1)! : undefined;
  const between = stretches.slice(1, -1);
  const fits = (text: string) => {
    const start = endOfStretch(first, text, 0);
    if (start < 0) return false;
    if (last === undefined) return start === text.length;
    let from = start;
    for (const stretch of between) {
      from = findStretch(stretch, text, from);
      if (from < 0) return false;
    }
    return endsWithStretch(last, text, from);
  };
  return cased ? fits : (text) => fits(text.toLowerCase());
}

function split(parts: readonly GlobPart[], cased: boolean): Step[][] {
  const stretches: Step[][] = [[]];
  for (const part of parts) {
    if (part === "any") stretches.push([]);
    else if (part === "one") stretches.at(-1)!.push("one");
    else stretches.at(-1)!.push({ text: cased ? part : part.toLowerCase() });
  }
  return stretches;
}

/** Where a stretch that starts at `from` ends; -1 where it does not fit. A `?` is one character, also one of two code units. */
function endOfStretch(stretch: readonly Step[], text: string, from: number): number {
  let at = from;
  for (const step of stretch) {
    if (step === "one") {
      if (at >= text.length) return -1;
      at += widthAt(text, at);
    } else {
      if (!text.startsWith(step.text, at)) return -1;
      at += step.text.length;
    }
  }
  return at;
}

/** Where the first place ends, from `from` on, at which a stretch fits; -1 where there is none. */
function findStretch(stretch: readonly Step[], text: string, from: number): number {
  const [head] = stretch;
  if (head === undefined) return from;
  for (let at = from; at <= text.length; at++) {
    if (head !== "one") {
      at = text.indexOf(head.text, at);
      if (at < 0) return -1;
    }
    const end = endOfStretch(stretch, text, at);
    if (end >= 0) return end;
    // Never start in the middle of a character.
    at += widthAt(text, at) - 1;
  }
  return -1;
}

function endsWithStretch(stretch: readonly Step[], text: string, from: number): boolean {
  let at = text.length;
  for (let index = stretch.length - 1; index >= 0; index--) {
    const step = stretch[index]!;
    if (step === "one") at -= at >= 2 && isLow(text.charCodeAt(at - 1)) && isHigh(text.charCodeAt(at - 2)) ? 2 : 1;
    else {
      if (!text.endsWith(step.text, at)) return false;
      at -= step.text.length;
    }
    if (at < from) return false;
  }
  return true;
}

function widthAt(text: string, at: number): number {
  return isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1)) ? 2 : 1;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
