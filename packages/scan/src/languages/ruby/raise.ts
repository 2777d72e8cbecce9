import type { Expr, Span, Stmt } from "../../ir/nodes.ts";
import { callAt, nameAt } from "../tree-sitter/build.ts";
import { fieldOf, spanOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsOf } from "./arguments.ts";
import { constantName } from "./constants.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

const RAISES: ReadonlySet<string> = new Set(["raise", "fail"]);
/** https://docs.ruby-lang.org/en/master/Kernel.html#method-i-throw */
const STOPS: ReadonlySet<string> = new Set(["throw", "exit", "exit!", "abort"]);

/** `raise E, "text"` throws what creates `E`; `throw`, `exit` and `abort` end the way too. */
export function lowerRaise(lo: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const method = node.type === "identifier" ? node : fieldOf(node, "method");
  if (method?.type !== "identifier" || fieldOf(node, "receiver") !== undefined) return undefined;
  const name = textOf(lo, method);
  const { start, end } = node;
  if (STOPS.has(name) && node.type === "call")
    return [{ kind: "throw", start, end, value: callAt(node, nameAt(method, name), argsOf(lo, node)) }];
  if (!RAISES.has(name)) return undefined;
  return [{ kind: "throw", start, end, value: raisedBy(lo, node) }];
}

function raisedBy(lo: Lowering, node: SyntaxNode): Expr | null {
  const first = fieldOf(node, "arguments")?.children[0];
  const args = argsOf(lo, node);
  const [error, ...rest] = args;
  if (first === undefined || error === undefined)
    return lo.scope.caught === undefined ? null : nameAt({ start: node.start, end: node.start }, lo.scope.caught);
  if (constantName(lo, first) !== undefined) return callAt({ start: error.start, end: node.end }, error, rest, true);
  return error.kind === "template" || error.kind === "literal" ? runtimeError(spanOf(error, node), error) : error;
}

/** `raise` without a class raises a RuntimeError. */
function runtimeError(at: Span, text: Expr): Expr {
  return callAt(at, nameAt({ start: at.start, end: at.start }, "RuntimeError"), [text], true);
}
