import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { createFinder, createImplementers, OWN_PACKAGE } from "./packages.ts";
import { grammar } from "./parse.ts";

/**
 * Go. What the IR says of it beside the obvious:
 * - a folder is one package: every file imports all names of its own (`./`), and methods stand in a container of their type's
 *   name, which may be declared in another file;
 * - the receiver is `this`; pointers fall away, but a type written with `*` is nullable;
 * - errors are values: a call whose last value is an error says so (`fails`), `errors.New` and `fmt.Errorf` create an `Error`,
 *   a package's `var ErrX = errors.New(…)` creates an `ErrX`, `errors.Is` is `==`, `errors.As` and type assertions are `is`;
 * - what is embedded in a struct is a parent and a field;
 * - `panic`, `os.Exit` and the `Fatal` methods of loggers end the way;
 * - constants of statuses and methods (`http.StatusForbidden`) are numbers and text, `fmt.Sprintf` is a template.
 */
export const go: Language = {
  id: "go",
  extensions: [".go"],
  linking: { by: "finder", finder: createFinder, own: OWN_PACKAGE, implementers: createImplementers },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
