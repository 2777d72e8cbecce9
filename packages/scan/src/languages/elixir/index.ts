import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { mixedIn } from "./mixed-in.ts";
import { grammar } from "./parse.ts";

/**
 * Elixir. What the IR says of it beside the obvious:
 * - a module is one dotted name (`MyApp.Users`), an Erlang module keeps its colon (`:crypto`), `__MODULE__` is the full name;
 * - an attribute is the name `@limit`, and the module has a field `@limit` with its value;
 * - `do` blocks of macros are closures without parameters, passed last (several blocks: a record of closures);
 * - parameters of captures, and of `fn` with several clauses, are called `&1`, `&2` …;
 * - `raise` of a module or text throws what creates that error, `exit` throws an `exit`;
 * - inside `quote`, `import`, `alias`, `require`, `use` and `@x value` are calls of these names, and `def` is a `let`.
 */
export const elixir: Language = {
  id: "elixir",
  extensions: [".ex", ".exs"],
  linking: { by: "name", declares: /^[ \t]*(?:defmodule|defprotocol)[ \t(]+([A-Z][\w.]*)/gm },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
  mixedIn,
};
