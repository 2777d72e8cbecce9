import { treeSitter } from "../tree-sitter/parse.ts";

export const grammar = treeSitter({
  grammar: "kotlin",
  comments: ["line_comment", "block_comment", "multiline_comment"],
  leaves: ["identifier", "string_content", "character_literal", "escape_sequence"],
});
