import { treeSitter } from "../tree-sitter/parse.ts";

/** https://github.com/tree-sitter/tree-sitter-php */
export const grammar = treeSitter({
  grammar: "php",
  leaves: ["name", "integer", "float", "boolean", "null", "string_content", "escape_sequence", "primitive_type", "php_tag", "text"],
});
