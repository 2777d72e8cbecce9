import { linkFile } from "../../ir/link.ts";
import type { ExportIR, FileIR, ImportIR, Stmt } from "../../ir/nodes.ts";
import { fieldOf, type SyntaxNode, type SyntaxTree } from "../tree-sitter/syntax.ts";
import { lowerConstants, lowerFunction, lowerMethod, lowerTypes, lowerVariables } from "./declarations.ts";
import { lowerExpr } from "./expressions.ts";
import { textOf, TOP, type Lowering } from "./lowering.ts";
import { OWN_PACKAGE } from "./packages.ts";
import { lowerBlock } from "./statements.ts";

/** A file of Go as IR. */
export function lowerFile(path: string, text: string, { root, comments }: SyntaxTree): FileIR {
  const cx: Lowering = {
    text,
    functions: [],
    containers: [],
    imports: [],
    scope: TOP,
    expr: (node) => lowerExpr(cx, node),
    block: (nodes) => lowerBlock(cx, nodes),
  };
  cx.imports.push(...root.children.flatMap((node) => (node.type === "import_declaration" ? importsOf(cx, node) : [])));
  cx.imports.push({ local: "*", imported: "*", source: OWN_PACKAGE, start: 0, end: 0 });
  const body = root.children.flatMap((node) => lowerTop(cx, node));
  const { imports, functions, containers } = cx;
  return linkFile({
    path,
    language: "go",
    text,
    imports,
    exports: exportsOf(body),
    containers,
    functions,
    body,
    directives: [],
    comments,
  });
}

function lowerTop(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  switch (node.type) {
    case "const_declaration":
      return lowerConstants(cx, node);
    case "var_declaration":
      return lowerVariables(cx, node);
    case "type_declaration":
      return lowerTypes(cx, node);
    case "function_declaration":
      return lowerFunction(cx, node);
    case "method_declaration":
      lowerMethod(cx, node);
      return [];
    default:
      return [];
  }
}

/** Every top-level name: those in lower case are seen by the other files of the package only, and by no one else. */
function exportsOf(body: readonly Stmt[]): ExportIR[] {
  return body.flatMap((stmt) =>
    stmt.kind === "let" && stmt.target.kind === "bind"
      ? [{ exported: stmt.target.name, local: stmt.target.name, start: stmt.start, end: stmt.end }]
      : [],
  );
}

/** `import l "log"`; `_` binds nothing, `.` brings in every name. */
function importsOf(cx: Lowering, declaration: SyntaxNode): ImportIR[] {
  const specs = declaration.children.flatMap((node) => (node.type === "import_spec_list" ? node.children : [node]));
  return specs.flatMap((spec) => {
    const path = fieldOf(spec, "path");
    const source = path === undefined ? "" : textOf(cx, path).slice(1, -1);
    const name = fieldOf(spec, "name");
    const local = name === undefined ? packageName(source) : name.type === "dot" ? "*" : textOf(cx, name);
    if (spec.type !== "import_spec" || source === "" || local === "_") return [];
    return [{ local, imported: "*", source, start: spec.start, end: spec.end }];
  });
}

/** The name under which a package is known without an alias: `gopkg.in/macaron.v1` → macaron, `…/clog/v2` → clog, `go-redis` → redis. */
function packageName(source: string): string {
  const parts = source.split("/");
  const last = parts.at(-1)!;
  const base = /^v\d+$/.test(last) && parts.length > 1 ? parts.at(-2)! : last;
  const plain = base.replace(/\.v\d+$/, "").replace(/^go-|[.-]go$/g, "");
  return plain.includes("-") ? plain.slice(plain.lastIndexOf("-") + 1) : plain;
}
