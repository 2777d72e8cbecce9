import type { LineCounter } from "yaml";
import { DetectError, type DetectErrorCode } from "../errors.ts";
import { didYouMean, quoted } from "./nearest.ts";

/** What is wrong at one place of a rule; thrown inside this room, and turned into a problem of the report at its edge. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: DetectErrorCode;
  readonly at: number;
  readonly facts: { readonly [fact: string]: string };

  constructor(code: DetectErrorCode, at: number, facts: { readonly [fact: string]: string }) {
    super(code);
    this.code = code;
    this.at = at;
    this.facts = facts;
  }
}

/** `{place}: {key} {problem}`; the problem goes on after the key, as in `must be a list`. */
export function badValue(at: number, key: string, problem: string): Refusal {
  return new Refusal("RULE_VALUE", at, { key, problem });
}

export function unknownKey(at: number, key: string, known: Iterable<string>): Refusal {
  return new Refusal("RULE_KEY", at, { key: quoted(key), hint: didYouMean(key, known) });
}

export function missing(at: number, key: string, problem: string): Refusal {
  return new Refusal("RULE_MISSING", at, { key, problem });
}

/** The problem is a stable reason: how many rules were refused for it is published. */
export function unsupported(at: number, key: string, problem: string): Refusal {
  return new Refusal("RULE_UNSUPPORTED", at, { key, problem });
}

/** Problems and notes of one file. */
export class Report {
  readonly file: string;
  readonly problems: DetectError[] = [];
  readonly notes: string[] = [];
  readonly #lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.#lines = lines;
  }

  /** Line of an offset, from 1. */
  line(at: number): number {
    return Math.max(1, this.#lines.linePos(at).line);
  }

  place(at: number): string {
    // Of a text that was not read to its end nothing is known but its start.
    const { line, col } = this.#lines.linePos(at);
    return `${this.file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  }

  add(refusal: Refusal): void {
    this.problems.push(new DetectError(refusal.code, { ...refusal.facts, place: this.place(refusal.at) }));
  }

  note(at: number, sentence: string): void {
    this.notes.push(`${this.place(at)}: ${sentence}`);
  }

  /** What `read` gives; undefined where it refuses, and then the reason is among the problems. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.add(refusal);
      return undefined;
    }
  }
}
