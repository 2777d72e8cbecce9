import type {
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  ImportDeclarationSpecifier,
  ModuleDeclaration,
  TSExportAssignment,
} from "oxc-parser";
import type { Expr, ImportIR } from "../../ir/nodes.ts";
import { boundNames } from "../../ir/walk.ts";
import { exportEntries } from "./commonjs.ts";
import { type Block, lowerDeclaration } from "./declarations.ts";
import { startWith } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { exportName, unwrapped } from "./names.ts";
import { lowerPattern } from "./patterns.ts";

/** `import` and `export` in all forms; what an `export` declares goes to the block with the span of the whole statement. */
export function lowerModuleDeclaration(cx: Lowering, node: ModuleDeclaration, block: Block): void {
  switch (node.type) {
    case "ImportDeclaration":
      return lowerImport(cx, node);
    case "ExportNamedDeclaration":
      return lowerExport(cx, node, block);
    case "ExportDefaultDeclaration":
      return lowerDefault(cx, node, block);
    case "ExportAllDeclaration":
      return lowerExportAll(cx, node);
    case "TSExportAssignment":
      return lowerExportAssignment(cx, node, block);
    case "TSNamespaceExportDeclaration":
      return;
  }
}

/** An import for its effects alone has the local name "". */
function lowerImport(cx: Lowering, node: ImportDeclaration): void {
  const source = node.source.value;
  const typeOnly = node.importKind === "type" ? true : undefined;
  const { start, end } = node;
  if (node.specifiers.length === 0 && !typeOnly) cx.imports.push({ start, end, local: "", imported: "*", source });
  for (const specifier of node.specifiers) cx.imports.push(lowerSpecifier(specifier, source, typeOnly));
}

function lowerSpecifier(node: ImportDeclarationSpecifier, source: string, typeOnly: true | undefined): ImportIR {
  const { start, end } = node;
  const local = node.local.name;
  if (node.type === "ImportDefaultSpecifier") return { start, end, local, imported: "default", source, typeOnly };
  if (node.type === "ImportNamespaceSpecifier") return { start, end, local, imported: "*", source, typeOnly };
  return { start, end, local, imported: exportName(node.imported), source, typeOnly: node.importKind === "type" ? true : typeOnly };
}

function lowerExport(cx: Lowering, node: ExportNamedDeclaration, block: Block): void {
  const { start, end, declaration } = node;
  if (declaration) {
    lowerDeclaration(cx, declaration, block, node);
    for (const name of declaredNames(declaration)) cx.exports.push({ start, end, exported: name, local: name });
    return;
  }
  if (node.exportKind === "type") return;
  const source = node.source?.value;
  for (const specifier of node.specifiers) {
    if (specifier.exportKind === "type") continue;
    const { start: from, end: to } = specifier;
    cx.exports.push({ start: from, end: to, exported: exportName(specifier.exported), local: exportName(specifier.local), source });
  }
}

function declaredNames(node: NonNullable<ExportNamedDeclaration["declaration"]>): readonly string[] {
  if ("declare" in node && node.declare) return [];
  switch (node.type) {
    case "VariableDeclaration":
      return node.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : boundNames(lowerPattern(SILENT, id))));
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
    case "TSInterfaceDeclaration":
    case "TSImportEqualsDeclaration":
      return node.id ? [node.id.name] : [];
    default:
      return [];
  }
}

/** Reads patterns for their names alone. */
const SILENT: Lowering = {
  functions: [],
  containers: [],
  imports: [],
  exports: [],
  switchBreaks: null,
  expression: (node) => ({ kind: "opaque", start: node.start, end: node.end, parts: [] }),
  statements: () => [],
};

/** An exported value stands in the body as well, where it runs. */
function lowerDefault(cx: Lowering, node: ExportDefaultDeclaration, block: Block): void {
  const { start, end, declaration } = node;
  switch (declaration.type) {
    case "TSInterfaceDeclaration":
      return lowerDeclaration(cx, declaration, block, node);
    case "TSDeclareFunction":
      return;
    case "FunctionDeclaration":
    case "ClassDeclaration":
      if (declaration.id) {
        lowerDeclaration(cx, declaration, block, node);
        cx.exports.push({ start, end, exported: "default", local: declaration.id.name });
        return;
      }
      return exportValue(cx, cx.expression(declaration, "default"), node, block);
    default:
      return exportValue(cx, cx.expression(unwrapped(declaration), "default"), node, block);
  }
}

function exportValue(cx: Lowering, value: Expr, node: ExportDefaultDeclaration, block: Block): void {
  const { end } = node;
  const start = startWith(node.start, [value]);
  if (value.kind === "name") {
    cx.exports.push({ start, end, exported: "default", local: value.name });
  } else {
    cx.exports.push({ start, end, exported: "default", value });
    block.out.push({ kind: "expr", start, end, value });
  }
}

function lowerExportAll(cx: Lowering, node: ExportAllDeclaration): void {
  if (node.exportKind === "type") return;
  const { start, end } = node;
  cx.exports.push({ start, end, exported: node.exported ? exportName(node.exported) : "*", local: "*", source: node.source.value });
}

/** `export = x` is `module.exports = x`. */
function lowerExportAssignment(cx: Lowering, node: TSExportAssignment, block: Block): void {
  const { start, end } = node;
  const value = cx.expression(node.expression, "default");
  cx.exports.push(
    value.kind === "name" ? { start, end, exported: "default", local: value.name } : { start, end, exported: "default", value },
  );
  exportEntries(cx, value, node);
  if (value.kind !== "name") block.out.push({ kind: "expr", start, end, value });
}
