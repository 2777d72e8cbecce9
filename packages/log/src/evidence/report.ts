/** What is not as it was written. */
export type ProblemKind =
  /** A line whose content is not what was sealed. */
  | "changed"
  /** Lines that the chain has and the files have not. */
  | "removed"
  /** A line that is not of the chain, or a second time. */
  | "inserted"
  /** A line of the chain in another place than where it was written. */
  | "reordered"
  /** The files begin in the middle of a chain; a problem only with `fromStart`. */
  | "missing-head"
  /** The chain ends before the line that `last` names. */
  | "missing-tail"
  /** A signature that the key given did not make. */
  | "bad-signature"
  /** A signature by a key that was not given. */
  | "unknown-key"
  /** More lines without a checkpoint than there may be. */
  | "unsigned"
  /** No line carries a seal. */
  | "no-chain";

/** A line of a file, counting from 1. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/** One thing that is not as it should be. */
export interface Problem extends LinePlace {
  readonly kind: ProblemKind;
  readonly chain?: string;
  /** Sequence number in the chain that the line has or should have. */
  readonly seq?: number;
  readonly expected: string;
  readonly found: string;
}

/** Something to know that is no sign of tampering. */
export interface Note extends LinePlace {
  readonly kind: "torn" | "unsealed" | "missing-head" | "chain-begins" | "skipped";
  readonly text: string;
}

/** One chain, over all files. */
export interface ChainReport {
  readonly chain: string;
  readonly lines: number;
  readonly first: LinePlace & { readonly seq: number };
  /** What to note down elsewhere: a later check can ask for it with `last`. */
  readonly last: LinePlace & { readonly seq: number; readonly hash: string };
  readonly checkpoints: number;
  /** Last line that a signature vouches for; undefined without keys. */
  readonly signedTo?: number;
}

export interface VerifyReport {
  /** No problem, and every file could be read. */
  readonly intact: boolean;
  /** In the order in which they were read. */
  readonly files: readonly string[];
  readonly lines: number;
  readonly bytes: number;
  readonly chains: readonly ChainReport[];
  /** The first ones, in the order of the files; `problemCount` says how many there are. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly notes: readonly Note[];
  readonly noteCount: number;
  /** Files that could not be read to their end. */
  readonly unreadable: readonly { readonly file: string; readonly cause: string }[];
}
