import { isGap, type FileIR, type RecordEntry, type RecordExpr } from "@telltale/scan/analysis";
import type { Edit, Fix, Refusal } from "../contract.ts";
import { callAt } from "./calls.ts";
import type { Case, Fixer } from "./context.ts";

/** A secret that is a field of its own in a log line is dropped; the rest of the line stays. */
export const sensitiveData: Fixer = {
  rules: ["sensitive-data-in-log"],
  fix: (_, cases) => cases.map(drop),
};

/** Languages in which an object of fields is written `{ name: value }`, with commas between. */
const WRITTEN: ReadonlySet<string> = new Set(["javascript"]);

function drop({ finding, live }: Case): Fix | Refusal {
  if (isGap(live)) return { finding, kind: "unclear", reason: "it is no log line" };
  const { file, at, data } = live.issue;
  if (!WRITTEN.has(file.language)) return { finding, kind: "unsupported", reason: `a line of ${file.language} is not cleaned yet` };
  const records = (callAt(file, at)?.args ?? []).filter((arg): arg is RecordExpr => arg.kind === "record");
  const secrets = data?.secrets ?? [];
  const found = secrets.map((secret) => entryOf(file, records, secret));
  if (found.length === 0 || found.some((one) => one === undefined))
    return { finding, kind: "unclear", reason: "the secret is part of a larger value, and what else of it is needed is not known" };
  const entries = new Set(found.map((one) => one!));
  const edits = records.flatMap((record) => without(record, entries));
  return { finding, title: `Drop ${secrets.join(", ")} from the line`, safe: true, files: [{ file: file.path, edits }], left: [] };
}

/** The field whose whole value is the secret. */
function entryOf(file: FileIR, records: readonly RecordExpr[], secret: string): RecordEntry | undefined {
  // `req.body (with password)`: a larger value.
  if (/\s/.test(secret)) return undefined;
  const name = /[\w$]+$/.exec(secret)?.[0];
  const own = (entry: RecordEntry): boolean => entry.spread !== true && entry.value.kind !== "call" && entry.value.kind !== "record";
  return records
    .flatMap(({ entries }) => entries)
    .find(
      (entry) => own(entry) && (file.text.slice(entry.value.start, entry.value.end) === secret || (entry.key === name && isPlain(entry))),
    );
}

const isPlain = ({ value }: RecordEntry): boolean => value.kind === "name" || value.kind === "member";

/** The object without some fields and their commas. */
function without({ entries, start, end }: RecordExpr, dropped: ReadonlySet<RecordEntry>): readonly Edit[] {
  if (!entries.some((entry) => dropped.has(entry))) return [];
  const kept = entries.filter((entry) => !dropped.has(entry));
  if (kept.length === 0) return [{ start: start + 1, end: end - 1, text: "" }];
  const first = entries.indexOf(kept[0]!);
  const lead: readonly Edit[] = first === 0 ? [] : [{ start: entries[0]!.start, end: kept[0]!.start, text: "" }];
  // Behind the first that stays, each goes with the comma before it.
  const rest = entries.flatMap((entry, i) =>
    i > first && dropped.has(entry) ? [{ start: entries[i - 1]!.end, end: entry.end, text: "" }] : [],
  );
  return [...lead, ...rest];
}
