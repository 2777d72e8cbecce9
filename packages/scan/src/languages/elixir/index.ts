import type { FileIR } from "../../ir/nodes.ts";
import type { Language, ParseFailure } from "../language.ts";
import { lowerFile } from "./lower.ts";
import { mixedIn } from "./mixed-in.ts";
import { loadGrammar, parseSyntax } from "./parse.ts";
import type { SyntaxTree } from "./syntax.ts";

/** Above this share of text that the parser could not make sense of, what is left says nothing reliable. */
const TOO_MUCH_WRONG = 0.5;

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
  load: loadGrammar,
  parse: parseElixir,
  mixedIn,
};

function parseElixir(path: string, text: string): FileIR | ParseFailure {
  try {
    const tree = parseSyntax(text);
    return failureOf(text, tree) ?? lowerFile(path, text, tree);
  } catch (error) {
    return {
      message: `cannot be parsed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function failureOf(text: string, tree: SyntaxTree): ParseFailure | undefined {
  const [first] = tree.wrong;
  if (!first) return undefined;
  const wrong = tree.wrong.reduce((sum, { start, end }) => sum + end - start, 0);
  if (wrong <= text.length * TOO_MUCH_WRONG) return undefined;
  const line = text.slice(0, first.start).split("\n").length;
  return { message: `syntax error near line ${line}`, offset: first.start };
}
