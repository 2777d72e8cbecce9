import {
  isAuditName,
  paramNames,
  splitWords,
  walkStmts,
  type CallExpr,
  type FunctionIR,
  type Judged,
  type RecordEntry,
} from "@telltale/scan/analysis";
import { writerOf } from "../languages/index.ts";
import { holds } from "../places/text.ts";
import { dotted } from "./calls.ts";
import type { Bench, Mark, Shape } from "./contract.ts";

/**
 * `Members.remove(member, audit: audit_data(conn))`: the function that does the work is given whom to write down, and writes
 * the record. In languages whose functions take such options by name behind their other arguments.
 */
export const passed: Shape = {
  id: "passed",
  marksOf: (_, judged) =>
    passedBy(judged).map(({ entry }): Mark => ({
      key: `passed:${entry.key}`,
      shape: passed,
      judged,
      file: judged.fn!.file,
      span: entry,
      told: [],
    })),
  leaves: (_, mark, record) => {
    const call = passedBy(mark.judged).find(({ entry }) => entry.start === mark.span.start)?.call;
    return record.by === "audit" && call !== undefined && !holds(mark.judged.fn!, record.span) && record.via.length > 0;
  },
  put: ({ to, like, marks, bench }) => {
    const text = textOf(like);
    const { fn } = to;
    if (fn === undefined || marks.some((mark) => textOf(mark) !== text)) return undefined;
    const key = like.key.slice(like.key.indexOf(":") + 1);
    const takers = callsIn(fn).filter((call) => takes(bench, call, key));
    const [call] = takers;
    if (call === undefined || takers.length > 1 || !namesIn(text).every((name) => paramNames(fn).includes(name))) return undefined;
    const end = call.end - 1;
    if (fn.file.text[end] !== ")" || fn.file.text.slice(call.start, call.end).includes("\n")) return undefined;
    const first = fn.file.text[end - 1] === "(";
    return [{ start: end, end, text: `${first ? "" : ", "}${text}` }];
  },
};

interface Passed {
  readonly call: CallExpr;
  readonly entry: RecordEntry;
}

function passedBy({ fn }: Judged): readonly Passed[] {
  if (fn === undefined || writerOf(fn.file.language)?.givesAnswers !== true) return [];
  return callsIn(fn).flatMap((call) => {
    const last = call.args.at(-1);
    const entry = last?.kind === "record" ? last.entries.find(({ key }) => key !== null && isAuditName(splitWords(key))) : undefined;
    return entry === undefined ? [] : [{ call, entry }];
  });
}

function callsIn(fn: FunctionIR): readonly CallExpr[] {
  const calls: CallExpr[] = [];
  for (const one of fn.file.functions.filter((inner) => holds(fn, inner)))
    walkStmts(one.body, (expr) => {
      if (expr.kind === "call" && !calls.includes(expr)) calls.push(expr);
    });
  return calls;
}

/** Whether a call is of a function of the project that reads such an option, and is not given it yet. */
function takes({ analysis }: Bench, { callee, args }: CallExpr, key: string): boolean {
  const names = dotted(callee)?.split(".") ?? [];
  const [module, name] = [names.at(-2), names.at(-1)];
  if (module === undefined || name === undefined || args.at(-1)?.kind === "record") return false;
  const reads = new RegExp(`\\[:${key}\\]|, :${key}\\b|\\b${key}: \\w`);
  return analysis
    .files()
    .some(({ functions }) =>
      functions.some(
        (fn) =>
          fn.name === name &&
          fn.container?.name.split(".").at(-1) === module &&
          fn.params.length === args.length + 1 &&
          reads.test(fn.file.text.slice(fn.start, fn.end)),
      ),
    );
}

const textOf = ({ file, span }: Mark): string => file.text.slice(span.start, span.end);

/** The variables of an option. */
const namesIn = (text: string): readonly string[] => text.match(/(?<![\w.:@&])[a-z_]\w*\b(?!\s*[(:?!])/g) ?? [];
