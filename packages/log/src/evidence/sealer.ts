import { randomBytes } from "node:crypto";
import type { Format, Seal } from "../contract.ts";
import { anything, between, must, oneOf, options, whole } from "../checks.ts";
import { SetupError } from "../errors.ts";
import type { KeyInput, SigningKey } from "./keys.ts";
import { signingKey } from "./keys.ts";
import { beforeTheFirst, keyForm, readSealed, sealHash } from "./seal.ts";
import type { Sealed } from "./seal.ts";

/** `chain` of an output. */
export interface ChainOptions {
  /** Ed25519 private key (PEM or KeyObject) that signs checkpoints. Default: none, so that whoever may write the file can rewrite it whole. */
  readonly signWith?: KeyInput;
  /** Name of the key on the wire. Default: the first 16 hex digits of SHA-256 over the public key. */
  readonly keyId?: string;
  /** A checkpoint after so many lines or seconds, whatever comes first. Default: 1000 lines, 60 seconds. */
  readonly checkpointEvery?: { readonly lines?: number; readonly seconds?: number };
  /**
   * What to do where the last line of the file fails its own check. Default: `begin-new`, so that a log that was tampered with cannot
   * keep the application from starting; `beginning()` then says so. `refuse` throws a SetupError.
   */
  readonly onBroken?: "begin-new" | "refuse";
}

export interface SealerParts {
  /** Path of the option in messages. */
  readonly field: string;
  /** Format of the lines to come. */
  readonly format: Format;
  /** Formats that the file may hold from before. Default: `format` alone. */
  readonly readers?: readonly Format[];
  /**
   * Asked for a line, whatever it says, when no checkpoint was written for `checkpointEvery.seconds`: an idle log that was cut off
   * shows by the checkpoints it lacks. Only where there is a key.
   */
  readonly heartbeat?: () => void;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
}

/** How the chain of this run began. */
export interface Beginning {
  readonly kind: "new" | "continued" | "begun-anew";
  readonly chain: string;
  /** Where it was continued: the last line before. */
  readonly after?: { readonly seq: number; readonly hash: string };
  /** Where it could not be continued: why, and what the last line claims to be. */
  readonly problem?: string;
  readonly broken?: { readonly file: string; readonly chain: string; readonly seq: number };
}

/** Seals lines, one after another, at the moment they are written. */
export interface Sealer {
  readonly format: Format;
  /** Continues where the newest of these lines stopped. They come newest first. Throws BROKEN_CHAIN with `onBroken: "refuse"`. */
  readonly resume: (lines: Iterable<string>, file: string) => void;
  /** Whether a line is sealed and is as it was sealed. */
  readonly isSound: (line: string) => boolean;
  readonly seal: (line: string) => string;
  /** Takes the last `seal` back: its line was not written. Once per `seal`. */
  readonly undo: () => void;
  /** Makes the next line a checkpoint; for the last line of a run. */
  readonly signNext: () => void;
  /** Undefined before the first of `resume` and `seal`. */
  readonly beginning: () => Beginning | undefined;
  readonly close: () => void;
}

interface State {
  readonly seq: number;
  readonly prev: string;
  /** Lines and time since the last checkpoint. */
  readonly unsigned: number;
  readonly signedAt: number;
}

/** Throws SetupError: BAD_OPTION for a key that is none. */
export function createSealer(chain: ChainOptions, parts: SealerParts): Sealer {
  checkChainOptions(chain, parts.field);
  return new ChainSealer(chain, parts);
}

class ChainSealer implements Sealer {
  readonly format: Format;
  private readonly parts: SealerParts;
  private readonly refuses: boolean;
  private readonly key: SigningKey | undefined;
  private readonly everyLines: number;
  private readonly everyMs: number;
  private readonly now: () => number;
  private readonly timer: NodeJS.Timeout | undefined;
  private began: Beginning | undefined;
  private chain = randomBytes(8).toString("hex");
  /** The first line of a run is a checkpoint: it anchors what was written before. */
  private state: State = { seq: 0, prev: beforeTheFirst, unsigned: Infinity, signedAt: -Infinity };
  private before: State = this.state;

  constructor(options: ChainOptions, parts: SealerParts) {
    this.parts = parts;
    this.format = parts.format;
    this.refuses = options.onBroken === "refuse";
    this.now = parts.now ?? (() => performance.now());
    this.key = options.signWith === undefined ? undefined : signingKey(options.signWith, `${parts.field}.signWith`, options.keyId);
    this.everyLines = options.checkpointEvery?.lines ?? 1000;
    this.everyMs = (options.checkpointEvery?.seconds ?? 60) * 1000;
    if (this.key && parts.heartbeat) this.timer = setInterval(() => this.beat(), this.everyMs / 4).unref();
  }

  readonly resume = (lines: Iterable<string>, file: string): void => {
    const last = lastSealed(lines, this.parts.readers ?? [this.format]);
    if (last === undefined) this.began = { kind: "new", chain: this.chain };
    else if (last.fault === undefined) this.continueAfter(last.seal);
    else this.broken(last, file);
  };

  readonly isSound = (line: string): boolean => {
    const sealed = readSealed(line, this.parts.readers ?? [this.format]);
    return sealed !== undefined && sealed.fault === undefined;
  };

  private continueAfter(seal: Seal): void {
    this.chain = seal.chain;
    this.state = { ...this.state, seq: seal.seq, prev: seal.hash };
    this.began = { kind: "continued", chain: seal.chain, after: { seq: seal.seq, hash: seal.hash } };
  }

  private broken({ seal, fault = "" }: Sealed, file: string): void {
    const problem = `of the last line, ${fault}`;
    if (this.refuses) throw new SetupError("BROKEN_CHAIN", { field: this.parts.field, given: file, problem });
    this.began = { kind: "begun-anew", chain: this.chain, problem, broken: { file, chain: String(seal.chain), seq: Number(seal.seq) } };
  }

  readonly seal = (line: string): string => {
    this.began ??= { kind: "new", chain: this.chain };
    const { prev, unsigned, signedAt } = (this.before = this.state);
    const { key, chain } = this;
    const seq = this.before.seq + 1;
    const now = key ? this.now() : 0;
    if (key && (unsigned + 1 >= this.everyLines || now - signedAt >= this.everyMs)) {
      const place = { chain, seq, prev, key: key.id };
      const hash = sealHash(place, line);
      this.state = { seq, prev: hash, unsigned: 0, signedAt: now };
      return this.format.seal(line, { ...place, hash, signature: key.sign(hash) });
    }
    const place = { chain, seq, prev };
    const hash = sealHash(place, line);
    this.state = { seq, prev: hash, unsigned: unsigned + 1, signedAt };
    return this.format.seal(line, { chain, seq, prev, hash });
  };

  readonly undo = (): void => {
    this.state = this.before;
  };

  readonly signNext = (): void => {
    this.state = { ...this.state, unsigned: Infinity };
  };

  readonly beginning = (): Beginning | undefined => this.began;

  readonly close = (): void => clearInterval(this.timer);

  private beat(): void {
    if (this.now() - this.state.signedAt < this.everyMs) return;
    this.signNext();
    this.parts.heartbeat?.();
  }
}

/** Lines without a seal (from before there was a chain, or torn) are passed over. */
function lastSealed(lines: Iterable<string>, readers: readonly Format[]): Sealed | undefined {
  for (const line of lines) {
    const sealed = readSealed(line, readers);
    if (sealed) return sealed;
  }
  return undefined;
}

const checkChainOptions = options({
  // Read by keys.ts, which says what is wrong with a key.
  signWith: anything,
  keyId: must((value) => typeof value === "string" && keyForm.test(value), "1 to 64 of A-Z a-z 0-9 . _ : -"),
  checkpointEvery: options({ lines: whole(1, 1_000_000), seconds: between(1, 86_400) }),
  onBroken: oneOf("begin-new", "refuse"),
});
