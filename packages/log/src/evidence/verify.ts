import { isUtf8 } from "node:buffer";
import { realpathSync } from "node:fs";
import type { Format } from "../contract.ts";
import { Chain } from "./chain.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Doubts, torn, unplaced } from "./doubts.ts";
import { Findings } from "./findings.ts";
import { verifyingKey } from "./keys.ts";
import type { KeyInput, VerifyingKey } from "./keys.ts";
import { forEachLine } from "./lines.ts";
import type { RawLine } from "./lines.ts";
import { inOrder } from "./order.ts";
import type { LinePlace, VerifyReport } from "./report.ts";
import { readSealed } from "./seal.ts";
import type { Sealed } from "./seal.ts";
import { isTorn } from "./torn.ts";

export interface VerifyOptions {
  /** Formats to look for seals with; each line may be of another. */
  readonly formats: readonly Format[];
  /** Ed25519 public keys. Default: none, and signatures are counted, not checked. */
  readonly publicKeys?: readonly KeyInput[];
  /** Lines from one checkpoint to the next at most; checked with keys only. Default: 1000, as the log has it. */
  readonly checkpointEvery?: number;
  /** A chain whose beginning is not in the files is a problem. Default: false, as old files are deleted. */
  readonly fromStart?: boolean;
  /** Lines without a seal are none: for a stream that others write to as well. Default: false. */
  readonly allowUnsealed?: boolean;
  /** A line known from elsewhere that must be there, at this hash. */
  readonly last?: { readonly seq: number; readonly hash: string };
  /** Told every few thousand lines how many bytes were read. */
  readonly onProgress?: (bytes: number) => void;
}

/** Lines between two calls of `onProgress`; a power of two. */
const progressEvery = 4096;

/**
 * Reads files, plain or gzip, in whatever order they are given, and follows the chains in them. Memory does not grow with the files.
 * Never rejects for what is in a file; throws SetupError for a key that is none.
 */
export async function verifyFiles(paths: readonly string[], options: VerifyOptions): Promise<VerifyReport> {
  const keys = (options.publicKeys ?? []).map((key) => verifyingKey(key, "publicKey"));
  const { files, skipped } = distinct(paths);
  const sorted = await inOrder(files, options.formats);
  const reading = new Reading(sorted, options, keys);
  for (const file of skipped) reading.findings.note({ kind: "skipped", file, line: 1, text: "is given unpacked too" });
  for (const file of sorted) await reading.file(file);
  return reading.report();
}

/** A file of chains of one line each must not take all memory. */
const mostChains = 10_000;

class Reading {
  readonly findings: Findings;
  private lines = 0;
  private bytes = 0;
  private lastSeen = false;
  private formats: readonly Format[];
  private readonly files: readonly string[];
  private readonly options: VerifyOptions;
  private readonly keys: readonly VerifyingKey[];
  private readonly doubts: Doubts;
  private readonly chains = new Map<string, Chain>();
  private readonly unreadable: { readonly file: string; readonly cause: string }[] = [];

  constructor(files: readonly string[], options: VerifyOptions, keys: readonly VerifyingKey[]) {
    const order = new Map(files.map((file, index) => [file, index]));
    this.findings = new Findings((file) => order.get(file) ?? files.length);
    this.doubts = new Doubts();
    this.files = files;
    this.options = options;
    this.formats = options.formats;
    this.keys = keys;
  }

  async file(file: string): Promise<void> {
    try {
      await forEachLine(file, (line) => this.line(file, line));
    } catch (error) {
      this.unreadable.push({ file, cause: causeOf(error) });
    }
  }

  private line(file: string, { number, bytes, ended }: RawLine): void {
    this.lines += 1;
    this.bytes += bytes === undefined ? 0 : bytes.length + 1;
    if (this.lines % progressEvery === 0) this.options.onProgress?.(this.bytes);
    if (bytes?.length === 0) return;
    const place = { file, line: number };
    const sealed = bytes && this.read(bytes);
    if (sealed && sealed.fault === undefined) this.sound(sealed, place);
    else if (bytes && isTorn(bytes)) torn(this.findings, place);
    else if (sealed) this.doubts.add({ place, fault: sealed.fault ?? "", claims: sealed.seal, unfinished: !ended });
    else if (!this.options.allowUnsealed || !ended) this.doubts.add({ place, fault: unsealedFault(bytes), unfinished: !ended });
  }

  /** Bytes that are no text would be read as if they were another, and so their change go unseen. */
  private read(bytes: Buffer): Sealed | undefined {
    const sealed = readSealed(bytes.toString(), this.formats);
    if (!sealed) return undefined;
    // The format that fitted is tried first on the next line.
    if (sealed.format !== this.formats[0]) this.formats = [sealed.format, ...this.formats.filter((one) => one !== sealed.format)];
    return isUtf8(bytes) ? sealed : { ...sealed, fault: "it holds bytes that are not UTF-8" };
  }

  private sound({ seal }: Sealed, place: LinePlace): void {
    const { last, fromStart = false, checkpointEvery = 1000 } = this.options;
    if (last && seal.seq === last.seq && seal.hash === last.hash) this.lastSeen = true;
    const chain = this.chains.get(seal.chain);
    if (chain === undefined && this.chains.size >= mostChains) {
      return this.doubts.add({ place, fault: "one chain more than can be followed", unfinished: false });
    }
    const doubts = this.doubts.of(seal.chain, (id) => this.chains.has(id));
    if (chain) return chain.take(seal, place, doubts);
    const checkpoints = new Checkpoints(this.keys, checkpointEvery, this.findings);
    if (this.chains.size > 0) this.findings.note({ kind: "chain-begins", ...place, text: `chain ${seal.chain} begins` });
    this.chains.set(seal.chain, new Chain(seal, place, doubts, this.findings, checkpoints, fromStart));
  }

  report(): VerifyReport {
    this.finish();
    const { findings, unreadable } = this;
    return {
      intact: findings.problemCount === 0 && unreadable.length === 0,
      files: this.files,
      lines: this.lines,
      bytes: this.bytes,
      chains: [...this.chains.values()].map((chain) => chain.report()),
      problems: findings.problems(),
      problemCount: findings.problemCount,
      notes: findings.notes(),
      noteCount: findings.noteCount,
      unreadable,
    };
  }

  private finish(): void {
    for (const chain of this.chains.values()) chain.end();
    const { list, more } = this.doubts.rest();
    if (this.chains.size === 0 && list.every(({ claims }) => !claims)) this.noChain();
    else {
      for (const doubt of list) unplaced(this.findings, doubt);
      this.findings.count(more);
    }
    if (this.options.last && !this.lastSeen) this.missingTail(this.options.last);
  }

  private noChain(): void {
    const [file] = this.files;
    // Of a file that could not be read, that is said already.
    if (file === undefined || this.unreadable.length > 0) return;
    this.findings.problem({ kind: "no-chain", file, line: 1, expected: "lines with a seal", found: `none in ${this.lines} lines` });
  }

  private missingTail({ seq, hash }: { readonly seq: number; readonly hash: string }): void {
    const reports = [...this.chains.values()].map((chain) => chain.report().last);
    const end = reports.at(-1) ?? { file: this.files.at(-1) ?? "", line: 1, seq: 0 };
    const found = `the chain ends at ${end.seq}`;
    const { file, line } = end;
    if (reports.some((last) => last.seq >= seq)) {
      this.findings.problem({ kind: "changed", file, line, seq, expected: `line ${seq} with hash ${hash}`, found: "another hash there" });
    } else this.findings.problem({ kind: "missing-tail", file, line, seq, expected: `line ${seq} with hash ${hash}`, found });
  }
}

function unsealedFault(bytes: Buffer | undefined): string {
  return bytes === undefined ? "a line too long to be read" : "a line without a seal, or with one that cannot be read";
}

function causeOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (/^[A-Z0-9]+: ([^,]+), /.exec(text)?.[1] ?? text).split("\n")[0]!;
}

/** Each file once; `x.gz` is left out where `x` is given: the process stopped between packing and deleting. */
function distinct(paths: readonly string[]): { readonly files: readonly string[]; readonly skipped: readonly string[] } {
  const once = new Map<string, string>();
  for (const path of paths) {
    const real = realPath(path);
    if (!once.has(real)) once.set(real, path);
  }
  const isTwice = (real: string) => real.endsWith(".gz") && once.has(real.slice(0, -3));
  const files = [...once].filter(([real]) => !isTwice(real)).map(([, path]) => path);
  return { files, skipped: [...once].filter(([real]) => isTwice(real)).map(([, path]) => path) };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
