import {
  isAuditName,
  isInScope,
  splitWords,
  type CallExpr,
  type Expr,
  type GapFound,
  type Judged,
  type Outcome,
  type Room,
  type Stmt,
} from "@telltale/scan/analysis";
import { dotted } from "../shapes/calls.ts";
import { spelledAs } from "../shapes/spelling.ts";
import { subjectOf } from "../shapes/subject.ts";
import { listsOf } from "../places/statement.ts";
import { holds } from "../places/text.ts";
import type { Context } from "./context.ts";

/** A statement of a sibling that writes the record of it: `Audit.record(conn, "project.updated", project)`. */
interface Told {
  readonly judged: Judged;
  readonly call: CallExpr;
  readonly callee: string;
}

/** How many siblings must write their record so, beside being most of those that have one. */
const LEAST = 2;

/**
 * The call of the project's own audit function with which the siblings of a handler leave their records, with arguments from
 * what is in scope and names put together as theirs; undefined where they do not agree, or an argument is anybody's guess.
 */
export function auditCall({ analysis }: Context, { judged }: GapFound, kind: Outcome["kind"], room: Room): string | undefined {
  const siblings = analysis.handlers.filter((one) => one !== judged && one.file === judged.file && recordsOf(one, kind).length > 0);
  const told = siblings.flatMap((one) => toldBy(one, kind));
  const usual = mostly(told, ({ callee, call }) => `${callee}/${call.args.length}`);
  const bearers = new Set(usual.map((one) => one.judged)).size;
  if (bearers < LEAST || bearers * 2 <= siblings.length || room.file !== judged.file) return undefined;
  const args = usual[0]!.call.args.map((_, i) => argument(usual, i, judged, room));
  return args.includes(undefined) ? undefined : `${usual[0]!.callee}(${args.join(", ")})`;
}

const recordsOf = ({ outcomes }: Judged, kind: Outcome["kind"]) =>
  outcomes.filter((one) => one.kind === kind).flatMap(({ records }) => records);

/** The one statement of a handler that writes a record by a function that is called after an audit trail. */
function toldBy(judged: Judged, kind: Outcome["kind"]): readonly Told[] {
  const { fn } = judged;
  if (fn === undefined) return [];
  const audits = recordsOf(judged, kind).filter(({ by }) => by === "audit");
  const mine: Told[] = [];
  for (const one of fn.file.functions.filter((inner) => holds(fn, inner))) {
    for (const call of statementCalls(one.body)) {
      const callee = dotted(call.callee);
      const method = callee?.split(".").at(-1) ?? "";
      const writes = audits.some(({ via, file, span }) => via.includes(method) || (file === fn.file && holds(call, span)));
      if (callee !== undefined && writes && callee.split(".").some((part) => isAuditName(splitWords(part))))
        mine.push({ judged, call, callee });
    }
  }
  return mine.length === 1 ? mine : [];
}

/** Calls that are statements, of whose value nothing is made. */
function statementCalls(body: readonly Stmt[]): readonly CallExpr[] {
  return body.flatMap((stmt) => [
    ...(stmt.kind === "expr" && stmt.value.kind === "call" ? [stmt.value] : []),
    ...listsOf(stmt).flatMap((list) => statementCalls(list)),
  ]);
}

function mostly<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** What all say alike where its names are in scope; a name of an event as theirs follow from what they do; the thing that is acted on. */
function argument(told: readonly Told[], i: number, to: Judged, room: Room): string | undefined {
  const given = told.map(({ judged, call }) => ({ judged, expr: call.args[i]!, text: textOf(judged, call.args[i]!) }));
  const [first] = given;
  const name = first === undefined ? undefined : nameIn(first.expr, first.text);
  if (name !== undefined) {
    const examples = given.flatMap(({ judged, expr, text }) => {
      const one = nameIn(expr, text);
      return one === undefined ? [] : [{ text: one, subject: subjectOf(judged), near: true }];
    });
    const spelled = spelledAs(examples, subjectOf(to), undefined);
    return spelled === undefined ? undefined : first!.text.replace(name, () => spelled);
  }
  if (given.every(({ text }) => text === first!.text))
    return namesIn(first!.text).every((one) => isInScope(one, room)) ? first!.text : undefined;
  const isThing = given.every(({ judged, text }) => subjectOf(judged).nouns.some((noun) => noun.join("_") === text));
  const thing = isThing
    ? subjectOf(to)
        .nouns.map((noun) => noun.join("_"))
        .find((noun) => isInScope(noun, room))
    : undefined;
  return thing;
}

const textOf = ({ fn }: Judged, { start, end }: Expr): string => fn!.file.text.slice(start, end);

/** The event of `"project.updated"`, `:project_updated`. */
function nameIn(expr: Expr, text: string): string | undefined {
  if (expr.kind !== "literal" || typeof expr.value !== "string") return undefined;
  return text.includes(expr.value) ? expr.value : undefined;
}

/** The variables of an expression. */
const namesIn = (text: string): readonly string[] => text.replace(/"[^"]*"/g, "").match(/(?<![\w.:@&])[a-z_]\w*\b(?!\s*[(:?!])/g) ?? [];
