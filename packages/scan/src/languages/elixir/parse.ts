import { treeSitter } from "../tree-sitter/parse.ts";

export const grammar = treeSitter({
  grammar: "elixir",
  leaves: [
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
  ],
  tokensOf: ["binary_operator", "unary_operator"],
  fields: false,
});
