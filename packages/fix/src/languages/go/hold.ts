import type { FileIR, ImportIR, SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indentAt, lineEnd } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { treeOf } from "../trees/tree.ts";
import type { Held, PenAsk } from "../writer.ts";

/** Packages whose functions write lines, where no file of the project imports one yet. */
const STANDARD: Readonly<Record<string, string>> = {
  slog: "log/slog",
  "go-log": "log",
  zerolog: "github.com/rs/zerolog/log",
  logrus: "github.com/sirupsen/logrus",
};

/** The import of a package, as other files have it; a variable of the package is there already. */
export function hold(ask: PenAsk): Held | Refused {
  const { pen, held, file, style } = ask;
  const root = /^[A-Za-z_]\w*/.exec(pen.name)?.[0];
  if (root === undefined) return { kind: "no-logger", reason: `${pen.name} is not in scope there` };
  if (held || inPackage(ask, root)) return { expression: pen.name, edits: [] };
  const source =
    importedAs(ask, root) ??
    (pen.name === root && STANDARD[pen.logger.id]?.split("/").at(-1) === root
      ? { source: STANDARD[pen.logger.id]!, local: root }
      : undefined);
  const tree = treeOf(file);
  if (source === undefined || tree === undefined)
    return { kind: "no-logger", reason: `${pen.name} is not in scope there, and no file imports it` };
  return { expression: pen.name, edits: importEdits(tree.root, file, style, source) };
}

/** Whether a file of the same folder has a variable of the name for all of the package. */
function inPackage({ files, file }: PenAsk, name: string): boolean {
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  return files().some(
    (other) =>
      other !== file &&
      other.path.startsWith(folder) &&
      !other.path.slice(folder.length).includes("/") &&
      new RegExp(`^(?:var\\s+|\\t)${name}\\b\\s*(?:=|[*\\w.]+\\s*=)`, "m").test(other.text) &&
      other.body.some((stmt) => stmt.kind === "let" && stmt.target.kind === "bind" && stmt.target.name === name),
  );
}

/** The package that most other files call so. */
function importedAs({ files, file }: PenAsk, name: string): Pick<ImportIR, "source" | "local"> | undefined {
  const counts = new Map<string, number>();
  for (const other of files()) {
    if (other === file || other.language !== "go") continue;
    const one = other.imports.find(({ local }) => local === name);
    if (one !== undefined) counts.set(one.source, (counts.get(one.source) ?? 0) + 1);
  }
  const best = [...counts].sort((a, b) => b[1] - a[1])[0];
  return best === undefined ? undefined : { source: best[0], local: name };
}

/** The name that a package goes by without an alias: `v2` and the like are versions. */
function plainName(source: string): string {
  return source
    .replace(/\/v\d+$/, "")
    .replace(/\.v\d+$/, "")
    .split("/")
    .at(-1)!
    .replace(/^go-/, "");
}

function importEdits(
  root: SyntaxNode,
  { text }: FileIR,
  { eol }: Style,
  { source, local }: Pick<ImportIR, "source" | "local">,
): readonly Edit[] {
  const spec = `${plainName(source) === local ? "" : `${local} `}"${source}"`;
  const declarations = root.children.filter(({ type }) => type === "import_declaration");
  const list = declarations.flatMap(({ children }) => children).find(({ type }) => type === "import_spec_list");
  if (list === undefined) {
    const last = declarations.at(-1) ?? root.children.find(({ type }) => type === "package_clause");
    if (last === undefined) return [];
    const end = lineEnd(text, last.end);
    return [{ start: end, end, text: `${last.type === "package_clause" ? eol : ""}${eol}import ${spec}` }];
  }
  const group = groupFor(list.children, text, source);
  const after = group.findLast((one) => pathOf(one, text) < source);
  if (after !== undefined) {
    const end = lineEnd(text, after.end);
    return [{ start: end, end, text: `${eol}${indentAt(text, after.start)}${spec}` }];
  }
  const first = group[0];
  if (first === undefined) return [{ start: list.start + 1, end: list.start + 1, text: `${eol}\t${spec}` }];
  return [{ start: first.start, end: first.start, text: `${spec}${eol}${indentAt(text, first.start)}` }];
}

const pathOf = (spec: SyntaxNode, text: string): string => /"([^"]*)"/.exec(text.slice(spec.start, spec.end))?.[1] ?? "";

const isStandard = (source: string): boolean => !source.split("/")[0]!.includes(".");

/** The imports among which one belongs: those set off by empty lines that hold packages of the same kind. */
function groupFor(specs: readonly SyntaxNode[], text: string, source: string): readonly SyntaxNode[] {
  const groups: SyntaxNode[][] = [];
  for (const spec of specs) {
    const last = groups.at(-1)?.at(-1);
    if (last === undefined || /\n[ \t]*\r?\n/.test(text.slice(last.end, spec.start))) groups.push([spec]);
    else groups.at(-1)!.push(spec);
  }
  const domain = source.split("/")[0]!;
  const alike = (test: (path: string) => boolean): readonly SyntaxNode[] | undefined =>
    groups.find((group) => group.some((one) => test(pathOf(one, text))));
  const owner = source.split("/").slice(0, 2).join("/");
  return (
    alike((path) => isStandard(source) === isStandard(path) && path.startsWith(owner)) ??
    alike((path) => isStandard(source) === isStandard(path) && path.startsWith(domain)) ??
    alike((path) => isStandard(source) === isStandard(path)) ??
    groups.at(-1) ??
    []
  );
}
