import type { Expr } from "../../ir/nodes.ts";
import { callAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { errorCall, typeName } from "./errors.ts";
import { sourceOf, type Lowering } from "./lowering.ts";
import { formatted } from "./text.ts";
import { typeOf } from "./types.ts";

/** Functions of the language itself; those that only make or measure say nothing. */
const BUILT_IN: ReadonlySet<string> = new Set([
  "len",
  "cap",
  "append",
  "copy",
  "delete",
  "close",
  "min",
  "max",
  "clear",
  "complex",
  "real",
]);

/** Names of conversions that only give a function its type: `http.HandlerFunc(f)`, `echo.MiddlewareFunc(f)`. */
const FUNCTION_TYPE = /(?:Handler|Middleware|Endpoint|Interceptor)(?:Func)?$/;

export function lowerCall(cx: Lowering, node: SyntaxNode): Expr {
  const fn = fieldOf(node, "function");
  const list = fieldOf(node, "arguments");
  if (fn === undefined) return opaqueAt(node, []);
  const callee = cx.expr(fn);
  if (callee.kind === "name" && (callee.name === "new" || callee.name === "make")) return lowerMaking(cx, node, callee.name, list);
  const args = (list?.children ?? []).filter((arg) => !arg.type.endsWith("_type")).map((arg) => cx.expr(arg));
  if (callee.kind === "name" && BUILT_IN.has(callee.name)) return opaqueAt(node, args);
  return ofPackage(cx, node, callee, args) ?? callAt(node, callee, args);
}

/** `new(T)` creates; what `make` gives is not told apart. */
function lowerMaking(cx: Lowering, node: SyntaxNode, name: string, list: SyntaxNode | undefined): Expr {
  const [first, ...rest] = list?.children ?? [];
  const type = typeOf(cx, first);
  if (name === "new" && type !== undefined) return callAt(node, typeName(first!, type.name), [], true);
  return opaqueAt(
    node,
    rest.map((arg) => cx.expr(arg)),
  );
}

/** Functions of packages that have a meaning of their own. */
function ofPackage(cx: Lowering, node: SyntaxNode, callee: Expr, args: readonly Expr[]): Expr | undefined {
  if (callee.kind !== "member" || callee.object.kind !== "name" || callee.property === null) return undefined;
  const { name: pkg } = callee.object;
  const source = sourceOf(cx, pkg);
  if (source === "") return undefined;
  if (source === "fmt" && callee.property === "Sprintf") return formatted(node, args[0], args.slice(1));
  const [only] = args;
  // A conversion has one argument, and that is a function.
  if (args.length === 1 && only !== undefined && FUNCTION_TYPE.test(callee.property) && isFunctionType(callee.property, only)) return only;
  return errorCall(cx, node, pkg, callee.property, args);
}

function isFunctionType(name: string, arg: Expr): boolean {
  return name.endsWith("Func") ? arg.kind !== "literal" : arg.kind === "function";
}

/** The call with what its values say: the last of `count` is an error. */
export function failing(value: Expr, count: number, asks = false): Expr {
  // `db.First(&user).Error`: what the call left behind is asked for.
  if (value.kind === "member" && value.object.kind === "call" && count === 1 && /^Err(?:or)?$/.test(value.property ?? ""))
    return { ...callAt(value, value, []), fails: 1 };
  if (value.kind !== "call" || value.creates === true || count < 1) return value;
  return { ...value, fails: count, ...(asks && count > 1 && { asks }) };
}
