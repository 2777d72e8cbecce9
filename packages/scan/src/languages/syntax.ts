import { grammar as csharp } from "./csharp/parse.ts";
import { grammar as elixir } from "./elixir/parse.ts";
import { grammar as go } from "./go/parse.ts";
import { grammar as java } from "./java/parse.ts";
import { grammar as kotlin } from "./kotlin/parse.ts";
import { grammar as php } from "./php/parse.ts";
import { grammar as python } from "./python/parse.ts";
import { grammar as ruby } from "./ruby/parse.ts";
import { grammar as rust } from "./rust/parse.ts";
import type { Grammar } from "./tree-sitter/parse.ts";
import type { SyntaxTree } from "./tree-sitter/syntax.ts";

/** Languages that a grammar of tree-sitter reads, by id. */
const GRAMMARS: ReadonlyMap<string, Grammar> = new Map(
  Object.entries({ csharp, elixir, go, java, kotlin, php, python, ruby, rust } satisfies Record<string, Grammar>),
);

/**
 * A text as syntax, for those that write code: the IR does not tell `do: x` from `do x end`. The language must have been
 * loaded, as it is when files of it were scanned. Undefined where no grammar of tree-sitter reads it, or it gives up.
 */
export function syntaxOf(language: string, text: string): SyntaxTree | undefined {
  try {
    return GRAMMARS.get(language)?.parse(text);
  } catch {
    return undefined;
  }
}
