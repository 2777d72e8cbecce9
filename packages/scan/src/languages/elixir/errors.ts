import type { CatchClause, Expr, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import type { CallForm, Section, SectionName, Stab } from "./calls.ts";
import { stabsOf } from "./calls.ts";
import { armsOf } from "./functions.ts";
import { argumentsOf } from "./invoke.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { bindAt, callAt, letAt, nameAt, opaqueAt } from "./lowering.ts";
import { moduleName } from "./modules.ts";
import { isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

type Sections = ReadonlyMap<SectionName, Section>;

/** What the body of a `try` gave, for its `else` arms. */
const RESULT = "_result";

export function lowerTry(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  return form.sections.has("do") ? lowerSections(lo, form.sections, tail, form) : undefined;
}

/** The body of a function or `try`, with its `rescue`, `catch`, `else` and `after` where it has them. */
export function lowerSections(lo: Lowering, sections: Sections, tail: Tail, at: Span): Stmt[] {
  const body = sections.get("do") ?? { ...at, body: [] };
  if (sections.size <= 1) return lo.block(body.body, tail, body);
  const [otherwise, after] = [sections.get("else"), sections.get("after")];
  return [
    {
      kind: "try",
      start: at.start,
      end: at.end,
      body: otherwise ? keepResult(lo, body) : lo.block(body.body, tail, body),
      catches: catchesOf(lo, sections, tail),
      ...(otherwise && { otherwise: [matchResult(lo, otherwise, tail)] }),
      ...(after && { finally: lo.block(after.body, "drop", after) }),
    },
  ];
}

function keepResult(lo: Lowering, body: Section): Stmt[] {
  const value: Expr = {
    kind: "block",
    start: body.start,
    end: body.end,
    body: lo.block(body.body, "yield", body),
  };
  return [letAt(body, bindAt(body, RESULT), value)];
}

function matchResult(lo: Lowering, otherwise: Section, tail: Tail): Stmt {
  const { start, end } = otherwise;
  return {
    kind: "match",
    start,
    end,
    subject: nameAt(otherwise, RESULT),
    arms: armsOf(lo, stabsOf(otherwise.body), tail),
    exhaustive: true,
  };
}

function catchesOf(lo: Lowering, sections: Sections, tail: Tail): CatchClause[] {
  const rescued = stabsOf(sections.get("rescue")?.body ?? []).map((stab) => clause(lo, stab, rescueHead(lo, stab), tail));
  const caught = stabsOf(sections.get("catch")?.body ?? []).map((stab) => clause(lo, stab, catchHead(lo, stab), tail));
  return [...rescued, ...caught];
}

interface CatchHead {
  readonly param?: Pattern;
  readonly types: readonly string[];
}

function clause(lo: Lowering, stab: Stab, head: CatchHead, tail: Tail): CatchClause {
  const { start, end } = stab;
  const body = lo.block(stab.body, tail, stab);
  if (!stab.guard) return { start, end, ...head, body };
  const again: Stmt = { kind: "throw", start, end, value: null };
  return {
    start,
    end,
    ...head,
    body: [{ kind: "if", start, end, test: lo.expr(stab.guard), then: body, otherwise: [again] }],
  };
}

/** `e`, `Error`, `[A, B]`, `e in Error`, `e in [A, B]`. */
function rescueHead(lo: Lowering, stab: Stab): CatchHead {
  const [head] = stab.heads;
  if (!head) return { types: [] };
  const [left, right] = isBinary(head, "in") ? sidesOf(head) : [undefined, undefined];
  if (left && right) return { param: lo.pattern(left), types: typesOf(lo, right) };
  const types = typesOf(lo, head);
  return types.length > 0 ? { types } : { param: lo.pattern(head), types };
}

/** `value`, `kind, value`. Exits are told apart by the type `exit`, so that an arm for them does not catch what is raised. */
function catchHead(lo: Lowering, stab: Stab): CatchHead {
  const [first, second] = stab.heads;
  if (!first) return { types: [] };
  const kind = second && lo.pattern(first);
  const types = kind?.kind === "literalPattern" && kind.value === "exit" ? ["exit"] : [];
  return { param: lo.pattern(second ?? first), types };
}

function typesOf(lo: Lowering, node: SyntaxNode): string[] {
  if (node.type === "list") return node.children.flatMap((child) => typesOf(lo, child));
  const name = moduleName(lo, node);
  return name === undefined ? [] : [name];
}

/** `raise "text"`, `raise Error`, `raise Error, message: x`, `raise error`. */
export function lowerRaise(lo: Lowering, form: CallForm): Stmt[] | undefined {
  return throwing(form, raised(form, argumentsOf(lo, form)));
}

/** As `raise`, with the stack trace of an earlier error as last argument. */
export function lowerReraise(lo: Lowering, form: CallForm): Stmt[] | undefined {
  return throwing(form, raised(form, argumentsOf(lo, form).slice(0, -1)));
}

export function lowerThrow(lo: Lowering, form: CallForm): Stmt[] | undefined {
  return throwing(form, argumentsOf(lo, form)[0]);
}

export function lowerExit(lo: Lowering, form: CallForm): Stmt[] | undefined {
  return throwing(form, callAt(form, nameAt(form.target, "exit"), argumentsOf(lo, form), true));
}

function throwing(at: Span, value: Expr | undefined): Stmt[] | undefined {
  return value && [{ kind: "throw", start: at.start, end: at.end, value }];
}

function raised(at: Span, args: readonly Expr[]): Expr | undefined {
  const [first, ...rest] = args;
  if (first?.kind === "name" && /^[A-Z]/.test(first.name)) return callAt(at, first, rest, true);
  const text = first?.kind === "template" || (first?.kind === "literal" && typeof first.value === "string");
  return text ? callAt(at, nameAt(first, "RuntimeError"), args, true) : first;
}

/** No arm of a `cond` held. */
export function noClause(at: Span): Stmt {
  const value = callAt(at, nameAt(at, "CondClauseError"), [], true);
  return { kind: "throw", start: at.start, end: at.end, value };
}

/** `receive`: a match on a message that comes from elsewhere; after the time it takes another arm. */
export function lowerReceive(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [messages, after] = [form.sections.get("do"), form.sections.get("after")];
  if (!messages) return undefined;
  const { start, end } = form;
  const late = stabsOf(after?.body ?? []).map((stab) => ({
    start: stab.start,
    end: stab.end,
    patterns: [],
    body: lo.block(stab.body, tail, stab),
  }));
  const arms = [...armsOf(lo, stabsOf(messages.body), tail), ...late];
  return [{ kind: "match", start, end, subject: opaqueAt(form, []), arms, exhaustive: true }];
}
