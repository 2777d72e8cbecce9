import type { Language, TreeCursor } from "web-tree-sitter";
import type { Span } from "../../ir/nodes.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax.ts";

/** Nodes below this depth are dropped: lowering is recursive, and nobody writes such code by hand. */
const DEEPEST = 500;

/** Brackets and separators: every node has them, and they say nothing that its type does not. */
const PUNCTUATION: ReadonlySet<string> = new Set(["(", ")", "[", "]", "{", "}", ",", ";", ".", ":", "\n", ""]);

/** What a language wants to know of its tree. */
export interface TreeSpec {
  /** Rules without named children: the cursor need not look for them. They still may have tokens, which are not read. */
  readonly leaves?: readonly string[];
  /** Rules of comments. Default: `comment`. */
  readonly comments?: readonly string[];
  /** Unnamed nodes that stand among the children as if they were named: `this` of some grammars. */
  readonly keep?: readonly string[];
  /** Rules whose tokens are kept. Default: all. */
  readonly tokensOf?: readonly string[];
  /** Whether the names of fields are asked for. Default: true. */
  readonly fields?: boolean;
}

export interface Kinds {
  /** By type id. */
  readonly types: readonly Kind[];
  /** By field id; undefined where nobody asks for fields. */
  readonly fields: readonly (string | null)[] | undefined;
}
interface Kind {
  readonly name: string;
  readonly sort: "node" | "leaf" | "comment" | "token" | "nothing";
  readonly tokens: boolean;
}
interface Building {
  readonly type: string;
  readonly field: string;
  readonly start: number;
  readonly end: number;
  op: string;
  tokens: readonly string[];
  readonly children: Building[];
}

const ERROR_KIND: Kind = { name: "ERROR", sort: "node", tokens: true };
const NO_TOKENS: readonly string[] = [];

/** What is known of the rules of a grammar, asked once. */
export function kindsOf(language: Language, spec: TreeSpec): Kinds {
  const leaves = new Set(spec.leaves);
  const comments = new Set(spec.comments ?? ["comment"]);
  const keep = new Set(spec.keep);
  const tokensOf = spec.tokensOf && new Set(spec.tokensOf);
  const types = language.types.map((name, id): Kind => {
    const tokens = tokensOf?.has(name) ?? true;
    if (!language.nodeTypeIsNamed(id) && !keep.has(name)) return { name, sort: PUNCTUATION.has(name) ? "nothing" : "token", tokens };
    return { name, sort: comments.has(name) ? "comment" : leaves.has(name) ? "leaf" : "node", tokens };
  });
  return { types, fields: spec.fields === false ? undefined : language.fields };
}

/** The tree under a cursor as plain objects: every question to a node crosses into WebAssembly, so each is asked once. */
export function copyTree(cursor: TreeCursor, kinds: Kinds): SyntaxTree {
  return new Copy(cursor, kinds).run();
}

class Copy {
  private readonly comments: Span[] = [];
  private readonly wrong: Span[] = [];
  private readonly open: Building[] = [];
  private root: Building | undefined;
  /** Whether the tokens of the open nodes are wanted. */
  private readonly wanted: boolean[] = [];
  private within = 0;
  private readonly cursor: TreeCursor;
  private readonly types: readonly Kind[];
  private readonly fields: readonly (string | null)[] | undefined;

  constructor(cursor: TreeCursor, { types, fields }: Kinds) {
    this.cursor = cursor;
    this.types = types;
    this.fields = fields;
  }

  run(): SyntaxTree {
    for (;;) {
      if (this.enter()) continue;
      while (!this.cursor.gotoNextSibling()) {
        if (!this.leave()) return { root: this.root as SyntaxNode, comments: this.comments, wrong: this.wrong };
      }
    }
  }

  /** Copies the node under the cursor; true where the cursor went down to its first child. */
  private enter(): boolean {
    const { cursor } = this;
    const kind = this.types[cursor.nodeTypeId] ?? ERROR_KIND;
    const parent = this.open.at(-1);
    if (kind.sort === "nothing" || kind.sort === "token") {
      if (kind.sort === "token" && parent !== undefined) this.token(kind.name, parent);
      return false;
    }
    const { startIndex: start, endIndex: end } = cursor;
    if (kind.sort === "comment") {
      this.comments.push({ start, end });
      return false;
    }
    const field = this.fields === undefined ? "" : (this.fields[cursor.currentFieldId] ?? "");
    const node: Building = { type: kind.name, field, start, end, op: "", tokens: NO_TOKENS, children: [] };
    this.root ??= node;
    parent?.children.push(node);
    if (kind === ERROR_KIND && this.within === 0) this.wrong.push({ start, end });
    if (kind.sort === "leaf" || this.open.length >= DEEPEST || !cursor.gotoFirstChild()) return false;
    if (kind === ERROR_KIND) this.within += 1;
    this.open.push(node);
    this.wanted.push(kind.tokens);
    return true;
  }

  private token(name: string, parent: Building): void {
    if (this.wanted.at(-1) !== true) return;
    if (parent.op === "") parent.op = name;
    parent.tokens = [...parent.tokens, name];
  }

  private leave(): boolean {
    if (!this.cursor.gotoParent()) return false;
    this.wanted.pop();
    if (this.open.pop()?.type === ERROR_KIND.name) this.within -= 1;
    return true;
  }
}
