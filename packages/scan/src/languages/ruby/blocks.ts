import type { Expr, Param, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCall, unasked } from "./calls.ts";
import { blockParams } from "./functions.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { closure, emptyScope, finish, textOf, within } from "./lowering.ts";
import { lowerMacro } from "./macros.ts";
import { lowerRaise } from "./raise.ts";

/** Iterators whose value is not their block's: https://docs.ruby-lang.org/en/master/Enumerable.html */
const ITERATORS: ReadonlySet<string> = new Set([
  ...["each", "each_with_index", "each_with_object", "each_pair", "each_value", "each_key", "each_slice", "each_entry", "reverse_each"],
  ...["times", "upto", "downto", "step", "find_each", "find_in_batches", "in_batches", "loop"],
]);

/**
 * Methods that run their block once and at once, and give what it gives. https://docs.ruby-lang.org/en/master/Kernel.html,
 * https://api.rubyonrails.org/classes/ActiveRecord/Transactions/ClassMethods.html
 */
const ONCE: ReadonlySet<string> = new Set([
  ...[
    "transaction",
    "with_lock",
    "synchronize",
    "unscoped",
    "with_options",
    "then",
    "yield_self",
    "instance_eval",
    "instance_exec",
    "silence",
  ],
  ...[
    "with_locale",
    "with_time_zone",
    "use_zone",
    "uncached",
    "no_touching",
    "without_auditing",
    "with_advisory_lock",
    "measure",
    "timeout",
  ],
]);
/** The same, and they give what they are called on. */
const TAPS: ReadonlySet<string> = new Set(["tap"]);

/** Blocks that are declared or kept: `return` in them is no matter. */
const KEPT: ReadonlySet<string> = new Set(["lambda", "proc", "new", "define_method"]);

/** A call as a statement: what its block does may stand beside it. */
export function lowerCallStatement(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const raised = lowerRaise(lo, node);
  if (raised !== undefined) return raised;
  const macro = lowerMacro(lo, node, tail);
  if (macro !== undefined) return macro;
  const call = inlined(lo, node, tail);
  if (call !== undefined) return call;
  const value = lowerCall(lo, node);
  return [finish(tail === "drop" ? unasked(value) : value, tail)];
}

/** `x.each do |a| … end` and its like as an expression. */
export function blockCall(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const raised = lowerRaise(lo, node);
  const body = raised ?? inlined(lo, node, "yield");
  return body && { kind: "block", start: node.start, end: node.end, body };
}

function inlined(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] | undefined {
  const block = fieldOf(node, "block");
  const method = fieldOf(node, "method");
  if (block === undefined || method === undefined || (!lo.inMethod && lo.class !== undefined)) return undefined;
  const name = textOf(lo, method);
  if (KEPT.has(name)) return undefined;
  const receiver = fieldOf(node, "receiver");
  const isOwn = receiver === undefined && name !== "loop" && name !== "transaction";
  if (!isOwn && ITERATORS.has(name)) return loop(lo, node, block, name === "loop" ? null : iterated(lo, node, name, receiver), tail);
  if (!isOwn && (ONCE.has(name) || TAPS.has(name))) return once(lo, node, block, receiver, TAPS.has(name), tail);
  if (!returnsOut(block)) return undefined;
  return loop(lo, node, block, lowerCall(lo, node, true), tail);
}

/** What the rounds go through: the receiver, where the method takes nothing else. */
function iterated(lo: Lowering, node: SyntaxNode, name: string, receiver: SyntaxNode | undefined): Expr {
  const isPlain =
    (name === "each" || name === "each_with_index" || name === "reverse_each" || name === "find_each") &&
    fieldOf(node, "arguments") === undefined;
  return isPlain && receiver !== undefined ? lo.expr(receiver) : lowerCall(lo, node, true);
}

function bodyOf(block: SyntaxNode): SyntaxNode | undefined {
  return fieldOf(block, "body");
}

function targetOf(params: readonly Param[], at: Span): Pattern | undefined {
  if (params.length === 0) return undefined;
  if (params.length === 1) return params[0]!.pattern;
  return { kind: "listPattern", start: at.start, end: at.end, items: params.map(({ pattern }) => pattern) };
}

function loop(lo: Lowering, node: SyntaxNode, block: SyntaxNode, over: Expr | null, tail: Tail): Stmt[] {
  const { start, end } = node;
  const params = blockParams(lo, block);
  const target = targetOf(params, fieldOf(block, "parameters") ?? block);
  lo.scope.loops += 1;
  const inner = bodyOf(block);
  const body = inner === undefined ? [] : lo.statement(inner, "drop");
  lo.scope.loops -= 1;
  const made: Stmt = { kind: "loop", start, end, over, ...(target && { target }), body, ...(over === null && { atLeastOnce: true }) };
  return tail === "drop" ? [made] : [made, finish(opaqueAt({ start: end, end }, []), tail)];
}

/** The block where it runs; its parameter is what the method is called on. */
function once(lo: Lowering, node: SyntaxNode, block: SyntaxNode, receiver: SyntaxNode | undefined, taps: boolean, tail: Tail): Stmt[] {
  const { start, end } = node;
  const on = receiver === undefined ? nilAt({ start, end: start }) : lo.expr(receiver);
  const params = blockParams(lo, block);
  const target = targetOf(params, block);
  const before: Stmt[] = [
    ...(fieldOf(node, "arguments")?.children ?? []).map((arg): Stmt => ({
      kind: "expr",
      start: arg.start,
      end: arg.end,
      value: lo.expr(arg),
    })),
    target === undefined
      ? { kind: "expr", start: on.start, end: on.end, value: on }
      : { kind: "let", start: on.start, end: target.end, target, value: on },
  ];
  const inner = bodyOf(block);
  const jumps = inner !== undefined && hasNext(inner);
  if (jumps) lo.scope.loops += 1;
  const body = inner === undefined ? [] : lo.statement(inner, taps || jumps ? "drop" : tail);
  if (jumps) lo.scope.loops -= 1;
  const run: Stmt = jumps
    ? { kind: "loop", start: block.start, end, over: null, body, atLeastOnce: true }
    : { kind: "blockStmt", start: block.start, end, body };
  if (tail === "drop" || (!taps && !jumps && inner !== undefined)) return [...before, run];
  const value: Expr =
    taps && target?.kind === "bind" ? { kind: "name", start: end, end, name: target.name } : opaqueAt({ start: end, end }, []);
  return [...before, run, finish(value, tail)];
}

function hasNext(node: SyntaxNode): boolean {
  if (node.type === "next" || node.type === "break") return true;
  return !ENDS_BLOCK.has(node.type) && node.children.some(hasNext);
}

const ENDS_BLOCK: ReadonlySet<string> = new Set([
  "method",
  "singleton_method",
  "lambda",
  "class",
  "module",
  "block",
  "do_block",
  "while",
  "until",
  "for",
]);
const ENDS_RETURN: ReadonlySet<string> = new Set(["method", "singleton_method", "lambda", "class", "module"]);

/** Whether a block is left by `return`, which leaves the method around as well. */
function returnsOut(node: SyntaxNode): boolean {
  if (node.type === "return") return true;
  return !ENDS_RETURN.has(node.type) && node.children.some(returnsOut);
}

/** A block as a value. */
export function lowerBlock(lo: Lowering, block: SyntaxNode): Expr {
  return within(lo, emptyScope(lo.scope), () => {
    const outer = lo.inMethod;
    lo.inMethod = true;
    const params = blockParams(lo, block);
    const inner = bodyOf(block);
    const body = inner === undefined ? [] : lo.statement(inner, "return");
    lo.inMethod = outer;
    return closure(lo, block, params, body);
  });
}
