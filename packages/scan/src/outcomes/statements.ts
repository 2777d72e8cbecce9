import type { CatchClause, Expr, LoopStmt, MatchArm, MatchStmt, Pattern, Stmt, TryStmt } from "../ir/nodes.ts";
import { lastReads } from "../ir/scope.ts";
import { walkStmts } from "../ir/walk.ts";
import { test } from "./expressions.ts";
import { match } from "./patterns.ts";
import { ancestorNames, telling } from "./thrown.ts";
import type { Scope, Walk } from "./walk.ts";
import { NULL, UNKNOWN, type Value } from "./values.ts";
import { merge } from "./join.ts";
import { push, type Exit, type Flow, type Way } from "./way.ts";

/** Runs statements on every way; the ways that go on after them. Those that end go to `scope.exits`. */
export function runStatements(walk: Walk, body: readonly Stmt[], ways: readonly Way[], scope: Scope): readonly Way[] {
  let current = ways;
  for (const stmt of body) {
    if (current.length === 0) return current;
    current = thin(
      current.flatMap((way) => runStatement(walk, stmt, way, scope)),
      scope,
      stmt.end,
    );
  }
  return current;
}

/** Ways that differ only in names that nobody reads from here on are one. Bodies run once, from top to bottom: what stands before is past. */
function thin(ways: readonly Way[], scope: Scope, from: number): readonly Way[] {
  if (ways.length < 2) return ways;
  const last = scope.fn === null ? undefined : lastReads(scope.fn);
  const isLive = last === undefined ? undefined : (name: string): boolean => (last.get(name) ?? -1) > from;
  return merge(
    ways.map((way) => ({ way, value: UNKNOWN })),
    scope.base,
    isLive,
  ).map((flow) => flow.way);
}

function runStatement(walk: Walk, stmt: Stmt, way: Way, scope: Scope): readonly Way[] {
  switch (stmt.kind) {
    case "expr":
      return waysOf(walk.evaluate(stmt.value, way, scope));
    case "let":
      return stmt.value === null
        ? [{ ...way, env: match(stmt.target, NULL, way.env, false, () => UNKNOWN).env }]
        : walk.evaluate(stmt.value, way, scope).flatMap((flow) => bindLet(walk, stmt.target, flow, scope));
    case "if":
      return test(walk, stmt.test, way, scope).flatMap(({ way: branch, holds }) =>
        runStatements(walk, holds ? stmt.then : stmt.otherwise, [stepInto(branch, scope, stmt.test, holds)], scope),
      );
    case "match":
      return runMatch(walk, stmt, way, scope);
    case "loop":
      return runLoop(walk, stmt, way, scope);
    case "try":
      return runTry(walk, stmt, way, scope);
    case "return":
    case "throw":
    case "yield":
      return leave(walk, stmt.kind, stmt.value, way, stmt, scope);
    case "blockStmt":
      return runStatements(walk, stmt.body, [way], scope);
    case "jump":
      scope.exits.push({ kind: "jump", way, value: UNKNOWN, at: { file: scope.file, span: stmt } });
      return [];
  }
}

const waysOf = (flows: readonly Flow[]): Way[] => flows.map((flow) => flow.way);

function stepInto(way: Way, scope: Scope, at: { start: number; end: number }, holds: boolean): Way {
  return { ...way, steps: push(way.steps, { file: scope.file, span: at, note: holds ? "holds" : "does not hold" }) };
}

/** A pattern that cannot fit raises; one that takes apart what a call gave goes on with what is known. */
function bindLet(walk: Walk, target: Pattern, flow: Flow, scope: Scope): Way[] {
  const valueOf = (expr: Expr): Value => walk.valueAt(expr, scope.file, scope.fn, scope.container);
  const tuple = target.kind === "listPattern" && target.tuple === true;
  const result = match(target, flow.value, flow.way.env, tuple, valueOf);
  if (result.fit !== "no") return [{ ...flow.way, env: result.env }];
  scope.exits.push({
    kind: "throw",
    way: flow.way,
    value: { kind: "instance", name: "MatchError", args: [flow.value] },
    at: { file: scope.file, span: target },
  });
  return [];
}

function leave(walk: Walk, kind: "return" | "throw" | "yield", value: Expr | null, way: Way, at: Stmt, scope: Scope): readonly Way[] {
  const flows = value === null ? [{ way, value: NULL as Value }] : walk.evaluate(value, way, scope);
  for (const flow of flows) scope.exits.push({ kind, way: flow.way, value: flow.value, at: { file: scope.file, span: at } });
  return [];
}

function runMatch(walk: Walk, stmt: MatchStmt, way: Way, scope: Scope): readonly Way[] {
  const valueOf = (expr: Expr): Value => walk.valueAt(expr, scope.file, scope.fn, scope.container);
  return walk.evaluate(stmt.subject, way, scope).flatMap((flow) => {
    const after: Way[] = [];
    for (const arm of stmt.arms) {
      const fits =
        arm.patterns.length === 0
          ? [{ fit: "yes" as const, env: flow.way.env }]
          : arm.patterns.map((pattern) => match(pattern, flow.value, flow.way.env, true, valueOf));
      const best = fits.find((one) => one.fit === "yes") ?? fits.find((one) => one.fit === "maybe");
      if (best === undefined) continue;
      const entered: Way = {
        ...flow.way,
        ...(isAll(arm, "error") ? { did: way.did, didSince: way.didSince, failed: true } : isAll(arm, "ok") ? { failed: false } : {}),
        env: best.env,
        steps: push(flow.way.steps, {
          file: scope.file,
          span: { start: arm.start, end: Math.min(arm.end, arm.start + 200) },
          note: "takes this arm",
        }),
      };
      const guarded = arm.guard === undefined ? [{ way: entered, holds: true }] : test(walk, arm.guard, entered, scope);
      for (const { way: branch, holds } of guarded) if (holds) after.push(...runStatements(walk, arm.body, [branch], scope));
      if (best.fit === "yes" && !guarded.some(({ holds }) => !holds)) return after;
    }
    if (!stmt.exhaustive) after.push(flow.way);
    return after;
  });
}

/** `{:error, reason}`, `:error`: what the subject was to do was not done. https://hexdocs.pm/elixir/naming-conventions.html */
function isAll({ patterns }: MatchArm, tag: "error" | "ok"): boolean {
  const says = (pattern: Pattern): boolean => {
    if (pattern.kind === "listPattern" && pattern.tuple === true) return pattern.items[0] !== undefined && says(pattern.items[0]);
    if (pattern.kind === "bind") return pattern.also !== undefined && says(pattern.also);
    return pattern.kind === "literalPattern" && pattern.value === tag;
  };
  return patterns.length > 0 && patterns.every(says);
}

function runLoop(walk: Walk, stmt: LoopStmt, way: Way, scope: Scope): readonly Way[] {
  const starts = stmt.over === null ? [{ way, value: UNKNOWN as Value }] : walk.evaluate(stmt.over, way, scope);
  return starts.flatMap((start) => {
    const inner: Scope = { ...scope, exits: [] };
    const element: Value = start.value.kind === "list" && start.value.items.length > 0 ? start.value.items[0]! : UNKNOWN;
    const bound =
      stmt.target === undefined ? start.way : { ...start.way, env: match(stmt.target, element, start.way.env, false, () => UNKNOWN).env };
    const entered =
      stmt.test === undefined
        ? [bound]
        : test(walk, stmt.test, bound, inner)
            .filter(({ holds }) => holds)
            .map((branch) => branch.way);
    const once = [...runStatements(walk, stmt.body, entered, inner)];
    for (const exit of inner.exits) {
      if (exit.kind === "jump") once.push(exit.way);
      else scope.exits.push(exit);
    }
    return stmt.atLeastOnce || (start.value.kind === "list" && start.value.items.length > 0) ? once : [...once, start.way];
  });
}

function runTry(walk: Walk, stmt: TryStmt, way: Way, scope: Scope): readonly Way[] {
  const inner: Scope = { ...scope, exits: [] };
  let after = [...runStatements(walk, stmt.body, [way], inner)];
  if (stmt.otherwise !== undefined) after = [...runStatements(walk, stmt.otherwise, after, inner)];
  const passing: Exit[] = inner.exits.filter((exit) => exit.kind !== "throw" || stmt.catches.length === 0);
  const caught: Scope = { ...scope, exits: passing };
  if (stmt.catches.length > 0) {
    const thrown: readonly { readonly way: Way; readonly value: Value }[] = inner.exits.filter((exit) => exit.kind === "throw");
    const entering = mayFail(stmt.body)
      ? [...thrown, { way: { ...way, technical: true }, value: { kind: "instance", name: "Error", args: [] } as Value }]
      : thrown;
    for (const { way: failed, value } of entering) after.push(...runCatch(walk, stmt.catches, failed, value, caught));
  }
  if (stmt.finally === undefined) {
    scope.exits.push(...passing);
    return after;
  }
  for (const exit of passing) {
    for (const done of runStatements(walk, stmt.finally, [exit.way], scope)) scope.exits.push({ ...exit, way: done });
  }
  return runStatements(walk, stmt.finally, thin(after, scope, stmt.start), scope);
}

function runCatch(walk: Walk, catches: readonly CatchClause[], way: Way, value: Value, scope: Scope): readonly Way[] {
  const after: Way[] = [];
  for (const clause of catches) {
    const fit = catchFits(walk, clause, value, way.technical);
    if (fit === "no") continue;
    const env = clause.param === undefined ? way.env : match(clause.param, value, way.env, false, () => UNKNOWN).env;
    const caught = way.technical || value.kind === "unknown" ? way.caught : telling(walk, value);
    const entered: Way = {
      ...way,
      env,
      caught,
      didSince: 0,
      steps: push(way.steps, {
        file: scope.file,
        span: { start: clause.start, end: Math.min(clause.end, clause.start + 80) },
        note: "is caught here",
      }),
    };
    after.push(...runStatements(walk, clause.body, [entered], scope));
    if (fit === "yes") return after;
  }
  scope.exits.push({ kind: "throw", way, value, at: { file: scope.file, span: catches[0]! } });
  return after;
}

/** What every error is. */
const ANY_ERROR = /^(?:Error|Exception|RuntimeException|StandardError|BaseException|Throwable)$/;

function catchFits(walk: Walk, clause: CatchClause, value: Value, technical: boolean): "yes" | "maybe" | "no" {
  if (clause.types.length === 0) return "yes";
  if (value.kind !== "instance") return "maybe";
  const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  // What stands for any technical fault has no class of its own; what the code throws while dealing with one has.
  if ((!technical || value.name !== "Error") && clause.types.some((type) => last(type) === last(value.name))) return "yes";
  if (technical || value.of === undefined) return "maybe";
  const above = ancestorNames(walk, value.of, 5).map(last);
  return clause.types.some((type) => ANY_ERROR.test(last(type)) || above.includes(last(type))) ? "yes" : "no";
}

/** Whether anything in a try body can fail beside what the code throws itself: a call. */
function mayFail(body: readonly Stmt[]): boolean {
  let calls = false;
  walkStmts(body, (expr) => {
    if (expr.kind === "call") calls = true;
    return !calls;
  });
  return calls;
}
