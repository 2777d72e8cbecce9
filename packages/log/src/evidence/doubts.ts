import type { Findings } from "./findings.ts";
import type { LinePlace } from "./report.ts";

/** A line that cannot be placed by itself: it has no seal, or one that does not fit it. */
export interface Doubt {
  readonly place: LinePlace;
  /** What is wrong with it. */
  readonly fault: string;
  /** What its seal claims; undefined where it has none. */
  readonly claims?: { readonly chain: string; readonly seq: number };
  /** The last line of a file, without its end. */
  readonly unfinished: boolean;
}

/** A doubt was a line of the chain: the chain has a hole where it stands. */
export function changed(findings: Findings, doubt: Doubt, chain: string, seq: number): void {
  const expected = `line ${seq} of chain ${chain} as it was sealed`;
  findings.problem({ kind: "changed", ...doubt.place, chain, seq, expected, found: doubt.fault });
}

/** The chain goes on as if the doubt were not there. */
export function inserted(findings: Findings, doubt: Doubt, chain?: string): void {
  if (doubt.unfinished) return torn(findings, doubt.place);
  const expected = chain === undefined ? "a sealed line" : `the next line of chain ${chain}, or the end`;
  findings.problem({ kind: "inserted", ...doubt.place, chain, expected, found: doubt.fault });
}

/** What follows nothing that could tell: it claims a place in a chain, or it does not. */
export function unplaced(findings: Findings, doubt: Doubt): void {
  if (doubt.unfinished || !doubt.claims) inserted(findings, doubt);
  else changed(findings, doubt, doubt.claims.chain, doubt.claims.seq);
}

export function torn(findings: Findings, place: LinePlace): void {
  findings.note({ kind: "torn", ...place, text: "unfinished line: the process or the machine stopped while it was written" });
}

/** Doubts that wait together. */
export interface DoubtBatch {
  readonly list: readonly Doubt[];
  /** How many there were beyond those in the list. */
  readonly more: number;
}

const none: DoubtBatch = { list: [], more: 0 };
const most = 10_000;

/** Doubts that wait for the next sound line, in bounded memory. */
export class Doubts {
  private waiting: Doubt[] = [];
  private more = 0;

  add(doubt: Doubt): void {
    if (this.waiting.length < most) this.waiting.push(doubt);
    else this.more += 1;
  }

  /** Those that may belong to a chain: they claim it, or none that is known. */
  of(chain: string, isKnown: (chain: string) => boolean): DoubtBatch {
    if (this.waiting.length === 0) return none;
    const elsewhere = (one: Doubt) => one.claims !== undefined && one.claims.chain !== chain && isKnown(one.claims.chain);
    const list = this.waiting.filter((one) => !elsewhere(one));
    this.waiting = this.waiting.filter(elsewhere);
    const { more } = this;
    this.more = 0;
    return { list, more };
  }

  /** Those that nothing followed. */
  rest(): DoubtBatch {
    return { list: this.waiting, more: this.more };
  }
}
