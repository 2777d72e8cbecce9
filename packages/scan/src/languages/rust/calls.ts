import type { Expr, FunctionIR, Stmt } from "../../ir/nodes.ts";
import { bindAt, blockExpr, callAt, exprAt, letAt, literalAt, memberAt, nameAt, nilAt, opaqueAt, symbolAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { bareNode, textOf, throwAt, type Lowering } from "./lowering.ts";
import { segmentsOf } from "./paths.ts";
import { errorOf, isDirect, tryAt, unpacked } from "./results.ts";

/** Methods that give the same value in another dress. */
const SAME: ReadonlySet<string> = new Set([
  "clone",
  "cloned",
  "copied",
  "into",
  "try_into",
  "as_ref",
  "as_mut",
  "as_deref",
  "as_str",
  "as_slice",
  "borrow",
  "to_owned",
  "to_string",
  "to_vec",
  "into_inner",
  "into_response",
  "into_string",
  "unwrap",
  "expect",
  "transpose",
  "boxed",
  "by_ref",
  "iter",
  "iter_mut",
  "into_iter",
  "map_into",
]);

/** `unwrap_or(x)`, `unwrap_or_else(f)`, …: what there is instead of nothing. */
const OR: ReadonlySet<string> = new Set(["unwrap_or", "unwrap_or_else", "unwrap_or_default", "or", "or_else"]);

export function lowerCall(cx: Lowering, node: SyntaxNode): Expr {
  const callee = fieldOf(node, "function");
  const args = fieldOf(node, "arguments")?.children.filter((one) => one.type !== "attribute_item") ?? [];
  if (callee === undefined)
    return opaqueAt(
      node,
      args.map((one) => cx.expr(one)),
    );
  const wrapped = wrapper(cx, node, callee, args);
  if (wrapped !== undefined) return wrapped;
  const method = callee.type === "generic_function" ? (fieldOf(callee, "function") ?? callee) : callee;
  if (method.type === "field_expression") return lowerMethod(cx, node, method, args);
  const target = cx.expr(callee);
  // A tuple struct or a variant with a value is created; a status is not called.
  const creates = target.kind === "member" && /^[A-Z]\w*[a-z]/.test(target.property ?? "");
  return callAt(
    node,
    target,
    args.map((one) => cx.expr(one)),
    creates,
  );
}

/** `Ok(x)`, `Err(e)`, `Some(x)`, `Box::pin(x)`, `Arc::new(x)`, `String::from("x")`. */
function wrapper(cx: Lowering, node: SyntaxNode, callee: SyntaxNode, args: readonly SyntaxNode[]): Expr | undefined {
  const [only] = args;
  if (args.length !== 1 || only === undefined) return undefined;
  if (callee.type === "identifier") {
    const name = textOf(cx, callee);
    if (name === "Err") return blockExpr(node, [throwAt(node, errorOf(node, cx.expr(only)))]);
    if (name === "Ok" || name === "Some") return only.type === "unit_expression" ? symbolAt(node, "ok") : cx.expr(only);
    return undefined;
  }
  const [type = "", method = ""] = callee.type === "scoped_identifier" ? segmentsOf(cx, callee).slice(-2) : [];
  const made = /^(?:Arc|Rc|Box|Mutex|RwLock|Cow|String|Some)$/.test(type) && /^(?:new|pin|from|clone)$/.test(method);
  return made ? cx.expr(only) : undefined;
}

function lowerMethod(cx: Lowering, node: SyntaxNode, callee: SyntaxNode, args: readonly SyntaxNode[]): Expr {
  const [value, field] = [fieldOf(callee, "value"), fieldOf(callee, "field")];
  if (value === undefined || field === undefined)
    return opaqueAt(
      node,
      args.map((one) => cx.expr(one)),
    );
  const name = textOf(cx, field);
  const receiver = cx.expr(value);
  const given = args.map((one) => cx.expr(one));
  if (SAME.has(name) && (given.length === 0 || name === "expect")) return receiver;
  return (
    onOption(node, name, receiver, given) ??
    onResult(cx, node, name, value, receiver, given) ??
    callAt(node, memberAt(callee, receiver, name), given)
  );
}

/** What `ok_or` and the like make of nothing. */
function onOption(node: SyntaxNode, name: string, receiver: Expr, [arg]: readonly Expr[]): Expr | undefined {
  const { start, end } = node;
  const test = (op: string): Expr => ({ kind: "binary", op, left: receiver, right: nilAt(node), start, end });
  if (name === "is_some") return test("!=");
  if (name === "is_none") return test("==");
  if ((name === "ok_or" || name === "ok_or_else") && arg !== undefined) {
    const error = errorOf(node, name === "ok_or" ? arg : called(node, arg, []));
    return { kind: "logical", op: "default", left: receiver, right: blockExpr(node, [throwAt(node, error)]), start, end };
  }
  if ((name === "context" || name === "with_context" || name === "wrap_err") && arg !== undefined) return receiver;
  return undefined;
}

/** A closure that is called here with these: its value, where that is all that it is. */
function called(at: SyntaxNode, closure: Expr, args: readonly Expr[]): Expr {
  const body = closure.kind === "function" ? closure.fn.body : [];
  const [only] = body;
  if (closure.kind === "function" && body.length === 1 && only?.kind === "return" && only.value !== null && args.length === 0)
    return only.value;
  return callAt(at, closure, args);
}

/** What `map_err`, `ok`, `is_err` and the like make of an error. */
function onResult(
  cx: Lowering,
  node: SyntaxNode,
  name: string,
  value: SyntaxNode,
  receiver: Expr,
  [arg]: readonly Expr[],
): Expr | undefined {
  const bare = bareNode(value);
  const held = bare.type === "identifier" && cx.scope.results.has(textOf(cx, bare));
  const direct = isDirect(value) && canFail(receiver);
  const { start, end } = node;
  const give = (given: Expr): Stmt => ({ kind: "yield", value: given, start, end });
  const from = held ? unpacked(node, receiver) : receiver;
  if (!held && !direct) return OR.has(name) ? defaulted(node, name, receiver, arg) : undefined;
  if (name === "is_ok" || name === "is_err")
    return blockExpr(node, [
      tryAt(node, [exprAt(node, from)], [give(literalAt(node, name === "is_err"))], [give(literalAt(node, name === "is_ok"))]),
    ]);
  if (name === "ok") return blockExpr(node, [tryAt(node, [give(from)], [give(nilAt(node))], [])]);
  if (name === "map_err" && arg !== undefined) return mapped(node, from, arg);
  if ((name === "inspect" || name === "inspect_err") && arg?.kind === "function") return inspected(node, from, arg.fn, name === "inspect");
  return OR.has(name) ? defaulted(node, name, from, arg) : undefined;
}

/** Only what is called fails. */
function canFail(expr: Expr): boolean {
  return expr.kind === "await" || expr.kind === "call" || expr.kind === "block" || expr.kind === "logical";
}

/** `f().map_err(|e| …)`: another error is thrown in the place of the one. */
function mapped(node: SyntaxNode, from: Expr, closure: Expr): Expr {
  const { start, end } = node;
  const value = "_value";
  const error = bindAt(node, "_error");
  const body: Stmt[] =
    closure.kind === "function"
      ? [letAt(node, closure.fn.params[0]?.pattern ?? error, nameAt(node, "_error")), ...thrown(closure.fn.body)]
      : [
          throwAt(
            node,
            errorOf(
              node,
              isVariantName(closure)
                ? callAt(node, closure, [nameAt(node, "_error")], true)
                : callAt(node, closure, [nameAt(node, "_error")]),
            ),
          ),
        ];
  const done: Stmt = { kind: "yield", value: nameAt(node, value), start, end };
  return blockExpr(node, [tryAt(node, [letAt(node, bindAt(node, value), from)], body, [done], error)]);
}

/** `f().inspect_err(|e| …)`: something is done with the error (or the value), which stays what it is. */
function inspected(node: SyntaxNode, from: Expr, { params, body }: FunctionIR, isValue: boolean): Expr {
  const { start, end } = node;
  const [value, error] = ["_value", "_error"];
  const seen = (name: string): Stmt[] => [letAt(node, params[0]?.pattern ?? bindAt(node, name), nameAt(node, name)), ...body.map(asDone)];
  const failed = [...(isValue ? [] : seen(error)), throwAt(node, nameAt(node, error))];
  const done: Stmt[] = [...(isValue ? seen(value) : []), { kind: "yield", value: nameAt(node, value), start, end }];
  return blockExpr(node, [tryAt(node, [letAt(node, bindAt(node, value), from)], failed, done, bindAt(node, error))]);
}

/** What a closure would give is done, and nothing more. */
const asDone = (stmt: Stmt): Stmt => (stmt.kind === "return" && stmt.value !== null ? exprAt(stmt, stmt.value) : stmt);

const isVariantName = (expr: Expr): boolean => expr.kind === "member" && /^[A-Z]/.test(expr.property ?? "");

/** The body of a closure, which throws what it would give. */
function thrown(body: readonly Stmt[]): Stmt[] {
  return body.map((stmt): Stmt => {
    if (stmt.kind === "return") return throwAt(stmt, errorOf(stmt, stmt.value ?? undefined));
    if (stmt.kind === "if") return { ...stmt, then: thrown(stmt.then), otherwise: thrown(stmt.otherwise) };
    if (stmt.kind === "match") return { ...stmt, arms: stmt.arms.map((arm) => ({ ...arm, body: thrown(arm.body) })) };
    return stmt;
  });
}

function defaulted(node: SyntaxNode, name: string, left: Expr, arg: Expr | undefined): Expr {
  const other = arg === undefined ? opaqueAt(node, []) : name.endsWith("_else") ? called(node, arg, []) : arg;
  return { kind: "logical", op: "default", left, right: other, start: node.start, end: node.end };
}
