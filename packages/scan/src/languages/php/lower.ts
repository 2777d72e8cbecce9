import { linkFile } from "../../ir/link.ts";
import type { FileIR } from "../../ir/nodes.ts";
import type { SyntaxTree } from "../tree-sitter/syntax.ts";
import { lowerTarget } from "./arrays.ts";
import { lowerArguments } from "./calls.ts";
import { lowerClass } from "./classes.ts";
import { lowerExpression } from "./expressions.ts";
import { emptyScope, type Lowering } from "./lowering.ts";
import { lowerBlock } from "./statements.ts";

/** Syntax → IR. */
export function lowerFile(path: string, text: string, tree: SyntaxTree): FileIR {
  const lo: Lowering = {
    text,
    functions: [],
    containers: [],
    imports: [],
    namespace: "",
    className: "",
    scope: emptyScope(),
    expr: (node) => lowerExpression(lo, node),
    pattern: (node) => lowerTarget(lo, node),
    block: (node) => lowerBlock(lo, node),
    args: (node) => lowerArguments(lo, node),
    anonymous: (node) => lowerClass(lo, node),
  };
  const body = lowerBlock(lo, tree.root);
  return linkFile({
    path,
    language: "php",
    text,
    imports: lo.imports,
    exports: [],
    containers: lo.containers,
    functions: lo.functions,
    body,
    directives: [],
    comments: tree.comments,
  });
}
