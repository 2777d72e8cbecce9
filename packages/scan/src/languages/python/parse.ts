import { treeSitter } from "../tree-sitter/parse.ts";

/** https://github.com/tree-sitter/tree-sitter-python */
export const grammar = treeSitter({
  grammar: "python",
  leaves: ["identifier", "integer", "float", "true", "false", "none", "ellipsis", "string_start", "string_end", "escape_sequence"],
  tokensOf: [
    "binary_operator",
    "boolean_operator",
    "unary_operator",
    "comparison_operator",
    "augmented_assignment",
    "function_definition",
    "case_pattern",
  ],
});
