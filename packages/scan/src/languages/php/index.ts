import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { grammar } from "./parse.ts";

/**
 * PHP. What the IR says of it beside the obvious:
 * - a class has its full name with dots (`App.Models.User`); the own namespace is imported with all its names, and a name that is
 *   written in full is an import of its last part;
 * - `$user` is the name `user`; `self` and `static` are `this`, `parent` is `super`; `X::class` is a member `class` of the name;
 * - traits stand among the mixins and, after the parent, in `extends`: their members are the class's own;
 * - arrays are lists or records by their keys; an empty one says nothing, for it is filled later;
 * - `app(X::class)` and `resolve(X::class)` create an X; `exit` and `die` are calls of these names;
 * - a closure assigns to names of its own, but for those that `use` hands over by reference.
 */
export const php: Language = {
  id: "php",
  extensions: [".php"],
  // Throwable::__toString() holds the stack: https://www.php.net/manual/en/exception.tostring.php
  errorText: { text: "stack", json: "nothing", stackFrom: ["__toString"] },
  linking: {
    by: "name",
    namespace: /^[ \t]*(?:<\?php\s+)?namespace\s+([\w\\]+)/m,
    declares: /^[ \t]*(?:#\[.*\][ \t]*)?(?:(?:final|abstract|readonly)\s+)*(?:class|interface|trait|enum)\s+([A-Za-z_]\w*)/gm,
    heirs: /\b(?:class|interface|enum)\s+([A-Z]\w*)\s*(?::\s*\w+\s*)?(?:extends|implements)\s+([^{;]+)\{/g,
  },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
