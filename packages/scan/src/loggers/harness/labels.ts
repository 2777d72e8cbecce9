/**
 * The labels of logger fixtures. After a comment sign (`//` or `#`) comes `~`, then carets (each one line further up), then:
 *
 *     //~ record warn               a call that starts on that line is a record at that level
 *     //~ record warn fields        … and carries its details in an object
 *     //~ record info plain         … and is a line without structure
 *     //~ wrong: record warn        known error: not read so today; fails once it is
 *     //~ wrong: noise              known error: read as a record although it is none
 *
 * Two records on one line take two labels. A line without a label asserts that it holds no record.
 */
import type { Level, RecordFact } from "../logger.ts";

export interface Label {
  readonly line: number;
  readonly known: "right" | "missing" | "noise";
  /** Level, then what is asserted beside it. */
  readonly words: readonly string[];
}

const LEVELS: Readonly<Record<Level, true>> = {
  trace: true,
  debug: true,
  info: true,
  warn: true,
  error: true,
  fatal: true,
  audit: true,
};
const ASIDES: Readonly<Record<string, (fact: RecordFact) => boolean>> = {
  fields: (fact) => fact.fields !== undefined,
  plain: (fact) => fact.unstructured === true,
};

/** Every label of a text. Lines count from 1. Throws on a word that is none: a misspelt label must not pass as no label. */
export function labelsOf(text: string): readonly Label[] {
  return text.split("\n").flatMap((line, index) =>
    line
      .split(/(?:\/\/|#)~/)
      .slice(1)
      .map((label) => read(label, index + 1)),
  );
}

function read(label: string, at: number): Label {
  const carets = /^\^*/.exec(label)![0].length;
  const line = at - carets;
  const text = label.slice(carets).trim();
  if (text === "wrong: noise") return { line, known: "noise", words: [] };
  const known = text.startsWith("wrong: ") ? "missing" : "right";
  const [verb, level = "", ...asides] = text.replace(/^wrong: /, "").split(/\s+/);
  if (verb !== "record" || !Object.hasOwn(LEVELS, level)) throw new Error(`line ${at}: unknown label "${text}"`);
  for (const word of asides) if (!Object.hasOwn(ASIDES, word)) throw new Error(`line ${at}: unknown word "${word}"`);
  return { line, known, words: [level, ...asides] };
}

/** Whether a record is what the label says. */
export function fits(fact: RecordFact, label: Label): boolean {
  const [level, ...asides] = label.words;
  return fact.level === level && asides.every((word) => ASIDES[word]!(fact));
}
