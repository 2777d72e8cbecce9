import type { Program } from "oxc-parser";
import { linkFile } from "../../ir/link.ts";
import type { FileIR, Span } from "../../ir/nodes.ts";
import { lowerExpression } from "./expressions.ts";
import { directives, withoutDirectives } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { lowerStatements } from "./statements.ts";

/** A parsed program → the IR of the file. */
export function lower(path: string, text: string, program: Program, comments: readonly Span[]): FileIR {
  const cx: Lowering = {
    functions: [],
    containers: [],
    imports: [],
    exports: [],
    switchBreaks: null,
    expression: (node, name) => lowerExpression(cx, node, name),
    statements: (nodes) => lowerStatements(cx, nodes),
  };
  const body = cx.statements(withoutDirectives(program.body));
  return linkFile({
    path,
    language: "javascript",
    text,
    imports: cx.imports,
    exports: cx.exports,
    containers: cx.containers,
    functions: cx.functions,
    body,
    directives: directives(program.body),
    comments: comments.map(({ start, end }) => ({ start, end })),
  });
}
