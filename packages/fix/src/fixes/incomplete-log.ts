import { isGap, type IssueFound, type Outcome, type Proposal, type RecordExpr } from "@telltale/scan/analysis";
import type { Fix, Refusal } from "../contract.ts";
import { writerOf } from "../languages/index.ts";
import type { Seat, Spot } from "../languages/writer.ts";
import { functionAround } from "../places/statement.ts";
import { indentAt } from "../places/text.ts";
import { callAt } from "./calls.ts";
import type { Case, Context, Fixer } from "./context.ts";
import { entriesAfter } from "./entries.ts";

/** Records that lack a detail which is in scope where they are written: it is added to the object that they carry. */
export const incompleteLog: Fixer = {
  rules: ["incomplete-security-log"],
  fix: (context, cases) => cases.map((one) => complete(context, one)),
};

/** Keys under which a record gives a detail already. */
const GIVEN: Readonly<Record<string, RegExp>> = {
  actor: /actor|user|member|account|email|login|\bby\b|\bsub\b|uid/i,
  target: /target|resource|object|subject|entity|(?:^|[a-z])Id$|^id$/,
  outcome: /outcome|status|success|result/i,
  reason: /reason|error|err$|message|cause/i,
  ip: /ip$|^ip|addr|remote|client/i,
  request_id: /request|^req|correlation|trace/i,
};

/** Languages in which an object of fields is written `{ name: value }`. */
const WRITTEN: ReadonlySet<string> = new Set(["javascript"]);

function complete(context: Context, { finding, live }: Case): Fix | Refusal {
  const no = (reason: string): Refusal => ({ finding, kind: "unclear", reason });
  if (isGap(live)) return no("it is no record");
  const { issue } = live;
  if (!WRITTEN.has(issue.file.language))
    return { finding, kind: "unsupported", reason: `a record of ${issue.file.language} is not completed yet` };
  const outcome = outcomeOf(live);
  const call = callAt(issue.file, issue.at);
  const fields = call?.args.find((arg): arg is RecordExpr => arg.kind === "record");
  if (outcome === undefined || issue.judged === undefined) return no("which outcome the record tells of is not known");
  if (
    call === undefined ||
    fields === undefined ||
    fields.entries.length === 0 ||
    fields.entries.some(({ spread, key }) => spread === true || key === null)
  )
    return no("the record carries no object whose fields are written out");
  const added = addedTo(context, issue, outcome, fields);
  if (added.length === 0) return { finding, kind: "no-place", reason: "what the record lacks is not in scope there" };
  const spelling = context.analysis.spelling(issue.file);
  const named = issue.action === undefined ? added : spelling.details(added, { action: issue.action, kind: outcome.kind });
  const edits = entriesAfter(issue.file, call, fields, named, context.styleOf(issue.file));
  const title = `Add ${named.map(({ name }) => name).join(", ")} to the record`;
  return { finding, title, safe: true, files: [{ file: issue.file.path, edits }], left: leftOf(issue, added) };
}

/** What the proposer calls details that the vocabulary calls otherwise. */
const FIELDS: Readonly<Record<string, string>> = { "source IP": "ip", "request ID": "request_id" };

/** What the record lacks and nothing in scope gives. */
function leftOf({ data }: IssueFound["issue"], added: Proposal["details"]): Fix["left"] {
  const lacks = (data?.lacks ?? []).filter((detail) => detail !== "event").map((detail) => FIELDS[detail] ?? detail);
  const open = lacks.filter((name) => !added.some((one) => one.name === name));
  return open.map((name) => ({ kind: "no-place", reason: `${name} is not in scope where the record is written` }));
}

function outcomeOf({ issue }: IssueFound): Outcome | undefined {
  return issue.judged?.outcomes.find(({ records }) =>
    records.some(({ file, span }) => file === issue.file && span.start === issue.at.start),
  );
}

function addedTo({ analysis, styleOf }: Context, issue: IssueFound["issue"], { kind }: Outcome, fields: RecordExpr): Proposal["details"] {
  const { file, at } = issue;
  const fn = functionAround(file, at);
  const room = { file, fn, before: at.start, inner: true as const };
  const says = analysis.saying(issue.judged!, kind, room, []);
  const keys = fields.entries.map(({ key }) => key ?? "");
  const lacking = (says?.details ?? []).filter(({ name }) => !keys.some((key) => key === name || GIVEN[name]?.test(key) === true));
  const style = styleOf(file);
  const spot: Spot = { project: analysis.project, file, fn, at, kind, style };
  const seat: Seat = { offset: at.start, safe: true, indent: indentAt(file.text, at.start), write: () => [] };
  const values = writerOf(file.language)?.values;
  const details = values?.({ spot, seat, details: lacking }) ?? lacking;
  return details.map(({ name, value }) => ({ name, value: style.quote === "'" ? value.replace(/"([^"'\\]*)"/g, "'$1'") : value }));
}
