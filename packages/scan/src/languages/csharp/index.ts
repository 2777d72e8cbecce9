import type { Language } from "../language.ts";
import { parseWith } from "../tree-sitter/parse.ts";
import { lowerFile } from "./lower.ts";
import { grammar } from "./parse.ts";

/**
 * C#. What the IR says of it beside the obvious:
 * - a class has its full name (`Shop.Users.Login`, nested `Shop.Users.Login.Row`); the own namespace and those around it are imported;
 * - a member without receiver is one of `this` where the file declares it, or where it may be inherited and is no type by its look;
 * - a primary constructor has fields for parameters; a property is a field, its accessors are functions;
 * - patterns in conditions are spelled out as comparisons, and the names they bind are given their values there;
 * - `[LoggerMessage]` methods have the body that the compiler writes; a service fetched by type is a value of that type.
 */
export const csharp: Language = {
  id: "csharp",
  extensions: [".cs"],
  // Exception.ToString() holds the stack: https://learn.microsoft.com/dotnet/api/system.exception.tostring
  errorText: { text: "stack", json: "stack", stackFrom: ["ToString"] },
  linking: {
    by: "name",
    namespace: /^[ \t]*namespace[ \t]+([\w.]+)/m,
    declares: /\b(?:class|interface|enum|record(?:[ \t]+(?:class|struct))?|struct)[ \t]+([A-Z]\w*)/g,
    partial: /\bpartial\b/,
    everywhere: /^[ \t]*global[ \t]+using[ \t]+(?:static[ \t]+)?([\w.]+)[ \t]*;/gm,
    heirs: /\b(?:class|record|struct|interface)\s+([A-Z]\w*)\s*(?:<[^<>{;]*>)?\s*(?:\((?:[^()]|\([^()]*\))*\))?\s*:\s*([^{;]+)[{;]/g,
  },
  load: grammar.load,
  parse: parseWith(grammar, lowerFile),
};
