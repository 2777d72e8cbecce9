import { posix } from "node:path";
import type { CallExpr, FileIR, LetStmt } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { sourceOf } from "../../imports/sources.ts";
import type { Held, PenAsk } from "../writer.ts";
import { importEdits } from "./imports.ts";
import { programOf, type Node } from "./syntax.ts";

interface Made {
  readonly file: FileIR;
  readonly stmt: LetStmt;
  readonly call: CallExpr;
  /** The first name of what is called. */
  readonly root: string;
}

/** `const logger = createLogger("billing");` at the top of a file: where most files make their own, this one does too. */
export function madeInFile({ file, files, project, pen, style }: PenAsk, name: string): Held | undefined {
  const all = files().filter((one) => one !== file && one.language === file.language);
  const made = all.flatMap((one) => madeIn(one, name) ?? []);
  const imported = all.filter((one) => one.imports.some(({ local, typeOnly }) => local === name && typeOnly !== true)).length;
  const [model] = made;
  if (model === undefined || made.length <= imported || made.length < 2) return undefined;
  const from = sourceOf(project, all, file, model.root, () => true);
  const own = file.imports.some(({ local }) => local === model.root);
  if (from === undefined && !own) return undefined;
  const text = spelled(model, file, style.quote);
  const at = afterImports(file);
  const declared = `const ${name} = ${text}${style.semicolons ? ";" : ""}`;
  const imports: readonly Edit[] = own || from === undefined ? [] : importEdits(file, { local: model.root, ...from }, style);
  return { expression: pen.name, edits: [...imports, { start: at, end: at, text: `${style.eol}${style.eol}${declared}` }] };
}

function madeIn(file: FileIR, name: string): Made | undefined {
  for (const stmt of file.body) {
    if (stmt.kind !== "let" || stmt.target.kind !== "bind" || stmt.target.name !== name || stmt.value?.kind !== "call") continue;
    const call = stmt.value;
    if (!call.args.every((arg) => arg.kind === "literal" && typeof arg.value === "string") || call.args.length > 1) return undefined;
    const callee = file.text.slice(call.callee.start, call.callee.end);
    const root = /^[A-Za-z_$][\w$]*/.exec(callee)?.[0];
    // One that is exported is the logger of all; a root that the file makes itself cannot be had here.
    if (root === undefined || !file.imports.some(({ local }) => local === root) || file.exports.some(({ local }) => local === name))
      return undefined;
    return { file, stmt, call, root };
  }
  return undefined;
}

/** The call with the name of this file where the other has a name of its own. */
function spelled({ file, call }: Made, into: FileIR, quote: string): string {
  const [arg] = call.args;
  const whole = file.text.slice(call.start, call.end);
  if (arg === undefined) return whole;
  const label = posix
    .basename(into.path)
    .replace(/\.[cm]?[jt]sx?$/, "")
    .replace(/^(?:index|route)$/, posix.basename(posix.dirname(into.path)));
  return `${file.text.slice(call.start, arg.start)}${quote}${label}${quote}${file.text.slice(arg.end, call.end)}`;
}

function afterImports(file: FileIR): number {
  const body = programOf(file).body as readonly Node[];
  return body.findLast(({ type }) => type === "ImportDeclaration")?.end ?? 0;
}
