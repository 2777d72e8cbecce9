import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { grammar } from "./parse.ts";

/**
 * Java. What the IR says of it beside the obvious:
 * - a class has its full name (`com.shop.Users`, nested `com.shop.Users.Row`); the own package is imported with all its names;
 * - a member without receiver is one of `this`, of an outer class one of that class, where it is declared in the file or inherited;
 * - annotations are decorators, their named values a record; `X.class` is a member `class` of the name;
 * - fields that Lombok adds (`log`) stand among the fields, a constructor that it writes does not: fields have types;
 * - an `Optional` is its value or null, a `Mono` or future what it gives: `orElseThrow`, `switchIfEmpty`, `onErrorResume` are
 *   spelled out as branches and catches.
 */
export const java: Language = {
  id: "java",
  extensions: [".java"],
  // Jackson writes what getStackTrace() gives.
  errorText: { text: "message", json: "stack" },
  linking: {
    by: "name",
    namespace: /^[ \t]*package[ \t]+([\w.]+)/m,
    declares: /\b(?:class|interface|enum|record)[ \t]+([A-Z]\w*)/g,
    heirs: /\b(?:class|record|enum|interface)\s+([A-Z]\w*)[^{;]*?\b(?:extends|implements)\s+([^{;]+)\{/g,
  },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
