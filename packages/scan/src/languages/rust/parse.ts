import { treeSitter } from "../tree-sitter/parse.ts";

export const grammar = treeSitter({
  grammar: "rust",
  comments: ["line_comment", "block_comment"],
  leaves: [
    "identifier",
    "field_identifier",
    "type_identifier",
    "shorthand_field_identifier",
    "primitive_type",
    "metavariable",
    "integer_literal",
    "float_literal",
    "char_literal",
    "boolean_literal",
    "string_content",
    "escape_sequence",
    "self",
    "super",
    "crate",
  ],
});
