import { linkFile } from "../../ir/link.ts";
import type { FileIR } from "../../ir/nodes.ts";
import type { SyntaxTree } from "../tree-sitter/syntax.ts";
import { lowerArguments } from "./calls.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerDefinition, lowerParams } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { emptyScope } from "./lowering.ts";
import { lowerTarget } from "./patterns.ts";
import { lowerBlock } from "./statements.ts";

/** Syntax → IR. Every name of the top level can be imported by others, what it imports included. */
export function lowerFile(path: string, text: string, tree: SyntaxTree): FileIR {
  const scope = emptyScope();
  const lo: Lowering = {
    text,
    functions: [],
    containers: [],
    imports: [],
    scope,
    className: "",
    expr: (node) => lowerExpression(lo, node),
    pattern: (node) => lowerTarget(lo, node),
    block: (node) => lowerBlock(lo, node),
    args: (node) => lowerArguments(lo, node),
    params: (node) => lowerParams(lo, node),
    method: (node, decorators, at, fields) => lowerDefinition(lo, node, decorators, at, fields),
  };
  const body = lowerBlock(lo, tree.root);
  const { start } = tree.root;
  const own = [...scope.bound].map((name) => ({ start, end: start, exported: name, local: name }));
  const stars = lo.imports.filter((one) => one.local === "*");
  return linkFile({
    path,
    language: "python",
    text,
    imports: lo.imports,
    exports: [...own, ...stars.map((one) => ({ start: one.start, end: one.end, exported: "*", source: one.source }))],
    containers: lo.containers,
    functions: lo.functions,
    body,
    directives: [],
    comments: tree.comments,
  });
}
