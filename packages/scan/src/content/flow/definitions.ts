import type { Expr, FileIR, FunctionIR, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { walkExpr } from "../../ir/walk.ts";

/** Statements that run together; the arms of one `if` or `match` are regions of one owner. */
export interface Region extends Span {
  readonly parent: Region | null;
  /** The statement that it is an arm of; null for the body itself. */
  readonly owner: Stmt | null;
  /** Arms of the owner exclude each other (`if`, `match`), unlike those of `try`. */
  readonly excludes: boolean;
  /** It runs again and again. */
  readonly repeats: boolean;
  /** It never goes on behind its owner. */
  readonly leaves: boolean;
}

/** What a name is given at one place. */
export interface Definition extends Span {
  readonly name: string;
  readonly region: Region;
  readonly from: Source;
  /** Where in the given value the name's value lies: keys, places of lists (`1`, or `1:ok` where `:ok` must stand first), `*` for each element. */
  readonly access: readonly string[];
  /** Keys that a rest pattern leaves out. */
  readonly without: readonly string[];
  /** The members under which it is put: `data.password = x` gives `["password"]`; empty where the name itself is given. */
  readonly under: readonly string[];
  /** The old value takes part as well. */
  readonly adds: boolean;
}

export type Source =
  | { readonly kind: "value"; readonly expr: Expr }
  | { readonly kind: "parameter"; readonly index: number }
  | { readonly kind: "caught" }
  | { readonly kind: "nothing" };

interface Sink {
  readonly found: Definition[];
  readonly file: FileIR;
}

const known = new WeakMap<FunctionIR | FileIR, ReadonlyMap<string, readonly Definition[]>>();

/** The definitions of names in a function, or at the top level of a file, in source order; not those in functions inside. */
export function definitionsIn(file: FileIR, fn: FunctionIR | null): ReadonlyMap<string, readonly Definition[]> {
  const key = fn ?? file;
  let mine = known.get(key);
  if (mine === undefined) known.set(key, (mine = byName(collect(file, fn))));
  return mine;
}

function byName(found: readonly Definition[]): Map<string, Definition[]> {
  const names = new Map<string, Definition[]>();
  for (const one of found) {
    const list = names.get(one.name);
    if (list === undefined) names.set(one.name, [one]);
    else list.push(one);
  }
  return names;
}

function collect(file: FileIR, fn: FunctionIR | null): Definition[] {
  const sink: Sink = { found: [], file };
  const span = fn ?? { start: 0, end: file.text.length };
  const region: Region = { ...spanOf(span), parent: null, owner: null, excludes: false, repeats: false, leaves: false };
  for (const [index, param] of (fn?.params ?? []).entries())
    bind(sink, param.pattern, { kind: "parameter", index }, { start: span.start, end: span.start }, region);
  inStmts(sink, fn === null ? file.body : fn.body, region);
  return sink.found;
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

function inStmts(sink: Sink, body: readonly Stmt[], region: Region): void {
  for (const stmt of body) inStmt(sink, stmt, region);
}

function arm(parent: Region, owner: Stmt, body: readonly Stmt[], how: { excludes?: boolean; repeats?: boolean }): Region {
  const last = body.at(-1);
  return {
    start: body[0]?.start ?? owner.start,
    end: last?.end ?? owner.start,
    parent,
    owner,
    excludes: how.excludes === true,
    repeats: how.repeats === true || parent.repeats,
    leaves: last !== undefined && (last.kind === "return" || last.kind === "throw"),
  };
}

function inStmt(sink: Sink, stmt: Stmt, region: Region): void {
  const within = (body: readonly Stmt[], how: { excludes?: boolean; repeats?: boolean } = {}): void =>
    inStmts(sink, body, arm(region, stmt, body, how));
  switch (stmt.kind) {
    case "let":
      if (stmt.value !== null) inExpr(sink, stmt.value, region);
      bind(sink, stmt.target, isNothing(stmt.value) ? { kind: "nothing" } : { kind: "value", expr: stmt.value }, stmt, region);
      return;
    case "expr":
    case "yield":
      return inExpr(sink, stmt.value, region);
    case "return":
    case "throw":
      if (stmt.value !== null) inExpr(sink, stmt.value, region);
      return;
    case "if":
      inExpr(sink, stmt.test, region);
      within(stmt.then, { excludes: true });
      return within(stmt.otherwise, { excludes: true });
    case "match":
      inExpr(sink, stmt.subject, region);
      for (const one of stmt.arms) {
        const inner = { ...arm(region, stmt, one.body, { excludes: true }), ...spanOf(one) };
        const at = { start: one.start, end: one.start };
        for (const pattern of one.patterns) bind(sink, pattern, { kind: "value", expr: stmt.subject }, at, inner);
        if (one.guard !== undefined) inExpr(sink, one.guard, inner);
        inStmts(sink, one.body, inner);
      }
      return;
    case "loop": {
      const inner = { ...arm(region, stmt, stmt.body, { repeats: true }), ...spanOf(stmt) };
      if (stmt.over !== null) inExpr(sink, stmt.over, region);
      if (stmt.test !== undefined) inExpr(sink, stmt.test, inner);
      const over: Source = stmt.over === null ? { kind: "nothing" } : { kind: "value", expr: stmt.over };
      if (stmt.target !== undefined) bind(sink, stmt.target, over, { start: stmt.start, end: stmt.start }, inner, ["*"]);
      return inStmts(sink, stmt.body, inner);
    }
    case "try":
      within(stmt.body);
      for (const clause of stmt.catches) {
        const inner = { ...arm(region, stmt, clause.body, {}), ...spanOf(clause) };
        if (clause.param !== undefined) bind(sink, clause.param, { kind: "caught" }, { start: clause.start, end: clause.start }, inner);
        inStmts(sink, clause.body, inner);
      }
      within(stmt.otherwise ?? []);
      return inStmts(sink, stmt.finally ?? [], region);
    case "blockStmt":
      return inStmts(sink, stmt.body, region);
    case "jump":
      return;
  }
}

/** Declared without a value, or with the zero value of its type. */
const isNothing = (value: Expr | null): value is null => value === null || (value.kind === "opaque" && value.parts.length === 0);

function inExpr(sink: Sink, expr: Expr, region: Region): void {
  walkExpr(expr, (one) => {
    if (one.kind === "block") {
      inStmts(sink, one.body, region);
      return false;
    }
    if (one.kind === "assign") assign(sink, one, region);
    return undefined;
  });
}

function assign(sink: Sink, expr: Expr & { kind: "assign" }, region: Region): void {
  const from: Source = { kind: "value", expr: expr.value };
  if (expr.target.kind !== "member") {
    bind(sink, expr.target, from, expr, region, [], expr.update === true);
    return;
  }
  const way = memberWay(expr.target);
  if (way === undefined) return;
  const { start, end } = expr;
  sink.found.push({ name: way.root, start, end, region, from, access: [], without: [], under: way.keys, adds: expr.update === true });
}

/** `this.user.password` is `this` with `user`, `password`; undefined where it does not begin with a name. */
function memberWay(expr: Expr): { readonly root: string; readonly keys: readonly string[] } | undefined {
  const keys: string[] = [];
  let at = expr;
  while (at.kind === "member") {
    keys.unshift(at.property ?? "*");
    at = at.object;
  }
  return at.kind === "name" ? { root: at.name, keys } : undefined;
}

function bind(
  sink: Sink,
  pattern: Pattern,
  from: Source,
  at: Span,
  region: Region,
  access: readonly string[] = [],
  adds = false,
  without: readonly string[] = [],
): void {
  const add = (name: string, source: Source, way: readonly string[]): void =>
    void sink.found.push({ name, start: at.start, end: at.end, region, from: source, access: way, without, under: [], adds });
  const fallback = "default" in pattern ? pattern.default : undefined;
  switch (pattern.kind) {
    case "bind":
      if (from.kind !== "nothing" || fallback === undefined) add(pattern.name, from, access);
      if (fallback !== undefined) add(pattern.name, { kind: "value", expr: fallback }, []);
      if (pattern.also !== undefined) bind(sink, pattern.also, from, at, region, access);
      return;
    case "recordPattern": {
      const keys = pattern.entries.flatMap(({ key }) => key ?? []);
      for (const entry of pattern.entries) {
        if (isRest(entry)) bind(sink, entry.pattern, from, at, region, access, adds, keys);
        else bind(sink, entry.pattern, from, at, region, [...access, entry.key ?? "*"], adds);
      }
      return;
    }
    case "listPattern":
      for (const [i, item] of pattern.items.entries()) {
        const isRemainder = item.kind === "bind" && item.rest === true;
        bind(sink, item, from, at, region, isRemainder ? access : [...access, `${i}${tagOf(pattern, i)}`], adds);
      }
      return;
    default:
      return;
  }
}

/** `{:error, reason}` takes nothing from `{:ok, user}`: the place is asked for together with what must stand first. */
function tagOf({ items }: Pattern & { kind: "listPattern" }, place: number): string {
  const [first] = items;
  return place > 0 && first?.kind === "literalPattern" && first.symbol === true ? `:${String(first.value)}` : "";
}

const isRest = (entry: { readonly key: string | null; readonly pattern: Pattern }): boolean =>
  entry.key === null && entry.pattern.kind === "bind" && entry.pattern.rest === true;
