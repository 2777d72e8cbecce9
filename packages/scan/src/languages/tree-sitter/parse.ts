import { readFile } from "node:fs/promises";
import { Language, Parser } from "web-tree-sitter";
import type { FileIR } from "../../ir/nodes.ts";
import type { ParseFailure } from "../language.ts";
import { copyTree, kindsOf, type Kinds, type TreeSpec } from "./copy.ts";
import type { SyntaxTree } from "./syntax.ts";

/** Above this share of text that the parser could not make sense of, what is left says nothing reliable. */
const TOO_MUCH_WRONG = 0.5;

export interface GrammarSpec extends TreeSpec {
  /** `python` stands for `grammars/tree-sitter-python.wasm`, which `scripts/copy-grammars.mjs` puts there. */
  readonly grammar: string;
}

export interface Grammar {
  /** Loads the grammar; must have ended before the first `parse`. Safe to call again. */
  readonly load: () => Promise<void>;
  /** Text → syntax tree, offsets in UTF-16 code units. Throws where the grammar was not loaded or the parser gives up. */
  readonly parse: (text: string) => SyntaxTree;
}

let runtime: Promise<void> | undefined;

/** A grammar of tree-sitter, loaded when a text of the language is to be read. */
export function treeSitter(spec: GrammarSpec): Grammar {
  let loading: Promise<void> | undefined;
  let loaded: { readonly parser: Parser; readonly kinds: Kinds } | undefined;
  const loadOnce = async (): Promise<void> => {
    await (runtime ??= Parser.init());
    const language = await Language.load(await readFile(fileOf(spec.grammar)));
    const parser = new Parser();
    parser.setLanguage(language);
    loaded = { parser, kinds: kindsOf(language, spec) };
  };
  return {
    load: () => (loading ??= loadOnce()),
    parse: (text) => {
      if (!loaded) throw new Error(`The grammar ${spec.grammar} is not loaded: call load() before parse()`);
      loaded.parser.reset();
      const tree = loaded.parser.parse(text);
      if (!tree) throw new Error("the parser gave up");
      const cursor = tree.walk();
      try {
        return copyTree(cursor, loaded.kinds);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

/** `Language.parse` of a grammar: lowers what could be parsed, and says what is wrong with the rest. Never throws. */
export function parseWith(
  grammar: Grammar,
  lower: (path: string, text: string, tree: SyntaxTree) => FileIR,
): (path: string, text: string) => FileIR | ParseFailure {
  return (path, text) => {
    try {
      const tree = grammar.parse(text);
      return failureOf(text, tree) ?? lower(path, text, tree);
    } catch (error) {
      return { message: `cannot be parsed: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
}

/** From `src/languages/tree-sitter` and from `dist/languages/tree-sitter` alike. */
function fileOf(grammar: string): URL {
  return new URL(`../../../grammars/tree-sitter-${grammar}.wasm`, import.meta.url);
}

function failureOf(text: string, tree: SyntaxTree): ParseFailure | undefined {
  const [first] = tree.wrong;
  if (!first) return undefined;
  const wrong = tree.wrong.reduce((sum, { start, end }) => sum + end - start, 0);
  if (wrong <= text.length * TOO_MUCH_WRONG) return undefined;
  const line = text.slice(0, first.start).split("\n").length;
  return { message: `syntax error near line ${line}`, offset: first.start };
}
