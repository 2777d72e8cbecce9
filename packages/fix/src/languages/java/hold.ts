import type { FileIR, SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indentAt, lineEnd } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { pathTo, treeOf } from "../trees/tree.ts";
import type { Held, PenAsk } from "../writer.ts";

const TYPES: ReadonlySet<string> = new Set(["class_declaration", "enum_declaration", "record_declaration"]);

/** The field of the class, or one that is made as other classes of the project make theirs. */
export function hold({ pen, held, file, offset, files, style }: PenAsk): Held | Refused {
  const refused: Refused = { kind: "no-logger", reason: `${pen.name} is not in scope there` };
  if (held || pen.name.startsWith("System.")) return { expression: pen.name.replace(/^this\./, ""), edits: [] };
  const tree = treeOf(file);
  const types = tree === undefined ? [] : pathTo(tree, { start: offset, end: offset }).filter((node) => TYPES.has(node.type));
  // A class inside another one uses the logger of that.
  const [type] = types;
  if (pen.logger.id !== "slf4j" || tree === undefined || type === undefined) return refused;
  const own = types.toReversed().flatMap((one) => fieldIn(one, file.text) ?? [])[0];
  if (own !== undefined) return { expression: own, edits: [] };
  const name = pen.name.replace(/^this\./, "");
  if (!/^\w+$/.test(name)) return refused;
  return annotated(files(), file)
    ? {
        expression: "log",
        edits: [...annotation(type, file.text, style), ...imports(tree.root, file.text, style, ["lombok.extern.slf4j.Slf4j"])],
      }
    : {
        expression: name,
        edits: [
          ...field(type, file.text, style, name),
          ...imports(tree.root, file.text, style, ["org.slf4j.Logger", "org.slf4j.LoggerFactory"]),
        ],
      };
}

/** The name of the logger that a class has: of a field, or of Lombok's annotation. */
function fieldIn(type: SyntaxNode, text: string): string | undefined {
  const head = text.slice(type.start, bodyOf(type)?.start ?? type.end);
  if (/@(?:Slf4j|Log4j2|CommonsLog|JBossLog)\b/.test(head)) return "log";
  for (const member of bodyOf(type)?.children ?? []) {
    if (member.type !== "field_declaration") continue;
    const found = /\b(?:Logger|Log)\s+(\w+)\s*=/.exec(text.slice(member.start, member.end));
    if (found !== null) return found[1];
  }
  return undefined;
}

const bodyOf = (type: SyntaxNode): SyntaxNode | undefined => type.children.find(({ field }) => field === "body");

/** Whether most classes that log have Lombok make the logger. */
function annotated(files: readonly FileIR[], file: FileIR): boolean {
  let [lombok, plain] = [0, 0];
  for (const other of files) {
    if (other.language !== file.language) continue;
    if (/^@Slf4j\b/m.test(other.text)) lombok++;
    else if (other.text.includes("LoggerFactory.getLogger")) plain++;
  }
  return lombok > plain;
}

function annotation(type: SyntaxNode, text: string, { eol }: Style): readonly Edit[] {
  const indent = indentAt(text, type.start);
  return [{ start: type.start, end: type.start, text: `@Slf4j${eol}${indent}` }];
}

function field(type: SyntaxNode, text: string, { eol, unit }: Style, name: string): readonly Edit[] {
  const body = bodyOf(type);
  const typeName = type.children.find(({ field: one }) => one === "name");
  if (body === undefined || typeName === undefined) return [];
  const start = lineEnd(text, body.start);
  if (text.slice(body.start + 1, start).trim() !== "") return [];
  const indent = `${indentAt(text, type.start)}${unit}`;
  const line = `private static final Logger ${name} = LoggerFactory.getLogger(${text.slice(typeName.start, typeName.end)}.class);`;
  const gap = /^\r?\n[ \t]*\r?\n/.test(text.slice(start)) ? "" : eol;
  return [{ start, end: start, text: `${eol}${indent}${line}${gap}` }];
}

/** Imports in the order of their names. */
function imports(root: SyntaxNode, text: string, { eol }: Style, wanted: readonly string[]): readonly Edit[] {
  const present = root.children.filter(({ type }) => type === "import_declaration");
  const sourceOf = (node: SyntaxNode): string => /import\s+(?:static\s+)?([\w.*]+)/.exec(text.slice(node.start, node.end))?.[1] ?? "";
  const missing = wanted.filter(
    (source) => !present.some((node) => sourceOf(node) === source || sourceOf(node) === `${source.slice(0, source.lastIndexOf("."))}.*`),
  );
  if (missing.length === 0) return [];
  const lines = missing.map((source) => `import ${source};`);
  const plain = present.filter((node) => !/^import\s+static\b/.test(text.slice(node.start, node.end)));
  const before = plain.findLast((node) => sourceOf(node) < missing[0]!);
  if (before !== undefined) {
    const end = lineEnd(text, before.end);
    return [{ start: end, end, text: lines.map((line) => `${eol}${line}`).join("") }];
  }
  const [first] = plain;
  if (first !== undefined) return [{ start: first.start, end: first.start, text: lines.map((line) => `${line}${eol}`).join("") }];
  const clause = root.children.find(({ type }) => type === "package_declaration");
  const at = clause === undefined ? 0 : lineEnd(text, clause.end);
  return [{ start: at, end: at, text: `${eol}${eol}${lines.join(eol)}` }];
}
