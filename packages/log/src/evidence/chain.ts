import type { Seal } from "../contract.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { changed, inserted } from "./doubts.ts";
import type { Doubt, DoubtBatch } from "./doubts.ts";
import type { Findings } from "./findings.ts";
import { Gaps, History } from "./history.ts";
import type { Link } from "./history.ts";
import type { ChainReport, LinePlace } from "./report.ts";
import { beforeTheFirst } from "./seal.ts";

/** A second run of lines that branches off the chain; which of the two is of the chain, the line after both tells. */
interface Rival {
  readonly first: Link;
  last: Link;
}

/** Follows one chain through its lines. Every line that comes in has the hash that its seal says. */
export class Chain {
  private lines = 0;
  private readonly first: Link;
  private last: Link;
  private rival: Rival | undefined;
  private readonly history = new History();
  private readonly gaps = new Gaps();
  private readonly id: string;
  private readonly findings: Findings;
  private readonly checkpoints: Checkpoints;

  /** `doubts` are the lines that stood before the first one and fit nowhere else. */
  constructor(seal: Seal, place: LinePlace, doubts: DoubtBatch, findings: Findings, checkpoints: Checkpoints, fromStart: boolean) {
    this.id = seal.chain;
    this.findings = findings;
    this.checkpoints = checkpoints;
    this.first = linkOf(seal, place);
    this.last = this.first;
    this.begin(doubts, fromStart);
    this.advance(this.first, seal);
  }

  take(seal: Seal, place: LinePlace, { list: doubts, more }: DoubtBatch): void {
    this.findings.count(more);
    const link = linkOf(seal, place);
    const isNext = seal.seq === this.last.seq + 1 && seal.prev === this.last.hash;
    if (isNext && doubts.length === 0 && this.rival === undefined) this.advance(link, seal);
    else if (seal.seq > this.last.seq) this.forward(link, seal, doubts);
    else this.late(link, doubts);
  }

  end(): void {
    this.settleRival();
  }

  /** Lines that would carry the chain further than it goes. */
  report(): ChainReport {
    const { first, last, lines, checkpoints } = this;
    return {
      chain: this.id,
      lines,
      first: { ...first.place, seq: first.seq },
      last: { ...last.place, seq: last.seq, hash: last.hash },
      checkpoints: checkpoints.count,
      signedTo: checkpoints.signedTo,
    };
  }

  private advance(link: Link, seal: Seal): void {
    this.lines += 1;
    this.last = link;
    this.history.add(link);
    this.checkpoints.take(seal, link.place);
  }

  private begin({ list: doubts, more }: DoubtBatch, fromStart: boolean): void {
    const { seq, prev, place } = this.first;
    if (seq === 1) {
      this.leading(doubts, more);
      if (prev !== beforeTheFirst) this.mismatch(this.first, "64 zeros as the hash before the first line", `prev ${prev}`);
      return;
    }
    this.findings.count(more);
    const missing = Math.max(0, seq - 1 - doubts.length);
    for (const [index, doubt] of doubts.entries()) changed(this.findings, doubt, this.id, missing + index + 1);
    if (missing === 0) return;
    this.missingHead(missing, place, fromStart);
    this.gaps.add({ from: 1, to: missing, prev: beforeTheFirst, found: (late) => this.tellReordered(late, place) });
  }

  /** Lines from before there was a chain. */
  private leading(doubts: readonly Doubt[], more: number): void {
    const plain = doubts.filter(({ claims }) => !claims);
    for (const doubt of doubts) if (doubt.claims) changed(this.findings, doubt, doubt.claims.chain, doubt.claims.seq);
    if (plain.length === 0) return;
    const count = plain.length + more;
    const text = `${count === 1 ? "1 line" : `${count} lines`} before the chain begins`;
    this.findings.note({ kind: "unsealed", ...plain[0]!.place, text });
  }

  private missingHead(missing: number, place: LinePlace, fromStart: boolean): void {
    const found = `the chain from ${missing + 1} on`;
    if (!fromStart) this.findings.note({ kind: "missing-head", ...place, text: `chain ${this.id} is here from ${missing + 1} on` });
    else this.findings.problem({ kind: "missing-head", ...place, chain: this.id, seq: 1, expected: "the chain from 1 on", found });
  }

  /** A line with a higher number than all before. */
  private forward(link: Link, seal: Seal, doubts: readonly Doubt[]): void {
    const missing = link.seq - this.last.seq - 1;
    if (missing > 0) this.jump(link, missing, doubts);
    else {
      for (const doubt of doubts) inserted(this.findings, doubt, this.id);
      this.join(link);
    }
    this.advance(link, seal);
  }

  /** Lines that stand there in doubt are those that are missing; the others are gone, or come later. */
  private jump(link: Link, missing: number, doubts: readonly Doubt[]): void {
    this.settleRival();
    const { last } = this;
    for (const [index, doubt] of doubts.entries()) {
      if (index < missing) changed(this.findings, doubt, this.id, last.seq + 1 + index);
      else inserted(this.findings, doubt, this.id);
    }
    const from = last.seq + 1 + doubts.length;
    const to = link.seq - 1;
    if (from > to) return;
    const expected = `line ${from} of chain ${this.id}`;
    const found = `line ${link.seq}: ${to === from ? "1 line is" : `${to - from + 1} lines are`} missing before it`;
    const problem = this.findings.problem({ kind: "removed", ...link.place, chain: this.id, seq: from, expected, found });
    const prev = doubts.length === 0 ? last.hash : undefined;
    const tell = ({ seq, place }: Link) => {
      if (problem.kind === "reordered") return;
      problem.kind = "reordered";
      problem.found = `line ${link.seq}; line ${seq} stands at ${place.file}:${place.line}`;
    };
    this.gaps.add({ from, to, prev, found: tell });
  }

  private tellReordered({ seq, place }: Link, before: LinePlace): void {
    const expected = `line ${seq} before ${before.file}:${before.line}`;
    this.findings.problem({ kind: "reordered", ...place, chain: this.id, seq, expected, found: `line ${seq}` });
  }

  /** The number is right: the hash says which line it was sealed after. */
  private join(link: Link): void {
    const { rival, last } = this;
    if (link.prev === last.hash) return this.settleRival();
    if (rival?.last.seq === last.seq && rival.last.hash === link.prev) {
      const stranger = this.history.at(rival.first.seq) ?? last;
      this.branch(stranger);
      this.rival = undefined;
      return;
    }
    this.settleRival();
    this.mismatch(last, `the line with hash ${link.prev}, after which line ${link.seq} was sealed`, `hash ${last.hash}`);
  }

  private mismatch({ seq, place }: Link, expected: string, found: string): void {
    this.findings.problem({ kind: "changed", ...place, chain: this.id, seq, expected, found });
  }

  /** A number that was there before, or was passed by. */
  private late(link: Link, doubts: readonly Doubt[]): void {
    for (const doubt of doubts) inserted(this.findings, doubt, this.id);
    const { rival } = this;
    if (rival && link.seq === rival.last.seq + 1 && link.prev === rival.last.hash) rival.last = link;
    else if (this.gaps.fill(link)) this.lines += 1;
    else if (!rival && this.branchesOff(link)) this.rival = { first: link, last: link };
    else this.branch(link);
  }

  private branchesOff(link: Link): boolean {
    const here = this.history.at(link.seq);
    return here !== undefined && here.hash !== link.hash && here.prev === link.prev;
  }

  private settleRival(): void {
    if (this.rival) this.branch(this.rival.first);
    this.rival = undefined;
  }

  private branch({ seq, place }: Link): void {
    const expected = `each line of chain ${this.id} once`;
    this.findings.problem({ kind: "inserted", ...place, chain: this.id, seq, expected, found: `another line ${seq}` });
  }
}

function linkOf({ seq, hash, prev }: Seal, place: LinePlace): Link {
  return { seq, hash, prev, place };
}
