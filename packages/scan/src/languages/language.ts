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
  /**
   * The source is the full name of a container; `declares` finds the names that a text declares (first group).
   * `namespace` finds the name that stands before all of them (first group: a package), where the language has such: a star
   * import brings in the containers below it. `heirs` finds a container (first group) and what it extends (second group).
   */
  | {
      readonly by: "name";
      readonly declares: RegExp;
      readonly namespace?: RegExp;
      readonly heirs?: RegExp;
      /** What a container has before it that stands in several files as one: they are read as one. */
      readonly partial?: RegExp;
      /** Imports that hold in all files of a package (first group: the source). */
      readonly everywhere?: RegExp;
      /** The full names that a text declares, where one expression cannot tell them (`declares` still says which lines do). */
      readonly names?: (text: string) => readonly string[];
    }
  /**
   * The language finds it itself. `finder` is made once a project and gives the paths that a source means in a file: none
   * for a package outside of it, several where a folder is one package (they are read as one file). `submodule` is the
   * source of a module inside another (`from app import views`), for names that the outer one does not define.
   */
  | {
      readonly by: "finder";
      readonly finder: (tree: LinkTree) => (from: string, source: string) => readonly string[];
      readonly submodule?: (source: string, name: string) => string;
      /** The source by which a file names the package that it is part of: there, containers of one name are one. */
      readonly own?: string;
      /** Types that have all methods of an interface, for languages in which they do not say so. */
      readonly implementers?: (tree: LinkTree) => (container: ContainerIR) => readonly { readonly path: string; readonly name: string }[];
    };

/** What a finder may look at. Paths are relative with forward slashes; manifests are those of `project/dependencies.ts`. */
export interface LinkTree {
  readonly paths: readonly string[];
  readonly manifests: readonly { readonly path: string; readonly text: string }[];
  /** The text of a path. */
  readonly text?: (path: string) => string | undefined;
}

/** What an error gives away where it becomes text, or a body that is written as JSON. */
export interface ErrorText {
  readonly text: "message" | "stack";
  readonly json: "nothing" | "message" | "stack";
  /** Its methods that give the stack beside the message. */
  readonly stackFrom?: readonly string[];
}

/** One folder a language: parsing, and lowering to the IR. Nothing else asks which language it reads. */
export interface Language {
  readonly id: string;
  /** With the dot. */
  readonly extensions: readonly string[];
  readonly linking: Linking;
  /** Loads what parsing needs (a grammar); called once before the first `parse`. */
  readonly load?: () => Promise<void>;
  /** What errors say as text and as JSON. Absent: their message as text, nothing as JSON. */
  readonly errorText?: ErrorText;
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
