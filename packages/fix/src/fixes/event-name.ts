import { isGap, type FileIR, type LiteralExpr, type Span } from "@telltale/scan/analysis";
import type { Edit, Fix, Refusal } from "../contract.ts";
import { holds } from "../places/text.ts";
import { eachExpr } from "./calls.ts";
import type { Case, Fixer } from "./context.ts";

/** A record that calls an event otherwise than others do: the literal with the name gives way to the usual name, in any language. */
export const eventName: Fixer = {
  rules: ["inconsistent-event-name"],
  fix: (_, cases) => cases.map(rename),
};

/** Places in a sentence that values are put into: what would become of them is not for an edit to say. */
const PLACES = /%[a-zA-Z\d.-]|[{}]|\$\w|#\{|\\/;

function rename({ finding, live }: Case): Fix | Refusal {
  const no = (reason: string): Refusal => ({ finding, kind: "unclear", reason });
  const named = isGap(live) ? undefined : live.issue.data?.named;
  if (isGap(live) || named === undefined) return no("no other name is known for it");
  const { file, at, judged } = live.issue;
  const { is, usual: wanted } = named;
  const literals = literalsIn(file, at);
  const found = literals.filter(({ value }) => (is === undefined ? /\w\s+\w/.test(value) : value === is));
  if (found.length === 0) return no("the name does not stand in the record as a literal");
  if (is === undefined && (found.length > 1 || PLACES.test(found[0]!.value)))
    return no("the sentence holds values, and which fields they become is for a person to say");
  const edits = found.map((literal) => renamed(file, literal, wanted));
  if (edits.some((edit) => edit === undefined)) return no("the name cannot be written there as it is");
  const row = judged?.outcomes.some(({ records }) =>
    records.some((record) => record.by !== "log" && record.file === file && record.span.start === at.start),
  );
  return {
    finding,
    title: `Name the event ${wanted}`,
    safe: row !== true,
    // What reads the rows may know the old name only: a list of allowed values, a page that filters.
    ...(row === true ? { changes: "write another name into the rows of an audit table" } : {}),
    files: [{ file: file.path, edits: edits.map((edit) => edit!) }],
    left: [],
  };
}

interface Text extends LiteralExpr {
  readonly value: string;
}

function literalsIn(file: FileIR, at: Span): readonly Text[] {
  const found = new Map<number, Text>();
  eachExpr(file, (expr) => {
    if (expr.kind === "literal" && typeof expr.value === "string" && holds(at, expr)) found.set(expr.start, { ...expr, value: expr.value });
  });
  return [...found.values()];
}

/** The name alone, between whatever quotes stand around it. */
function renamed({ text }: FileIR, { start, end, value, symbol }: Text, wanted: string): Edit | undefined {
  const written = text.slice(start, end);
  const at = written.indexOf(value);
  if (at === -1 || written.indexOf(value, at + 1) !== -1 || written.length > value.length + 8) return undefined;
  if (symbol === true && !/["']/.test(written) && !/^[a-z_]\w*$/i.test(wanted)) return undefined;
  return { start: start + at, end: start + at + value.length, text: wanted };
}
