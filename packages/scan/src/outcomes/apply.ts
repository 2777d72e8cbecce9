import type { CallExpr, FunctionIR } from "../ir/nodes.ts";
import { MAX_DEPTH, type Scope, type Walk } from "./walk.ts";
import { isRefusal, UNKNOWN, type ClosureValue, type Value } from "./values.ts";
import { closureKey, identity } from "./value-keys.ts";
import { merge } from "./join.ts";
import { after, push, recovered, type Flow, type Way } from "./way.ts";

/** Calls a function of the project and puts what it does after what was done before. */
export function applyClosure(
  walk: Walk,
  closure: ClosureValue,
  args: readonly Value[],
  way: Way,
  scope: Scope,
  at: CallExpr,
  name: string,
): readonly Flow[] {
  const flows: Flow[] = [];
  const exits = walk.invoke(closure, [...(closure.bound ?? []), ...args], scope.depth + 1);
  const gives = exits.some((exit) => exit.kind === "return" && !isNull(exit.value));
  for (const exit of exits) {
    const fine = exit.kind === "return" && (!isRefusal(exit.value) || !gives);
    const joined = after(way, fine ? recovered(exit.way) : exit.way, name);
    if (exit.kind === "throw" || exit.kind === "stop") scope.exits.push({ ...exit, way: withStep(joined, scope, at, name) });
    else flows.push({ way: tells(exit.way) ? withStep(joined, scope, at, name) : joined, value: exit.value });
  }
  return merge(flows, scope.base);
}

/** Whether what a function did is worth a step: it chose a way, or it answered. */
const tells = ({ steps, answer }: Way): boolean => steps !== null || answer !== null;

const isNull = (value: Value): boolean => value.kind === "literal" && value.value === null && !value.symbol;

function withStep(way: Way, scope: Scope, at: CallExpr, name: string): Way {
  return name === "" ? way : { ...way, steps: push(way.steps, { file: scope.file, span: at, note: `in ${name}` }) };
}

/** Functions handed over are called one after another, once. The value is that of the last. */
export function runCallbacks(
  walk: Walk,
  closures: readonly ClosureValue[],
  way: Way,
  scope: Scope,
  args: readonly Value[],
  at: CallExpr,
): readonly Flow[] {
  let flows: readonly Flow[] = [{ way, value: UNKNOWN }];
  if (scope.depth >= MAX_DEPTH || !walk.spend()) return flows;
  for (const closure of closures) {
    const called = flows.flatMap((flow) =>
      applyClosure(walk, closure, args.length > 0 ? args : unknownArgs(closure.fns[0]), flow.way, scope, at, ""),
    );
    // A function that only raises (`getOrElse(throwError)`) is there for the case that does not always come.
    if (called.length > 0) flows = merge(called, scope.base);
  }
  return flows;
}

const unknownArgs = (fn: FunctionIR | undefined): Value[] => (fn?.params ?? []).map(() => UNKNOWN);

/** Remembers calls by function, self and what is known of the arguments. */
export function callKey(closure: ClosureValue, argsKey: string): string {
  return `${closureKey(closure, 3)}|${closure.self === undefined || (closure.self.kind !== "instance" && closure.self.kind !== "container") || closure.self.of === undefined ? "" : identity(closure.self.of)}|${argsKey}`;
}
