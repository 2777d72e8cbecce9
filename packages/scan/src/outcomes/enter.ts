import type { HandlerFound } from "../frameworks/framework.ts";
import type { Expr, FunctionIR } from "../ir/nodes.ts";
import { declaredValue } from "../ir/scope.ts";
import { boundNames } from "../ir/walk.ts";
import { CONNECTION, finish } from "./finish.ts";
import { memberOf } from "./members.ts";
import type { Walk } from "./walk.ts";
import { instanceOf, UNKNOWN, type ClosureValue, type Value } from "./values.ts";
import type { Deed, Exit } from "./way.ts";

/** A handler's function and the ways that it ends; no function where the entry could not be resolved. */
export interface Entered {
  readonly fn: FunctionIR | undefined;
  /** The function that people would call the handler: what a wrapper was given, where one stands around it. */
  readonly subject: FunctionIR | undefined;
  readonly exits: readonly Exit[];
  /** What its calls do that is sensitive by name; depth 0 stands in the handler itself. */
  readonly deeds: readonly Deed[];
  /** Not walked, since the caller saw that it is not worth it. */
  readonly skipped?: boolean;
}

/** Calls the handler as the framework would: with a request of which nothing is known. */
export function enter(
  walk: Walk,
  found: HandlerFound,
  given: readonly Value[] = [],
  worth: (subject: FunctionIR) => boolean = () => true,
): Entered {
  const closure = entryClosure(walk, found);
  if (closure === undefined) return { fn: undefined, subject: undefined, exits: [], deeds: [] };
  const params = Math.max(...closure.fns.map((fn) => fn.params.length));
  const args: Value[] = Array.from(
    { length: params },
    (_, i) => given[i] ?? (i === 0 && found.fallback !== undefined ? CONNECTION : UNKNOWN),
  );
  const fn = closure.fns[0]!;
  const subject = subjectOf(walk, found) ?? fn;
  if (!worth(subject)) return { fn, subject, exits: [], deeds: [], skipped: true };
  walk.reset(subject === fn ? undefined : subject);
  const exits = finish(walk, found, unwrapped(walk, walk.invoke(closure, args, 0), 2));
  return { fn, subject, exits, deeds: walk.deeds().map((deed) => ({ ...deed, depth: Math.max(0, deed.depth - 1) })) };
}

/** What stands innermost among the wrappers of an entry: `asyncHandler(audited(login))` is about `login`. */
function subjectOf(walk: Walk, found: HandlerFound): FunctionIR | undefined {
  const inner = innermost(walk, found);
  return inner === undefined ? undefined : (delegateOf(walk, inner, found) ?? inner);
}

/** `request => this.handleLogin(request)`: a closure that only hands its request to a function beside it is about that function. */
function delegateOf(walk: Walk, fn: FunctionIR, found: HandlerFound): FunctionIR | undefined {
  const [stmt] = fn.body;
  if (fn.name !== "" || fn.body.length !== 1 || (stmt?.kind !== "return" && stmt?.kind !== "expr")) return undefined;
  const call = stmt.value?.kind === "await" ? stmt.value.value : stmt.value;
  if (call?.kind !== "call" || call.callee.kind !== "member" || call.args.length === 0) return undefined;
  const params = new Set(fn.params.flatMap((param) => boundNames(param.pattern)));
  if (!call.args.every((arg) => arg.kind === "name" && params.has(arg.name))) return undefined;
  const target = walk.valueAt(call.callee, fn.file, fn, found.container ?? fn.container ?? null);
  return target.kind === "closure" && target.fns[0]?.file === fn.file ? target.fns[0] : undefined;
}

function innermost(walk: Walk, found: HandlerFound): FunctionIR | undefined {
  if ("fn" in found.entry) return found.entry.fn;
  const { scope } = found.entry;
  const container = found.container ?? scope?.container ?? null;
  let expr: Expr = found.entry.expr;
  for (let depth = 0; depth < 5; depth++) {
    const declared = expr.kind === "name" ? declaredValue(found.file, scope, expr.name)?.value : undefined;
    const call: Expr = declared ?? expr;
    if (call.kind !== "call") break;
    const inner = call.args.findLast((arg) => isFunctionLike(walk.valueAt(arg, found.file, scope, container)));
    if (inner === undefined) break;
    expr = inner;
  }
  const value = walk.valueAt(expr, found.file, scope, container);
  return value.kind === "closure" ? value.fns[0] : value.kind === "record" ? closureIn(walk, value, 2)?.fns[0] : undefined;
}

function isFunctionLike(value: Value): boolean {
  return value.kind === "closure" || (value.kind === "record" && value.entries.get("handler")?.kind === "closure");
}

/** A handler factory gives the handler: what it returns is called in turn. */
function unwrapped(walk: Walk, exits: readonly Exit[], depth: number): readonly Exit[] {
  const made = exits.filter((exit) => exit.kind === "return" && exit.value.kind === "closure" && exit.way.answer === null);
  if (depth === 0 || made.length === 0 || made.length < exits.length) return exits;
  return made.flatMap((exit) => {
    const closure = exit.value as ClosureValue;
    return unwrapped(
      walk,
      walk.invoke(
        closure,
        (closure.fns[0]?.params ?? []).map(() => UNKNOWN),
        1,
      ),
      depth - 1,
    );
  });
}

function entryClosure(walk: Walk, found: HandlerFound): ClosureValue | undefined {
  if ("fn" in found.entry) {
    const container = found.container ?? found.entry.fn.container;
    const self = container === undefined ? undefined : instanceOf(container);
    return { kind: "closure", fns: [found.entry.fn], env: null, ...(self === undefined ? {} : { self }) };
  }
  const { expr, scope } = found.entry;
  const value = walk.valueAt(expr, found.file, scope, found.container ?? scope?.container ?? null);
  return closureIn(walk, value, 4);
}

/** The function in a value: itself, or the last one handed to a wrapper of which nothing is known. */
function closureIn(walk: Walk, value: Value, depth: number): ClosureValue | undefined {
  if (value.kind === "closure") return value;
  if (depth === 0) return undefined;
  if (value.kind === "unknown") {
    for (const arg of [...(value.args ?? [])].reverse()) {
      const inner = closureIn(walk, arg, depth - 1);
      if (inner !== undefined) return inner;
    }
  }
  if (value.kind === "record")
    return ["handler", "handle", "resolve", "execute"]
      .map((key) => closureIn(walk, value.entries.get(key) ?? UNKNOWN, depth - 1))
      .find((inner) => inner !== undefined);
  if (value.kind === "instance" && value.of !== undefined)
    return closureIn(walk, memberOf(walk, value, "handle", "handle"), 0) ?? undefined;
  if (value.kind === "list") return value.items.map((item) => closureIn(walk, item, depth - 1)).findLast((inner) => inner !== undefined);
  return undefined;
}
