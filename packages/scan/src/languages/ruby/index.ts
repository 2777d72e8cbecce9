import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { declaredNames } from "./declared.ts";
import { lowerFile } from "./lower.ts";
import { grammar } from "./parse.ts";

/**
 * Ruby. What the IR says of it beside the obvious:
 * - a constant that is a class or module is one dotted name (`Admin.UsersController` for `Admin::UsersController`);
 * - inside a class or module a call without a receiver is one of `this`, outside and in the body of a class it is a plain name;
 *   what takes no arguments and is no local variable is a call as well (`params`, `user.name`);
 * - `@x` and `@@x` are names, `a[:b]` is a member, keyword arguments are one record with `named`;
 * - modules that are mixed in stand behind the parent class in `extends`; what a concern runs where it is included
 *   (`included do … end`) stands in its body, its `class_methods` are static;
 * - blocks of iterators (`each`) are loops, those that run once and at once (`tap`, `transaction`) stand where they run, and so does
 *   every block that a `return` leaves; other blocks are closures, passed last;
 * - a block parameter is marked (`Param.block`), and `yield` calls it; a method that yields without naming it has one called `&`;
 * - `raise` throws what creates the error, `throw` and `exit` throw, `retry` jumps;
 * - `X.perform_later(a)` and its like are `new X().perform.perform_later(a)`, `x.send(:y)` is `x.y()`.
 */
export const ruby: Language = {
  id: "ruby",
  extensions: [".rb"],
  // Every constant is looked up in the namespaces around it, so their names are brought in as a package's are.
  // ActiveSupport writes an exception as its message: Exception#as_json.
  errorText: { text: "message", json: "message" },
  linking: { by: "name", declares: /^[ \t]*(?:class|module)[ \t]+([A-Z][\w:]*)/gm, namespace: /(?!)/, names: declaredNames },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
