import { isInScope, type FileIR, type ImportIR, type SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { lineEnd } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { precedesText } from "../trees/lines.ts";
import { treeOf } from "../trees/tree.ts";
import type { Held, PenAsk } from "../writer.ts";
import { isImport } from "./spec.ts";

/** How a module makes its own logger, by the library; `%` is its name. */
const MAKERS: Readonly<Record<string, { readonly module: string; readonly make: string }>> = {
  "python-logging": { module: "logging", make: "% = logging.getLogger(__name__)" },
  structlog: { module: "structlog", make: "% = structlog.get_logger(__name__)" },
};

/** A logger of the module's own, or the one that most other modules import. */
export function hold(ask: PenAsk): Held | Refused {
  const { pen, file } = ask;
  const held = ask.held && pen.name !== "logging";
  if (held) return { expression: pen.name, edits: [] };
  const missing: Refused = { kind: "no-logger", reason: `${pen.name} is not in scope there, and how to come by it is not known` };
  const tree = treeOf(file);
  // The root logger is nobody's own: a module has one of its name.
  if (pen.name === "logging" && pen.logger.id === "python-logging")
    return hold({ ...ask, pen: { ...pen, name: "logger" }, held: isBound(file, "logger") });
  if (!/^[A-Za-z_]\w*$/.test(pen.name) || tree === undefined) return missing;
  const shared = sharedImport(ask);
  if (shared !== undefined) return { expression: pen.name, edits: importEdits(tree.root, ask, fromLine(shared)) };
  if (pen.logger.id === "loguru") return { expression: pen.name, edits: importEdits(tree.root, ask, "from loguru import logger") };
  const maker = Object.hasOwn(MAKERS, pen.logger.id) ? MAKERS[pen.logger.id] : undefined;
  return maker === undefined ? missing : { expression: pen.name, edits: made(tree.root, ask, maker) };
}

const isBound = (file: FileIR, name: string): boolean => isInScope(name, { file, fn: undefined });

/** The import by which other modules of the project come by the name, where more do so than make their own. */
function sharedImport({ files, pen, file, project }: PenAsk): ImportIR | undefined {
  const counts = new Map<string, { readonly one: ImportIR; count: number }>();
  let own = 0;
  for (const other of files()) {
    if (other === file || other.language !== "python") continue;
    const one = other.imports.find((each) => each.local === pen.name && !each.source.startsWith(".") && each.imported !== "*");
    if (one === undefined) own += new RegExp(`^${pen.name}\\s*=`, "m").test(other.text) ? 1 : 0;
    else {
      const key = `${one.source}:${one.imported}`;
      counts.set(key, { one, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  const best = [...counts.values()].sort((a, b) => b.count - a.count)[0];
  if (best === undefined || best.count < 2 || best.count <= own) return undefined;
  return project.open(file, best.one.source) === file ? undefined : best.one;
}

const fromLine = ({ source, imported, local }: ImportIR): string =>
  `from ${source} import ${imported}${imported === local ? "" : ` as ${local}`}`;

/** Imports at the top of a module, before its first other statement. */
function importsOf(root: SyntaxNode): readonly SyntaxNode[] {
  const other = root.children.findIndex((node, i) => !isImport(node) && !(i === 0 && isText(node)));
  return (other < 0 ? root.children : root.children.slice(0, other)).filter(isImport);
}

const isText = (node: SyntaxNode): boolean => node.type === "expression_statement" && node.children[0]?.type === "string";

/** One more import behind the others. */
function importEdits(root: SyntaxNode, { file, style }: PenAsk, line: string): readonly Edit[] {
  const last = importsOf(root).at(-1);
  const at = last === undefined ? topOf(root, file) : lineEnd(file.text, last.end);
  if (last === undefined) return [{ start: at, end: at, text: `${line}${style.eol}${style.eol}` }];
  // Imports of another package are a group of their own.
  const own = /^from\s+(\w+)/.exec(line)?.[1] ?? "";
  const gap = nameOf(last, file.text) === own ? "" : style.eol;
  return [{ start: at, end: at, text: `${style.eol}${gap}${line}` }];
}

/** Where the code of a module starts: behind its text and comments. */
function topOf(root: SyntaxNode, { text, comments }: FileIR): number {
  const [first] = root.children;
  if (first !== undefined && isText(first)) {
    const end = text.indexOf("\n", first.end);
    return end < 0 ? text.length : end + 1;
  }
  const top = comments.filter((one) => one.end <= (first?.start ?? text.length) && one.start === 0).at(-1);
  const end = top === undefined ? -1 : text.indexOf("\n", top.end);
  return end + 1;
}

function made(root: SyntaxNode, ask: PenAsk, { module, make }: { readonly module: string; readonly make: string }): readonly Edit[] {
  const { file, style, pen } = ask;
  const imports = importsOf(root);
  const line = make.replace("%", pen.name);
  const has = imports.some((node) =>
    new RegExp(`^import\\s+(?:[\\w., ]+,\\s*)?${module}\\b(?!\\.|\\s+as)`).test(file.text.slice(node.start, node.end)),
  );
  const last = imports.at(-1);
  if (last === undefined) {
    const at = topOf(root, file);
    return [{ start: at, end: at, text: `import ${module}${style.eol}${style.eol}${line}${style.eol}${style.eol}` }];
  }
  const end = lineEnd(file.text, last.end);
  const gap = precedesText(file.text, last.end) ? style.eol : "";
  const making: Edit = { start: end, end, text: `${style.eol}${style.eol}${line}${gap}` };
  return has ? [making] : [importEdit(imports, file, style, module), making];
}

/** `import logging` among the modules of the platform, in their order. */
function importEdit(imports: readonly SyntaxNode[], { text }: FileIR, { eol }: Style, module: string): Edit {
  const line = `import ${module}`;
  const plain = imports.filter((node) => node.type === "import_statement" && STANDARD.has(nameOf(node, text)));
  const before = plain.findLast((node) => nameOf(node, text) < module);
  if (before !== undefined) {
    const end = lineEnd(text, before.end);
    return { start: end, end, text: `${eol}${line}` };
  }
  const first = imports.find((node) => node.type !== "future_import_statement") ?? imports.at(-1)!;
  if (first.type === "future_import_statement")
    return { start: lineEnd(text, first.end), end: lineEnd(text, first.end), text: `${eol}${eol}${line}` };
  const apart = STANDARD.has(nameOf(first, text)) ? "" : eol;
  return { start: first.start, end: first.start, text: `${line}${eol}${apart}` };
}

function nameOf(node: SyntaxNode, text: string): string {
  return /^(?:import|from)\s+([A-Za-z_]\w*)/.exec(text.slice(node.start, node.end))?.[1] ?? "";
}

/** The modules of the standard library that web applications import most. https://docs.python.org/3/py-modindex.html */
const STANDARD: ReadonlySet<string> = new Set(
  (
    "abc ast asyncio base64 binascii calendar collections concurrent contextlib copy csv dataclasses datetime decimal email enum " +
    "functools getpass glob hashlib hmac html http importlib inspect io ipaddress itertools json logging math mimetypes " +
    "multiprocessing operator os pathlib pickle platform queue random re secrets shutil signal smtplib socket ssl statistics " +
    "string struct subprocess sys tempfile textwrap threading time traceback types typing unicodedata unittest urllib uuid " +
    "warnings weakref xml zipfile zlib zoneinfo"
  ).split(" "),
);
