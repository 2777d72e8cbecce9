import type { FileIR } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import type { Style } from "../../style/style.ts";
import { field, nodeIn, nodesIn, programOf, textOf, type Node } from "./syntax.ts";

/** A name that a file shall have from elsewhere. `imported`: `default`, `*` or the name there. */
export interface Wanted {
  readonly local: string;
  readonly imported: string;
  readonly source: string;
}

/**
 * The edits that import a name, in the way of the file: beside its like, in its quotes, `import` or `require`. `hasDefault`:
 * the module is one of `export`, of which `require` gives the default under that name.
 */
export function importEdits(file: FileIR, wanted: Wanted, style: Style, hasDefault = false): readonly Edit[] {
  const body = programOf(file).body as readonly Node[];
  const imports = body.filter(({ type }) => type === "ImportDeclaration");
  const requires = body.filter(
    (stmt) => stmt.type === "VariableDeclaration" && /^(?:const|let|var)\s[^;]*=\s*require\(/.test(textOf(file, stmt)),
  );
  const common = imports.length === 0 && (requires.length > 0 || /\.c[jt]s$/.test(file.path) || /\bmodule\.exports\b/.test(file.text));
  const beside = common ? undefined : sameSource(file, imports, wanted, style);
  if (beside !== undefined) return beside;
  const text = common ? requireText(wanted, style, hasDefault) : importText(wanted, style);
  const neighbour = neighbourOf(common ? requires : imports, wanted.source, file);
  if (neighbour !== undefined) return [{ start: neighbour.end, end: neighbour.end, text: `${style.eol}${text}` }];
  const at = headEnd(file, body);
  return [{ start: at, end: at, text: `${text}${style.eol}${/^\s*\r?\n/.test(file.text.slice(at)) ? "" : style.eol}` }];
}

/** `import { a } from "m"` takes one more name, on a line of its own where the others have one or the line would get too long. */
function sameSource(
  file: FileIR,
  imports: readonly Node[],
  { imported, local, source }: Wanted,
  style: Style,
): readonly Edit[] | undefined {
  if (imported === "default" || imported === "*") return undefined;
  const { text } = file;
  const same = imports.find(
    (one) =>
      field(one, "importKind") !== "type" &&
      field(nodeIn(one, "source")!, "value") === source &&
      nodesIn(one, "specifiers").at(-1)?.type === "ImportSpecifier",
  );
  const specifiers = same === undefined ? [] : nodesIn(same, "specifiers").filter(({ type }) => type === "ImportSpecifier");
  const last = specifiers.at(-1);
  if (same === undefined || last === undefined) return undefined;
  const name = imported === local ? local : `${imported} as ${local}`;
  const gap = /\r?\n[ \t]*$/.exec(text.slice(0, last.start))?.[0];
  const added = { start: last.end, end: last.end, text: `,${gap ?? " "}${name}` };
  if (gap !== undefined || same.end - same.start + added.text.length <= style.width || textOf(file, same).includes("\n")) return [added];
  const line = `${style.eol}${style.unit}`;
  const open = text.lastIndexOf("{", specifiers[0]!.start) + 1;
  const close = text.indexOf("}", last.end);
  return [
    { start: open, end: specifiers[0]!.start, text: line },
    ...specifiers.slice(1).map((one, i) => ({ start: specifiers[i]!.end, end: one.start, text: `,${line}` })),
    { start: last.end, end: close, text: `,${line}${name}${style.commas === "none" ? "" : ","}${style.eol}` },
  ];
}

function importText({ local, imported, source }: Wanted, { quote, semicolons, spaced }: Style): string {
  const gap = spaced ? " " : "";
  const name = imported === local ? local : `${imported} as ${local}`;
  const what = imported === "default" ? local : imported === "*" ? `* as ${local}` : `{${gap}${name}${gap}}`;
  return `import ${what} from ${quote}${source}${quote}${semicolons ? ";" : ""}`;
}

function requireText({ local, imported, source }: Wanted, { quote, semicolons, spaced }: Style, hasDefault: boolean): string {
  const gap = spaced ? " " : "";
  const name = imported === local ? local : `${imported}: ${local}`;
  const what = imported === "default" || imported === "*" ? local : `{${gap}${name}${gap}}`;
  const given = imported === "default" && hasDefault ? ".default" : "";
  return `const ${what} = require(${quote}${source}${quote})${given}${semicolons ? ";" : ""}`;
}

type Sort = "package" | "own" | "near";

/** Packages, what an alias stands for, and relative paths stand in groups. */
function sortOf(source: string): Sort {
  if (source.startsWith(".")) return "near";
  return /^(?:[@~#]?\/|[~#]|src\/|@\/)/.test(source) ? "own" : "package";
}

/** The import that a new one stands behind: the last of its kind, else the last before its kind, else the last. */
function neighbourOf(imports: readonly Node[], source: string, file: FileIR): Node | undefined {
  const sort = sortOf(source);
  const sources = imports.map((one) => ({ one, sort: sortOf(/['"]([^'"]*)['"]\s*\)?\s*;?\s*$/.exec(textOf(file, one))?.[1] ?? "") }));
  return (sources.findLast((entry) => entry.sort === sort) ?? sources.at(-1))?.one;
}

/** Behind what must stand first: `#!`, directives, the comment about the licence. */
function headEnd(file: FileIR, body: readonly Node[]): number {
  let at = /^(?:\uFEFF)?(?:#![^\n]*\n)?/.exec(file.text)![0].length;
  for (const stmt of body) {
    if (stmt.type !== "ExpressionStatement" || typeof field(stmt, "directive") !== "string") break;
    at = stmt.end;
  }
  if (body[0]?.type === "ExpressionStatement" && typeof field(body[0], "directive") === "string") {
    const next = file.text.indexOf("\n", at);
    const after = next === -1 ? file.text.length : next + 1;
    return /^\s*\r?\n/.test(file.text.slice(after)) ? file.text.indexOf("\n", after) + 1 : after;
  }
  const comment = file.comments[0];
  if (comment !== undefined && comment.start === at && /licen[cs]e|copyright/i.test(textOf(file, comment)))
    return Math.min(file.text.length, comment.end + 1);
  return at;
}
