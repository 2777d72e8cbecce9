import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { createFinder, OWN_MODULE, submodule } from "./modules.ts";
import { grammar } from "./parse.ts";

/**
 * Rust. What the IR says of it beside the obvious:
 * - a `Result` travels as the exceptions of other languages do: `Err(e)` throws, `Ok(x)` is `x`, `f()?` is `f()`, and to look at
 *   what a call gives (`match`, `if let`, `.ok()`, `.is_err()`, `.map_err()`) is a `try`. Where a variable holds a `Result` that is
 *   looked at later, it is a tuple, `(:ok, x)` or `(:error, e)`;
 * - an `Option` is the value or null;
 * - `self` is `this`; references, lifetimes and conversions (`&`, `.into()`, `.clone()`) fall away, as do wrappers of types
 *   (`Arc`, `Box`, `State`, `Json`);
 * - an `impl` block is a container of its type's name, a trait an interface;
 * - macros are calls of a name with `!`; `key = value` among their arguments is a record. Those whose name says that they end the
 *   function (`bail!`, `ensure!`, `err!`) throw;
 * - constants of statuses (`StatusCode::FORBIDDEN`, `Status::Forbidden`) are numbers; code for tests is left out.
 */
export const rust: Language = {
  id: "rust",
  extensions: [".rs"],
  // `to_string()` is left out of the IR.
  errorText: { text: "message", json: "message" },
  linking: { by: "finder", finder: createFinder, submodule, own: OWN_MODULE },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
