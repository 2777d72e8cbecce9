import type { ContainerIR, Expr, FileIR, ImportIR, Mixin } from "../ir/nodes.ts";

/** Why a text could not be lowered. `offset` is where the parser gave up. */
export interface ParseFailure {
  readonly message: string;
  readonly offset?: number;
}

/** How the source of an import is found. */
export type Linking =
  /** The source is a path or package name, resolved as the platform does. */
  | { readonly by: "path" }
  /** The source is the full name of a container; `declares` finds the names that a text declares (first group). */
  | { readonly by: "name"; readonly declares: RegExp };

/** One folder a language: parsing, and lowering to the IR. Nothing else asks which language it reads. */
export interface Language {
  readonly id: string;
  /** With the dot. */
  readonly extensions: readonly string[];
  readonly linking: Linking;
  /** Loads what parsing needs (a grammar); called once before the first `parse`. */
  readonly load?: () => Promise<void>;
  /** Text → IR. Never throws: what cannot be parsed is a failure with a message for people. */
  readonly parse: (path: string, text: string) => FileIR | ParseFailure;
  /**
   * Names that a mixin brings in. `mixin` is the container that is mixed in, `args` what it was given.
   * The answer are imports that hold in the container that mixes it in. Absent: none.
   */
  readonly mixedIn?: (
    mixin: ContainerIR,
    args: readonly Expr[],
  ) => {
    readonly imports: readonly ImportIR[];
    readonly mixins: readonly Mixin[];
  };
}

export function isFailure(result: FileIR | ParseFailure): result is ParseFailure {
  return !("functions" in result);
}
