import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { pythonFinder, submoduleSource } from "./linking.ts";
import { lowerFile } from "./lower.ts";
import { grammar } from "./parse.ts";

/**
 * Python. What the IR says of it beside the obvious:
 * - the first parameter of a method is left out, and its name is `this` inside, also where it is the class;
 * - the first binding of a name in a function is a `let`, the next ones are assignments;
 * - keyword arguments are one record, last, with `named`; `**kwargs` is a spread in it;
 * - a call of a name in CapWords creates; `raise X` throws what `X` creates, a bare `raise` what was caught;
 * - `with x as y` binds `y` to `x`, and its block follows; `with suppress(E)` is a `catch` without a body;
 * - a comprehension is opaque, with a call of a closure over what it goes through in it;
 * - text with `%` or `.format()` is a template; `del a[b]` is `a.pop(b)`, which it does;
 * - what stands in `Annotated[T, x()]` beside the type is a decorator of the parameter.
 */
export const python: Language = {
  id: "python",
  extensions: [".py"],
  // What is no text is turned into one: Starlette, Django and Flask call str() on it.
  errorText: { text: "message", json: "message" },
  linking: { by: "finder", finder: pythonFinder, submodule: submoduleSource },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
