import type { ContainerIR, Expr, FileIR, FunctionIR, Param } from "../ir/nodes.ts";
import { capturedAssigns } from "../ir/scope.ts";
import { callKey } from "./apply.ts";
import { evaluateExpr } from "./expressions.ts";
import { declaredName } from "./lookup.ts";
import { memberOf } from "./members.ts";
import { match } from "./patterns.ts";
import { runStatements } from "./statements.ts";
import { telling } from "./thrown.ts";
import { MAX_DEPTH, type Scope, type Walk, type WalkFacts } from "./walk.ts";
import { bindName, NULL, UNKNOWN, type ClosureValue, type Env, type Value } from "./values.ts";
import { keyOf } from "./value-keys.ts";
import { mergeExits } from "./join.ts";
import { sameSite, START, type Deed, type Exit, type Way } from "./way.ts";

/** Calls followed for one handler before the rest is taken as unknown. */
const BUDGET = 6_000;

/** An evaluator over a project. @param budget calls that it follows between two calls of `reset`. */
export function createWalk(facts: WalkFacts, budget = BUDGET): Walk {
  const summaries = new Map<string, Summary>();
  const running = new Set<string>();
  const statics = new Map<Expr, Value | null>();
  let spent = 0;
  let sink: Deed[] = [];

  const walk: Walk = {
    ...facts,
    cut: false,
    subject: undefined,
    reset: (subject) => {
      walk.subject = subject;
      spent = 0;
      sink = [];
      walk.cut = false;
    },
    spend: () => {
      if (++spent <= budget) return true;
      walk.cut = true;
      return false;
    },
    evaluate: (expr, way, scope) => evaluateExpr(walk, expr, way, scope),
    run: (body, ways, scope) => runStatements(walk, body, ways, scope),
    invoke: (closure, args, depth) => {
      const key = `${callKey(closure, args.map((arg) => keyOf(arg)).join(","))}${walk.subject !== undefined && closure.fns.includes(walk.subject) ? "|subject" : ""}`;
      const known = summaries.get(key);
      if (known !== undefined) {
        addDeeds(sink, known.deeds);
        return known.exits;
      }
      if (running.has(key)) return [unknownReturn(closure.fns[0]!)];
      running.add(key);
      const wasCut = walk.cut;
      const outer = sink;
      sink = [];
      const exits = invokeNow(walk, closure, args, depth);
      const deeds = sink;
      sink = outer;
      addDeeds(sink, deeds);
      running.delete(key);
      if (walk.cut === wasCut && depth < MAX_DEPTH - 1) summaries.set(key, { exits, deeds });
      return exits;
    },
    note: (deed) => addDeeds(sink, [{ ...deed, depth: -1 }]),
    deeds: () => sink,
    declared: (name, file) => declaredName(walk, name, file, null, null),
    member: (value, property, path) => memberOf(walk, value, property, path),
    valueAt: (expr, file, fn, container) => {
      const known = statics.get(expr);
      if (known !== undefined) return known ?? UNKNOWN;
      statics.set(expr, null);
      const outer = sink;
      sink = [];
      const value = staticValueOf(walk, expr, file, fn, container);
      sink = outer;
      statics.set(expr, value);
      return value;
    },
  };
  return walk;
}

interface Summary {
  readonly exits: readonly Exit[];
  readonly deeds: readonly Deed[];
}

/** Deeds of a function beyond this many say nothing more about what it does. */
const MAX_DEEDS = 60;

function addDeeds(sink: Deed[], deeds: readonly Deed[]): void {
  for (const deed of deeds) {
    if (sink.length >= MAX_DEEDS) return;
    if (!sink.some((known) => sameSite(known, deed))) sink.push({ ...deed, depth: deed.depth + 1 });
  }
}

function unknownReturn(fn: FunctionIR): Exit {
  return { kind: "return", way: START, value: UNKNOWN, at: { file: fn.file, span: fn } };
}

function invokeNow(walk: Walk, closure: ClosureValue, args: readonly Value[], depth: number): readonly Exit[] {
  const exits: Exit[] = [];
  const clauses = byArity(closure.fns, args.length);
  for (const fn of clauses) {
    const { fit, env } = bindParams(walk, fn, args, closure.env, clauses.length > 1);
    if (fit === "no") continue;
    exits.push(...runFunction(walk, fn, env, closure.self, depth));
    if (fit === "yes" && fn.guard === undefined) break;
  }
  if (exits.length === 0 && clauses.length > 0) exits.push(unknownReturn(clauses[0]!));
  return mergeExits(exits, (value) => telling(walk, value), depth > 1);
}

/** Clauses and overloads that take this number of arguments; all where none does. */
function byArity(fns: readonly FunctionIR[], count: number): readonly FunctionIR[] {
  if (fns.length === 1) return fns;
  const fitting = fns.filter((fn) => {
    const optional = fn.params.filter((param) => "default" in param.pattern && param.pattern.default !== undefined).length;
    return fn.params.some((param) => param.rest) || (count <= fn.params.length && count >= fn.params.length - optional);
  });
  return fitting.length > 0 ? fitting : fns;
}

function bindParams(
  walk: Walk,
  fn: FunctionIR,
  args: readonly Value[],
  outer: Env | null,
  refutable: boolean,
): { fit: "yes" | "maybe" | "no"; env: Env | null } {
  const valueOf = (expr: Expr): Value => walk.valueAt(expr, fn.file, fn, fn.container ?? null);
  let env = outer;
  let fit: "yes" | "maybe" | "no" = "yes";
  for (const [i, param] of fn.params.entries()) {
    const value: Value = param.rest ? { kind: "unknown" } : argumentFor(param, i, args);
    const result = match(param.pattern, value, env, refutable, valueOf);
    env = result.env;
    if (refutable && result.fit === "no") return { fit: "no", env };
    if (result.fit === "maybe") fit = "maybe";
  }
  for (const name of capturedAssigns(fn))
    if (!fn.params.some((param) => param.pattern.kind === "bind" && param.pattern.name === name)) env = bindName(env, name, UNKNOWN);
  return { fit, env };
}

/** What a parameter is given: by place, else by name. */
function argumentFor({ pattern, block, byPlace }: Param, place: number, all: readonly Value[]): Value {
  const closure = all.at(-1)?.kind === "closure" ? all.at(-1) : undefined;
  if (block) return closure ?? NULL;
  const before = all.at(-2);
  const args = closure !== undefined && before?.kind === "record" && before.named === true ? all.slice(0, -1) : all;
  if (byPlace) return args[place] ?? NULL;
  const last = args.at(-1);
  if (last?.kind !== "record" || last.named !== true || pattern.kind !== "bind") return args[place] ?? NULL;
  if (place < args.length - 1) return args[place]!;
  return last.entries.get(pattern.name) ?? (last.open ? UNKNOWN : NULL);
}

/** Runs a body with its names bound. */
export function runFunction(walk: Walk, fn: FunctionIR, env: Env | null, self: Value | undefined, depth: number): Exit[] {
  const exits: Exit[] = [];
  const scope: Scope = { file: fn.file, fn, container: fn.container ?? null, self, base: env, depth, exits };
  const start: Way = { ...START, env, inside: fn === walk.subject };
  for (const way of walk.run(fn.body, [start], scope))
    exits.push({ kind: "return", way, value: NULL, at: { file: fn.file, span: { start: Math.max(fn.start, fn.end - 1), end: fn.end } } });
  return exits.map((exit) => ({
    ...exit,
    kind: exit.kind === "jump" || exit.kind === "yield" ? "return" : exit.kind,
    way: { ...exit.way, env: null },
  }));
}

/** The value of an expression out of its place: the only one, or the one that can be called. */
function staticValueOf(walk: Walk, expr: Expr, file: FileIR, fn: FunctionIR | null, container: ContainerIR | null): Value {
  const scope: Scope = { file, fn, container, self: undefined, base: null, depth: 2, still: true, exits: [] };
  const values = walk.evaluate(expr, START, scope).map((flow) => flow.value);
  return (
    values.find((value) => value.kind === "closure") ??
    values.find((value) => value.kind !== "unknown" && value.kind !== "literal") ??
    (values.length === 1 ? values[0]! : UNKNOWN)
  );
}
