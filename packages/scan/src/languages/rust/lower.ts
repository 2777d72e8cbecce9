import { linkFile } from "../../ir/link.ts";
import type { ExportIR, FileIR, Stmt } from "../../ir/nodes.ts";
import type { SyntaxTree } from "../tree-sitter/syntax.ts";
import { lowerExpr } from "./expressions.ts";
import { lowerItems } from "./items.ts";
import { TOP, type Lowering } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";
import { lowerBody } from "./statements.ts";
import { lowerUse } from "./uses.ts";

/** A file of Rust as IR. */
export function lowerFile(path: string, text: string, { root, comments }: SyntaxTree): FileIR {
  const cx: Lowering = {
    text,
    depth: 0,
    functions: [],
    containers: [],
    imports: [],
    exports: [],
    scope: TOP,
    expr: (node) => lowerExpr(cx, node),
    pattern: (node) => lowerPattern(cx, node),
    body: (node, tail) => lowerBody(cx, node, tail),
  };
  // What is imported is known before paths are read.
  for (const node of root.children) if (node.type === "use_declaration") lowerUse(cx, node);
  const body = lowerItems(
    cx,
    root.children.filter((node) => node.type !== "use_declaration"),
  );
  const { imports, exports, functions, containers } = cx;
  return linkFile({
    path,
    language: "rust",
    text,
    imports,
    exports: [...exports, ...exportsOf(body)],
    containers,
    functions,
    body,
    directives: [],
    comments,
  });
}

function exportsOf(body: readonly Stmt[]): ExportIR[] {
  return body.flatMap((stmt) =>
    stmt.kind === "let" && stmt.target.kind === "bind"
      ? [{ exported: stmt.target.name, local: stmt.target.name, start: stmt.start, end: stmt.end }]
      : [],
  );
}
