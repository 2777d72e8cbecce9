import type { Expr, Stmt } from "../../ir/nodes.ts";
import { callAt, exprAt } from "../tree-sitter/build.ts";

/** Functions that end the request, or throw, where a condition holds or fails. https://laravel.com/docs/helpers */
const GUARDS: Readonly<Record<string, { readonly unless: boolean; readonly throws: boolean }>> = {
  abort_if: { unless: false, throws: false },
  abort_unless: { unless: true, throws: false },
  throw_if: { unless: false, throws: true },
  throw_unless: { unless: true, throws: true },
};

/** `throw_unless($ok, X::class)` is `if (!$ok) throw new X()`; undefined for other statements. */
export function guardOf(value: Expr): Stmt | undefined {
  if (value.kind !== "call" || value.callee.kind !== "name" || !Object.hasOwn(GUARDS, value.callee.name)) return undefined;
  const guard = GUARDS[value.callee.name];
  const [condition, ...rest] = value.args;
  if (guard === undefined || condition === undefined) return undefined;
  const { start, end } = value;
  const test: Expr = guard.unless ? { kind: "not", start: condition.start, end: condition.end, value: condition } : condition;
  const body: Stmt = guard.throws
    ? { kind: "throw", start, end, value: thrown(value, rest) }
    : exprAt(value, callAt(value, { ...value.callee, name: "abort" }, rest));
  return { kind: "if", start, end, test, then: [body], otherwise: [] };
}

/** A class is created with what follows it; text is what the error says. */
function thrown(at: Expr, [error, ...args]: readonly Expr[]): Expr {
  const plain: Expr = { kind: "name", start: at.start, end: at.start, name: "RuntimeException" };
  if (error === undefined) return callAt(at, plain, [], true);
  if (error.kind === "member" && error.property === "class") return callAt(at, error.object, args, true);
  return error.kind === "literal" || error.kind === "template" ? callAt(at, plain, [error], true) : error;
}
