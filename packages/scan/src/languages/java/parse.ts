import { treeSitter } from "../tree-sitter/parse.ts";

export const grammar = treeSitter({
  grammar: "java",
  comments: ["line_comment", "block_comment"],
  leaves: [
    "identifier",
    "type_identifier",
    "this",
    "super",
    "asterisk",
    "null_literal",
    "true",
    "false",
    "void_type",
    "character_literal",
    "decimal_integer_literal",
    "hex_integer_literal",
    "octal_integer_literal",
    "binary_integer_literal",
    "decimal_floating_point_literal",
    "hex_floating_point_literal",
    "string_fragment",
    "multiline_string_fragment",
    "escape_sequence",
  ],
});
