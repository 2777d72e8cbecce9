import { readFile } from "node:fs/promises";
import { Language, Parser } from "web-tree-sitter";
import type { TreeCursor } from "web-tree-sitter";
import type { Span } from "../../ir/nodes.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax.ts";

/** From `src/languages/elixir` and from `dist/languages/elixir` alike. */
const GRAMMAR = new URL("../../../grammars/tree-sitter-elixir.wasm", import.meta.url);

/** Nodes below this depth are dropped: lowering is recursive, and nobody writes such code by hand. */
const DEEPEST = 500;

/** Rules without named children: the cursor need not look for them. */
const LEAVES = new Set([
  "identifier",
  "alias",
  "integer",
  "float",
  "char",
  "boolean",
  "nil",
  "atom",
  "keyword",
  "quoted_content",
  "escape_sequence",
  "sigil_name",
  "sigil_modifiers",
  "operator_identifier",
]);
const WITH_OPERATOR = new Set(["binary_operator", "unary_operator"]);

interface Grammar {
  readonly parser: Parser;
  /** By type id. */
  readonly types: readonly Kind[];
}
interface Kind {
  readonly name: string;
  readonly named: boolean;
  readonly leaf: boolean;
}
interface Building {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  op: string;
  readonly children: Building[];
}

let grammar: Grammar | undefined;

/** Loads the grammar; must have ended before the first `parseSyntax`. Safe to call again. */
export async function loadGrammar(): Promise<void> {
  if (grammar) return;
  await Parser.init();
  const language = await Language.load(await readFile(GRAMMAR));
  const parser = new Parser();
  parser.setLanguage(language);
  grammar = { parser, types: kindsOf(language) };
}

/** Text → syntax tree, offsets in UTF-16 code units. Throws where the grammar was not loaded or the parser gives up. */
export function parseSyntax(text: string): SyntaxTree {
  if (!grammar) throw new Error("The Elixir grammar is not loaded: call load() before parse()");
  grammar.parser.reset();
  const tree = grammar.parser.parse(text);
  if (!tree) throw new Error("the parser gave up");
  const cursor = tree.walk();
  try {
    return new Copy(cursor, grammar.types).run();
  } finally {
    cursor.delete();
    tree.delete();
  }
}

function kindsOf(language: Language): Kind[] {
  return language.types.map((name, id) => ({
    name,
    named: language.nodeTypeIsNamed(id),
    leaf: LEAVES.has(name),
  }));
}

const ERROR_KIND: Kind = { name: "ERROR", named: true, leaf: false };

/** One pass with a cursor: every question to a node crosses into WebAssembly, so each is asked once. */
class Copy {
  readonly comments: Span[] = [];
  readonly wrong: Span[] = [];
  private readonly open: Building[] = [];
  private root: Building | undefined;
  private within = 0;
  private readonly cursor: TreeCursor;
  private readonly kinds: readonly Kind[];

  constructor(cursor: TreeCursor, kinds: readonly Kind[]) {
    this.cursor = cursor;
    this.kinds = kinds;
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
    const kind = this.kinds[this.cursor.nodeTypeId] ?? ERROR_KIND;
    const parent = this.open.at(-1);
    if (!kind.named) {
      if (parent?.op === "" && WITH_OPERATOR.has(parent.type) && kind.name !== "(" && kind.name !== ")") parent.op = kind.name;
      return false;
    }
    const { startIndex: start, endIndex: end } = this.cursor;
    if (kind.name === "comment") {
      this.comments.push({ start, end });
      return false;
    }
    const node: Building = { type: kind.name, start, end, op: "", children: [] };
    this.root ??= node;
    parent?.children.push(node);
    if (kind === ERROR_KIND && this.within === 0) this.wrong.push({ start, end });
    if (kind.leaf || this.open.length >= DEEPEST || !this.cursor.gotoFirstChild()) return false;
    if (kind === ERROR_KIND) this.within += 1;
    this.open.push(node);
    return true;
  }

  private leave(): boolean {
    if (!this.cursor.gotoParent()) return false;
    if (this.open.pop()?.type === ERROR_KIND.name) this.within -= 1;
    return true;
  }
}
