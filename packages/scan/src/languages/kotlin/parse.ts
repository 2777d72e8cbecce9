import { treeSitter } from "../tree-sitter/parse.ts";
import type { SyntaxTree } from "../tree-sitter/syntax.ts";

const plain = treeSitter({
  grammar: "kotlin",
  comments: ["line_comment", "block_comment", "multiline_comment"],
  leaves: ["identifier", "string_content", "character_literal", "escape_sequence"],
});

/**
 * A call of `get` behind a property on the line before: the grammar takes it for the getter of the property, and gives up
 * on the file. `get()` may be one and is left alone.
 */
const CALLED_GET = /(\n[ \t]*)[ \t](get[ \t]*(?:<|\{|\([ \t]*[^)\s]))/g;

/** Reads once more, with the call set off by a semicolon in place of a space, where the first reading went wrong. */
export const grammar: typeof plain = {
  load: plain.load,
  parse: (text) => {
    const tree = plain.parse(text);
    if (tree.wrong.length === 0) return tree;
    const apart = text.replace(CALLED_GET, "$1;$2");
    if (apart === text) return tree;
    const again = plain.parse(apart);
    return wrongIn(again) < wrongIn(tree) ? again : tree;
  },
};

const wrongIn = (tree: SyntaxTree): number => tree.wrong.reduce((sum, { start, end }) => sum + end - start, 0);
