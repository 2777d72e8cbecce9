import type { SyntaxNode, SyntaxTree } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import type { Style } from "../../style/style.ts";
import type { Spot } from "../writer.ts";

/** A file that is written into. */
export interface Page {
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly style: Style;
}

/** A statement with what it stands in, the outermost first. */
export interface Slot {
  readonly node: SyntaxNode;
  readonly around: readonly SyntaxNode[];
}

/** What makes a statement one of a row that starts its own line. */
export interface Opened {
  readonly edits: readonly Edit[];
  /** Its indentation then. */
  readonly indent: string;
  /** What closes what was opened stands behind the statement. */
  readonly closing?: readonly Edit[];
}

/** How a language writes a choice as statements. */
export interface Choosing {
  /** Node types of expressions that choose between two. */
  readonly types: ReadonlySet<string>;
  /** Condition, value where it holds, value where it does not: places among the children. */
  readonly order: readonly [number, number, number];
  readonly head: (condition: string) => string;
  readonly close: string;
  readonly end: string;
}

/** What tells the statements of a language from other syntax: node types of its grammar. */
export interface TreeSpec {
  /** Nodes whose children are statements in a row. */
  readonly rows: ReadonlySet<string>;
  /** Children of those that are no statements. */
  readonly labels?: ReadonlySet<string>;
  /** Statements with a head that decides which of their blocks runs. */
  readonly compound: ReadonlySet<string>;
  /** Branches for what was thrown. */
  readonly catches: ReadonlySet<string>;
  /** Functions, methods and closures that have a block. */
  readonly functions: ReadonlySet<string>;
  /** Statements that leave the function with a value or an error. */
  readonly leaves: ReadonlySet<string>;
  /** Why nothing can stand before a node although its statement could be found: an operator or closure decides. */
  readonly barrier: (node: SyntaxNode, parent: SyntaxNode) => string | undefined;
  /** Gives a node a line of its own where it is none of a row, or does not start its line. */
  readonly open: (page: Page, slot: Slot) => Opened | undefined;
  /** Whether a node that is no child of a row is a statement all the same: the `return x;` of `if (a) return x;`. */
  readonly isBare?: (node: SyntaxNode, parent: SyntaxNode, around?: readonly SyntaxNode[]) => boolean;
  /** Whether a bare node is the value of a closure, and no statement: what it does cannot be followed by a line. */
  readonly isValue?: (slot: Slot) => boolean;
  /** Functions that only make or send an answer, whatever their names say. */
  readonly plain: RegExp;
  /** A value is kept under a name: `result = x`; undefined where the language cannot say it without its type, and nothing there says that. */
  readonly keep?: (name: string, value: string, slot: Slot, text: string) => string | undefined;
  /** The expression whose value a statement leaves with, or is; undefined where there is none or are several. */
  readonly valueOf: (node: SyntaxNode, slot: Slot, text: string) => SyntaxNode | undefined;
  /** A name as the language writes it: `$result`. */
  readonly nameOf?: (name: string) => string;
  /** A refusal that a call decides by itself is written out: gives the edits around a line, or undefined. */
  readonly decide?: (page: Page, slot: Slot, spot: Spot) => ((line: string) => readonly Edit[]) | undefined;
  /** Functions are made of closures in closures: one that the parser reads is written into, whatever stands beside it. */
  readonly nests?: true;
  /** Returns of a choice between two values. */
  readonly choosing?: Choosing;
  /** What is refused leaves the function at once (`?`, `return Err(…)`): what comes to the answer went well, whichever branch it took. */
  readonly refusalsLeave?: true;
  /** A branch or answer that tells of an error, beyond `catches`. */
  readonly saysError?: (slot: Slot, text: string) => boolean;
}
