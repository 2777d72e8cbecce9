import { treeSitter } from "../tree-sitter/parse.ts";

/** https://github.com/tree-sitter/tree-sitter-ruby */
export const grammar = treeSitter({
  grammar: "ruby",
  leaves: [
    "identifier",
    "constant",
    "instance_variable",
    "class_variable",
    "global_variable",
    "integer",
    "simple_symbol",
    "hash_key_symbol",
    "string_content",
    "heredoc_content",
    "heredoc_beginning",
    "heredoc_end",
    "escape_sequence",
    "self",
    "nil",
    "true",
    "false",
    "super",
  ],
  tokensOf: ["binary", "unary", "operator_assignment", "call", "range"],
});
