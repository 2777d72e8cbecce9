import {
  bodiesOf,
  walkExpr,
  walkStmts,
  type CallExpr,
  type Expr,
  type FileIR,
  type FunctionExpr,
  type FunctionIR,
  type Judged,
} from "@telltale/scan/analysis";
import { holds } from "../places/text.ts";

/** Which call is given which expression, and where each function stands as a value. */
interface Given {
  readonly to: ReadonlyMap<Expr, CallExpr>;
  readonly functions: ReadonlyMap<FunctionIR, FunctionExpr>;
  readonly calls: readonly CallExpr[];
  /** Calls on whose value another is called: steps of a chain. */
  readonly steps: ReadonlySet<Expr>;
}

const known = new WeakMap<FileIR, Given>();

export function givenIn(file: FileIR): Given {
  let mine = known.get(file);
  if (mine === undefined) known.set(file, (mine = read(file)));
  return mine;
}

function read(file: FileIR): Given {
  const to = new Map<Expr, CallExpr>();
  const functions = new Map<FunctionIR, FunctionExpr>();
  const calls: CallExpr[] = [];
  const steps = new Set<Expr>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "function") functions.set(expr.fn, expr);
    if (expr.kind !== "call") return;
    calls.push(expr);
    if (expr.callee.kind === "member" && expr.callee.object.kind === "call") steps.add(expr.callee.object);
    for (const arg of expr.args) to.set(arg, expr);
  };
  for (const { body } of bodiesOf(file)) walkStmts(body, visit);
  // The value of an export that has no name stands in no statement.
  for (const { value } of file.exports) if (value !== undefined) walkExpr(value, visit);
  return { to, functions, calls, steps };
}

/** `a.b` of `a.b(…)`; undefined where it is no chain of names. */
export function dotted(expr: Expr): string | undefined {
  if (expr.kind === "name") return expr.name;
  if (expr.kind !== "member" || expr.property === null) return undefined;
  const object = dotted(expr.object);
  return object === undefined ? undefined : `${object}.${expr.property}`;
}

/** Where a handler is handed over: its function as a value, or the name that stands for it where it is registered. */
export function anchorsOf({ fn, found: { handler } }: Judged): readonly { readonly file: FileIR; readonly expr: Expr }[] {
  if (fn === undefined) return [];
  const own = givenIn(fn.file).functions.get(fn);
  const inline = own === undefined ? [] : [{ file: fn.file, expr: own }];
  if (fn.name === "" || (fn.file === handler.file && holds(handler.at, fn))) return inline;
  const names = givenIn(handler.file)
    .calls.filter((call) => holds(handler.at, call))
    .flatMap((call) => call.args.filter((arg) => dotted(arg)?.split(".").at(-1) === fn.name));
  return [...names.map((expr) => ({ file: handler.file, expr })), ...inline];
}
