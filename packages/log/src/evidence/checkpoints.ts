import type { Seal } from "../contract.ts";
import type { Findings } from "./findings.ts";
import type { VerifyingKey } from "./keys.ts";
import type { LinePlace } from "./report.ts";

/** The signatures of one chain. */
export class Checkpoints {
  count = 0;
  /** Last line that a signature vouches for. */
  signedTo: number | undefined;
  private since = 0;
  private readonly keys: readonly VerifyingKey[];
  private readonly most: number;
  private readonly findings: Findings;

  /** `most`: lines that may follow one checkpoint before the next. */
  constructor(keys: readonly VerifyingKey[], most: number, findings: Findings) {
    this.keys = keys;
    this.most = most;
    this.findings = findings;
  }

  take(seal: Seal, place: LinePlace): void {
    if (seal.signature !== undefined) this.count += 1;
    if (this.keys.length === 0) return;
    if (seal.signature !== undefined && this.holds(seal, seal.signature, place)) {
      this.signedTo = seal.seq;
      this.since = 0;
      return;
    }
    this.since += 1;
    // Every run of a log begins with a checkpoint, so that a chain made by someone without the key shows at its first line.
    if (seal.seq === 1) this.unsigned(seal, place, "a checkpoint as the first line of a chain");
    else if (this.since === this.most) this.unsigned(seal, place, `a checkpoint at least every ${this.most} lines`);
  }

  private holds(seal: Seal, signature: string, place: LinePlace): boolean {
    if (this.keys.some((key) => key.verify(seal.hash, signature))) return true;
    const named = this.keys.some(({ id }) => id === seal.key);
    const kind = named ? "bad-signature" : "unknown-key";
    const expected = `a signature by ${this.keys.map(({ id }) => id).join(" or ")}`;
    const found = named ? "a signature that this key did not make" : `one by ${seal.key}`;
    this.findings.problem({ kind, ...place, chain: seal.chain, seq: seal.seq, expected, found });
    return false;
  }

  private unsigned(seal: Seal, place: LinePlace, expected: string): void {
    const found = this.signedTo === undefined ? "none so far" : `the last one at ${this.signedTo}`;
    this.findings.problem({ kind: "unsigned", ...place, chain: seal.chain, seq: seal.seq, expected, found });
  }
}
