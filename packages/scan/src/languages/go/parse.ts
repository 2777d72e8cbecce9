import { treeSitter } from "../tree-sitter/parse.ts";

export const grammar = treeSitter({
  grammar: "go",
  leaves: [
    "identifier",
    "field_identifier",
    "package_identifier",
    "type_identifier",
    "label_name",
    "blank_identifier",
    "dot",
    "int_literal",
    "float_literal",
    "imaginary_literal",
    "rune_literal",
    "interpreted_string_literal_content",
    "raw_string_literal_content",
    "escape_sequence",
    "true",
    "false",
    "nil",
    "iota",
  ],
});
