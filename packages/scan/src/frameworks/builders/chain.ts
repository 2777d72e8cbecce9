/** Builder chains: `client.schema(s).use(mw).action(fn)`. */
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import { bare, namesOf, stringOf } from "../reading.ts";

export interface Step {
  readonly name: string;
  readonly call: CallExpr;
}

export interface Chain {
  /** What the chain starts from: `client`, `t.procedure`, `createClient()`. */
  readonly root: Expr;
  /** The calls, in the order in which they run. */
  readonly steps: readonly Step[];
}

/** The steps of a chain; none for anything that is no method call. */
export function chainOf(expr: Expr): Chain {
  const steps: Step[] = [];
  let at = bare(expr);
  while (holdsStep(at)) {
    if (at.kind === "call" && at.callee.kind === "member") {
      steps.unshift({ name: at.callee.property ?? "", call: at });
      at = bare(at.callee.object);
    } else if (at.kind === "member") at = bare(at.object);
  }
  return { root: at, steps };
}

function holdsStep(expr: Expr): boolean {
  if (expr.kind === "call") return !expr.creates && expr.callee.kind === "member";
  return expr.kind === "member" && holdsStep(bare(expr.object));
}

/** The function that the last step takes, where that step has one of the names: `fn` of `client.schema(s).action(fn)`. */
export function finalArgument(chain: Chain, names: ReadonlySet<string>): Expr | undefined {
  const last = chain.steps.at(-1);
  return last === undefined || !names.has(last.name) ? undefined : last.call.args.find(canBeFunction);
}

/** Middleware added on the way: arguments of `use`. */
export function usedBy(chain: Chain): readonly Expr[] {
  return chain.steps.filter((step) => step.name === "use").flatMap((step) => step.call.args);
}

/** Not a literal, record or list: its value may be a function. */
export function canBeFunction(expr: Expr): boolean {
  return ["function", "name", "member", "call"].includes(bare(expr).kind);
}

/** A call that takes a function, such as another wrapper; not a schema. */
function wraps(arg: Expr): boolean {
  return arg.kind === "call" && arg.args.some((inner) => inner.kind === "function" || wraps(inner));
}

const TELLING = /permission|privilege|action|scope|role|target|^event$|^name$|^tags?$/i;

/**
 * Words that wrappers and builders say about what they wrap: their own names, and the texts under keys such as
 * `permissions`, `action`, `role` of their options. `withTeam(fn, { requiredPermissions: ["keys.write"] })` → withTeam, keys.write.
 */
export function wrapperHints(expr: Expr): readonly string[] {
  const call = bare(expr);
  if (call.kind !== "call") return [];
  const { root, steps } = chainOf(call);
  const name = namesOf(steps.length > 0 ? root : call.callee).at(-1);
  const calls = steps.length > 0 ? steps.map((step) => step.call) : [call];
  const texts = calls.flatMap((one) => one.args.flatMap((arg) => (wraps(arg) ? wrapperHints(arg) : textsIn(arg))));
  return [...new Set([...(name === undefined ? [] : [name]), ...texts])];
}

function textsIn(expr: Expr, telling = false): readonly string[] {
  const text = telling ? stringOf(expr) : undefined;
  if (text !== undefined) return [text];
  if (expr.kind === "list" && telling) return expr.items.flatMap((item) => textsIn(item, true));
  if (expr.kind !== "record") return [];
  return expr.entries.flatMap((entry) => (entry.key !== null && TELLING.test(entry.key) ? textsIn(entry.value, true) : []));
}
