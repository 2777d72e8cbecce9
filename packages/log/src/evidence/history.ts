import type { LinePlace } from "./report.ts";

/** A line of a chain that was read. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
  readonly prev: string;
  readonly place: LinePlace;
}

const size = 1024;

/** The last 1024 lines of a chain by their numbers, to tell where a second line of the same number branches off. */
export class History {
  private readonly links: (Link | undefined)[] = [];

  add(link: Link): void {
    this.links[link.seq % size] = link;
  }

  at(seq: number): Link | undefined {
    const link = this.links[seq % size];
    return link?.seq === seq ? link : undefined;
  }
}

/** Numbers that are missing so far, both included, and what stands on either side. */
interface Gap {
  from: number;
  readonly to: number;
  /** What the line `from` was sealed after. */
  prev: string | undefined;
  /** Tells that a line of it stands elsewhere. */
  readonly found: (link: Link) => void;
}

/** Holes in a chain: lines that come late fill them. */
export class Gaps {
  private open: Gap[] = [];

  add(gap: Gap): void {
    // A hostile file can open more holes than it is worth remembering; what is forgotten is then called inserted instead of reordered.
    if (this.open.length < 10_000) this.open.push(gap);
  }

  /** Takes a line that belongs into a hole out of it. False where it does not. */
  fill(link: Link): boolean {
    const gap = this.open.find(({ from, to }) => link.seq >= from && link.seq <= to);
    if (!gap) return false;
    if (link.seq === gap.from && gap.prev !== undefined && gap.prev !== link.prev) return false;
    gap.found(link);
    this.shrink(gap, link);
    return true;
  }

  private shrink(gap: Gap, { seq, hash }: Link): void {
    const after: Gap = { ...gap, from: seq + 1, prev: hash };
    if (seq === gap.from) Object.assign(gap, { from: seq + 1, prev: hash });
    else this.open = [...this.open.filter((one) => one !== gap), { ...gap, to: seq - 1 }, after];
    this.open = this.open.filter(({ from, to }) => from <= to);
  }
}
