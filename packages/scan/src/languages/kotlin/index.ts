import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { grammar } from "./parse.ts";

/**
 * Kotlin. What the IR says of it beside the obvious:
 * - classes have full names and find each other as those of Java do; members of a companion are static members of the class;
 * - scope functions (`let`, `also`, `apply`, `run`, `with`, `takeIf`, `use`) are blocks, so a `return` in them leaves the function;
 * - `?:` is the word `default`; `a to b` a tuple, `mapOf("a" to b)` a record; named arguments are one record, passed last;
 * - a call of a name with a capital creates; `return@label` ends the closure; `suspend` says nothing.
 */
export const kotlin: Language = {
  id: "kotlin",
  extensions: [".kt", ".kts"],
  // Jackson writes what getStackTrace() gives.
  errorText: { text: "message", json: "stack" },
  linking: {
    by: "name",
    namespace: /^[ \t]*package[ \t]+([\w.]+)/m,
    declares: /\b(?:class|interface|object)[ \t]+([A-Z]\w*)/g,
    heirs: /\b(?:class|object|interface)\s+([A-Z]\w*)(?:\s*<[^>{]*>)?\s*(?:\([^{]*?\))?\s*:\s*([^{=]+?)(?=[{\n])/g,
  },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
