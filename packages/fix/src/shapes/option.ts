import {
  isAuditName,
  splitWords,
  type CallExpr,
  type Expr,
  type FileIR,
  type Judged,
  type RecordEntry,
  type RecordExpr,
} from "@telltale/scan/analysis";
import type { Edit } from "../contract.ts";
import { holds, indentAt, startsLine } from "../places/text.ts";
import type { Style } from "../style/style.ts";
import { anchorsOf, dotted, givenIn } from "./calls.ts";
import type { Mark, Shape } from "./contract.ts";
import { functionNamed } from "./known-names.ts";
import { isLeftIn } from "./left.ts";
import { reindented } from "./texts.ts";

/** `audit: { action: "delete_user" }` among what the handler is registered with, `.meta({ audit: "user.deleted" })` on the way to it. */
export const option: Shape = {
  id: "option",
  marksOf: (_, judged) =>
    optionsOf(judged).map(({ path, entry, call }): Mark => ({
      key: `option:${isStep(judged, call) ? `${lastOf(call)}().` : ""}${path.join(".")}`,
      shape: option,
      judged,
      file: judged.found.handler.file,
      span: entry,
      told: [entry.value],
    })),
  leaves: ({ analysis }, mark, record) => {
    if (record.file === mark.file && record.span.start === mark.span.start) return true;
    const name = dotted(optionAt(mark)?.call.callee ?? mark.told[0]!);
    if (name === undefined) return false;
    const taker = functionNamed(analysis.project, mark.file, name.split(".")[0]!, name.slice(name.lastIndexOf(".") + 1));
    return isLeftIn(taker, record, mark.judged.fn);
  },
  put: ({ to, like, say, style }) => {
    const theirs = optionAt(like);
    if (theirs === undefined) return undefined;
    const write = (indent: string): string => reindented(say(theirs.entry), like.file, theirs.entry, indent, to.found.handler.file);
    return isStep(like.judged, theirs.call) ? putStep(to, theirs, write, style) : putBeside(to, like.judged, theirs, write, style);
  },
};

/** An entry that says what to record, with the keys that lead to it, and the call that is given it. */
interface Option {
  readonly call: CallExpr;
  readonly record: RecordExpr;
  readonly path: readonly string[];
  readonly entry: RecordEntry;
}

type Write = (indent: string) => string;

/** How deep options are nested. */
const DEEPEST = 3;

function optionsOf(judged: Judged): readonly Option[] {
  return callsOf(judged).flatMap((call) =>
    call.args.flatMap((arg) => (arg.kind === "record" ? auditIn(arg, DEEPEST).map((one) => ({ call, record: arg, ...one })) : [])),
  );
}

/** The calls by which a handler is registered: what stands around its function. */
function callsOf({ fn, found: { handler } }: Judged): readonly CallExpr[] {
  const { file, at } = handler;
  return givenIn(file).calls.filter((call) => holds(at, call) && !(fn?.file === file && holds(fn, call)));
}

function auditIn(record: RecordExpr, deep: number): readonly Pick<Option, "path" | "entry">[] {
  return record.entries.flatMap((entry) => {
    if (entry.key === null || deep === 0) return [];
    if (isAuditName(splitWords(entry.key))) return entry.value.kind === "function" ? [] : [{ path: [entry.key], entry }];
    if (entry.value.kind !== "record") return [];
    return auditIn(entry.value, deep - 1).map((one) => ({ ...one, path: [entry.key!, ...one.path] }));
  });
}

const optionAt = ({ judged, span }: Mark): Option | undefined => optionsOf(judged).find(({ entry }) => entry.start === span.start);

const isStep = ({ found: { handler } }: Judged, call: CallExpr): boolean => givenIn(handler.file).steps.has(call);

const lastOf = ({ callee }: CallExpr): string => (callee.kind === "member" ? (callee.property ?? "") : "");

/** The call that takes the handler: given its function, or an object that holds it. */
function takerOf(judged: Judged): { readonly call: CallExpr; readonly anchor: Expr } | undefined {
  const anchors = anchorsOf(judged).filter(({ file }) => file === judged.found.handler.file);
  for (const { expr } of anchors) {
    const call = callsOf(judged).find(({ args }) => args.some((arg) => arg === expr || (arg.kind === "record" && holds(arg, expr))));
    if (call !== undefined) return { call, anchor: call.args.find((arg) => holds(arg, expr))! };
  }
  return undefined;
}

/** A step of the chain gets one more entry; where there is no such step, it stands where it stands in the other chain. */
function putStep(to: Judged, { call, path }: Option, write: Write, style: Style): readonly Edit[] | undefined {
  const { file } = to.found.handler;
  const mine = callsOf(to).find((one) => isStep(to, one) && lastOf(one) === lastOf(call));
  const record = mine?.args.find((arg) => arg.kind === "record");
  if (mine !== undefined) return record === undefined ? undefined : addEntry(file, record, path, write, style, false);
  const taker = takerOf(to)?.call;
  if (taker === undefined || call.callee.kind !== "member" || call.callee.object.kind === "call") return undefined;
  let root: Expr = taker;
  while (root.kind === "call" && root.callee.kind === "member") root = root.callee.object;
  if (root.kind === "call") return undefined;
  const gap = /^\s*/.exec(file.text.slice(root.end))![0];
  const indent = gap.includes("\n") ? gap.slice(gap.lastIndexOf("\n") + 1) : indentAt(file.text, root.start);
  return [{ start: root.end, end: root.end, text: `${gap}.${lastOf(call)}(${nested(path, write(indent), style)})` }];
}

/** `{ config: { audit: "user.deleted" } }` */
function nested(path: readonly string[], entry: string, { spaced }: Style): string {
  const gap = spaced ? " " : "";
  return path.slice(0, -1).reduceRight((inner, key) => `{${gap}${key}: ${inner}${gap}}`, `{${gap}${entry}${gap}}`);
}

/** The call that takes the handler gets the entry, in the object that it is given already, else in one of its own. */
function putBeside(to: Judged, from: Judged, theirs: Option, write: Write, style: Style): readonly Edit[] | undefined {
  const { file } = to.found.handler;
  const [mine, other] = [takerOf(to), takerOf(from)];
  if (mine === undefined || other === undefined || other.call.start !== theirs.call.start || !isLike(mine.call, other.call))
    return undefined;
  const index = theirs.call.args.indexOf(theirs.record);
  const at = mine.call.args[index];
  const first = theirs.record.entries[0]?.start === theirs.entry.start;
  if (at?.kind === "record") return addEntry(file, at, theirs.path, write, style, first);
  if (at !== mine.anchor || mine.call.args.length !== theirs.call.args.length - 1) return undefined;
  return [{ start: at.start, end: at.start, text: `${nested(theirs.path, write(indentAt(file.text, at.start)), style)}, ` }];
}

/** The same function, or another method of the same object: `app.post`, `app.delete`. */
function isLike(a: CallExpr, b: CallExpr): boolean {
  const [mine, theirs] = [dotted(a.callee), dotted(b.callee)];
  if (mine === undefined || theirs === undefined) return lastOf(a) !== "" && lastOf(a) === lastOf(b);
  return mine === theirs || (mine.includes(".") && mine.split(".")[0] === theirs.split(".")[0]);
}

function addEntry(
  file: FileIR,
  record: RecordExpr,
  path: readonly string[],
  write: Write,
  style: Style,
  first: boolean,
): readonly Edit[] | undefined {
  const [key, ...rest] = path;
  const inner = record.entries.find((entry) => entry.key === key);
  if (inner !== undefined)
    return rest.length > 0 && inner.value.kind === "record" ? addEntry(file, inner.value, rest, write, style, false) : undefined;
  const neighbour = first ? record.entries[0] : record.entries.at(-1);
  if (neighbour === undefined)
    return [{ start: record.start, end: record.end, text: nested(path, write(indentAt(file.text, record.start)), style) }];
  const ownLine = startsLine(file.text, neighbour.start);
  const indent = indentAt(file.text, neighbour.start);
  const text = rest.length === 0 ? write(indent) : `${key}: ${nested(rest, write(indent), style)}`;
  const gap = ownLine ? `${style.eol}${indent}` : " ";
  return first
    ? [{ start: neighbour.start, end: neighbour.start, text: `${text},${gap}` }]
    : [{ start: neighbour.end, end: neighbour.end, text: `,${gap}${text}` }];
}
