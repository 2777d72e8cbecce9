import type { HandlerFound } from "../../frameworks/framework.ts";
import type { FunctionIR } from "../../ir/nodes.ts";
import { declaredValue } from "../../ir/scope.ts";
import type { Project } from "../../project/project.ts";
import type { Origin } from "../flow/origin.ts";
import type { ReadRow, RequestPart, RequestTable } from "./part.ts";
import { isFilled } from "./filled.ts";
import { givenPart } from "./given.ts";
import { requestTables } from "./tables.ts";

export { PART_TITLES, type RequestPart } from "./part.ts";

/** The part of a request that a value comes from, where a caller may put a line break into it. */
export type RequestParts = (origin: Origin) => RequestPart | undefined;

/** @param handlerOf what is known of a function that serves requests. */
export function createRequestParts(project: Project, handlerOf: (fn: FunctionIR) => HandlerFound | undefined): RequestParts {
  const tables = new Map<string, RequestTable>(requestTables.flatMap((one) => one.languages.map((language) => [language, one] as const)));
  return (origin) => {
    const table = tables.get(origin.file.language);
    if (table === undefined || origin.kind === "literal" || origin.kind === "caught" || isCast(origin)) return undefined;
    const text = spelled(origin);
    const read = table.reads.find((row) => isRead(row, origin, text));
    if (read !== undefined) return read.part;
    return givenPart(project, table, origin, handlerOf) ?? (isFilled(project, table, origin) ? "body" : undefined);
  };
}

/** `(int) $_GET["page"]`: nothing of the text is left. */
function isCast({ file, expr }: Origin): boolean {
  return /\(\s*(?:int|integer|bool|boolean|float|double|long|short|decimal)\s*\)\s*$/i.test(
    file.text.slice(Math.max(0, expr.start - 14), expr.start),
  );
}

/** The source text at the beginning, every way to reach a member spelled `.`. */
function spelled({ file, expr }: Origin): string {
  return file.text
    .slice(expr.start, expr.end)
    .replace(/^(?:await\s+)+/, "")
    .replaceAll(/\s+/g, "")
    .replaceAll(/\?\.(?=\[)|!+(?=[.[])/g, "")
    .replaceAll(/\?\.|\?->|->|::/g, ".")
    .replaceAll("$", "");
}

function isRead(row: ReadRow, origin: Origin, text: string): boolean {
  if (row.ofParameter === true && origin.of === undefined && !isFree(origin)) return false;
  return (row.path === undefined || row.path.test(origin.path)) && (row.text === undefined || endsThere(text, row.text.exec(text)));
}

/** A read is the whole of the text, but for a member of what it gives: `r.FormValue("a")`, `r.URL.Query().Get("q")`. */
function endsThere(text: string, match: RegExpExecArray | null): boolean {
  if (match === null) return false;
  let depth = 0;
  let end = match.index + match[0].length;
  for (const letter of match[0]) depth += letter === "(" || letter === "[" ? 1 : letter === ")" || letter === "]" ? -1 : 0;
  for (; depth > 0 && end < text.length; end++) depth += "([".includes(text[end]!) ? 1 : ")]".includes(text[end]!) ? -1 : 0;
  return /^(?:\[[^\]]*\]|\.(?:Get|get|first|First|at|decode|read|getOrNull)\([^()]*\)|\.(?:value|Value)|!|;)*$/.test(text.slice(end));
}

/** A name that nothing declares is what the framework brings in. */
function isFree({ file, fn, path }: Origin): boolean {
  const root = path.split(/[.(]/)[0]!;
  return root === "this" || (declaredValue(file, fn, root) === undefined && !file.imports.some(({ local }) => local === root));
}
