/**
 * Optional, Mono, futures: the calls that decide between a value and what stands in for it, spelled out as branches. An
 * optional is its value or null; what a publisher or future gives is its value, and its error is thrown.
 * https://docs.oracle.com/javase/8/docs/api/java/util/Optional.html, https://projectreactor.io/docs/core/release/reference/
 */
import type { Expr, Stmt } from "../../ir/nodes.ts";
import { bindAt, blockExpr, callAt, exprAt, letAt, nameAt, nilAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, within, type Lowering } from "../jvm/lowering.ts";
import { paramsOf } from "./functions.ts";

/** The value of the call, or undefined where its arguments are not those of the method. */
type ChainLower = (lo: Lowering, node: SyntaxNode, object: SyntaxNode, args: readonly SyntaxNode[]) => Expr | undefined;

const CHAINS: ReadonlyMap<string, ChainLower> = new Map<string, ChainLower>([
  ["orElseThrow", orElseThrow],
  ["orElse", (lo, node, object, [value]) => value && orElse(node, lo.expr(object), lo.expr(value))],
  ["orElseGet", (lo, node, object, [supplier]) => supplier && orElse(node, lo.expr(object), given(lo, supplier))],
  ["switchIfEmpty", (lo, node, object, [other]) => other && orElse(node, lo.expr(object), lo.expr(other))],
  ["defaultIfEmpty", (lo, node, object, [value]) => value && orElse(node, lo.expr(object), lo.expr(value))],
  ["isPresent", (lo, node, object, args) => (args.length === 0 ? isThere(node, lo.expr(object)) : undefined)],
  ["ifPresent", ifPresent],
  ["ifPresentOrElse", ifPresent],
  ["onErrorResume", (lo, node, object, args) => caught(lo, node, object, args, (value, at) => [yieldAt(at, value)])],
  ["onErrorMap", (lo, node, object, args) => caught(lo, node, object, args, (value, at) => [throwAt(at, value)])],
  ["doOnError", doOnError],
]);

/** Static factories: `Optional.of(x)` is `x`, `Mono.error(e)` throws. */
const FACTORIES: ReadonlyMap<string, "value" | "nothing" | "throw" | "run"> = new Map([
  ["Optional.of", "value"],
  ["Optional.ofNullable", "value"],
  ["Optional.empty", "nothing"],
  ["Mono.just", "value"],
  ["Mono.justOrEmpty", "value"],
  ["Mono.empty", "nothing"],
  ["Mono.error", "throw"],
  ["Flux.error", "throw"],
  ["Mono.defer", "run"],
  ["Mono.fromCallable", "run"],
  ["Mono.fromSupplier", "run"],
  ["Mono.fromRunnable", "run"],
  ["CompletableFuture.completedFuture", "value"],
  ["CompletableFuture.failedFuture", "throw"],
  ["CompletableFuture.supplyAsync", "run"],
]);

/** A call of these, spelled out; undefined for all others. */
export function lowerChain(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [object, name] = [fieldOf(node, "object"), fieldOf(node, "name")];
  if (object === undefined || name === undefined) return undefined;
  const method = textOf(lo, name);
  const args = fieldOf(node, "arguments")?.children ?? [];
  const factory = object.type === "identifier" ? FACTORIES.get(`${textOf(lo, object)}.${method}`) : undefined;
  if (factory !== undefined) return lowerFactory(lo, node, factory, args);
  return CHAINS.get(method)?.(lo, node, object, args);
}

function lowerFactory(lo: Lowering, node: SyntaxNode, factory: string, [value]: readonly SyntaxNode[]): Expr | undefined {
  if (factory === "nothing") return nilAt(node);
  if (value === undefined) return undefined;
  if (factory === "value") return lo.expr(value);
  return factory === "run" ? given(lo, value) : blockExpr(node, [throwAt(node, given(lo, value))]);
}

const orElse = (at: SyntaxNode, left: Expr, right: Expr): Expr => ({
  kind: "logical",
  start: at.start,
  end: at.end,
  op: "default",
  left,
  right,
});

const isThere = (at: SyntaxNode, left: Expr): Expr => ({
  kind: "binary",
  start: at.start,
  end: at.end,
  op: "!=",
  left,
  right: nilAt({ start: at.end, end: at.end }),
});

const throwAt = ({ start, end }: SyntaxNode, value: Expr): Stmt => ({ kind: "throw", start, end, value });
const yieldAt = ({ start, end }: SyntaxNode, value: Expr): Stmt => ({ kind: "yield", start, end, value });

/** `() -> new Denied()`, `Denied::new`: the error that is thrown. Without one the code says that there is a value. */
function orElseThrow(lo: Lowering, node: SyntaxNode, object: SyntaxNode, [supplier]: readonly SyntaxNode[]): Expr {
  if (supplier === undefined) return lo.expr(object);
  return orElse(node, lo.expr(object), blockExpr(node, [throwAt(supplier, given(lo, supplier))]));
}

/** What a function without arguments gives where it is written out; a lambda with statements is called. */
function given(lo: Lowering, supplier: SyntaxNode): Expr {
  if (supplier.type === "lambda_expression") {
    const body = fieldOf(supplier, "body");
    if (body !== undefined && body.type !== "block" && paramsOf(lo, supplier).length === 0) return lo.expr(body);
    return callAt(supplier, lo.expr(supplier), []);
  }
  if (supplier.type !== "method_reference") return lo.expr(supplier);
  const [type, method] = supplier.children;
  if (type !== undefined && method === undefined) return callAt(supplier, nameAt(type, textOf(lo, type)), [], true);
  return callAt(supplier, lo.expr(supplier), []);
}

/** What the present value is called while it is tested. */
const PRESENT = "_present";

function ifPresent(lo: Lowering, node: SyntaxNode, object: SyntaxNode, args: readonly SyntaxNode[]): Expr | undefined {
  const [use, otherwise] = args;
  if (use === undefined) return undefined;
  const { start, end } = node;
  const value = nameAt({ start: object.start, end: object.start }, PRESENT);
  const test = isThere(object, value);
  const run = (one: SyntaxNode, given: readonly Expr[]): Stmt => exprAt(one, callAt(one, lo.expr(one), given));
  return blockExpr(node, [
    letAt(object, bindAt({ start: object.start, end: object.start }, PRESENT), lo.expr(object)),
    { kind: "if", start, end, test, then: [run(use, [value])], otherwise: otherwise === undefined ? [] : [run(otherwise, [])] },
  ]);
}

/** `chain.onErrorResume(Denied.class, e -> …)`: the chain is tried, what it throws is caught. */
function caught(
  lo: Lowering,
  node: SyntaxNode,
  object: SyntaxNode,
  args: readonly SyntaxNode[],
  end: (value: Expr, at: SyntaxNode) => Stmt[],
): Expr | undefined {
  const handler = args.at(-1);
  if (handler?.type !== "lambda_expression") return undefined;
  const params = paramsOf(lo, handler);
  const names = params.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : []));
  const body = fieldOf(handler, "body");
  if (body === undefined) return undefined;
  const value = within(lo, names, () =>
    body.type === "block"
      ? callAt(
          handler,
          lo.expr(handler),
          names.map((name) => nameAt(handler, name)),
        )
      : lo.expr(body),
  );
  return blockExpr(node, [tried(lo, node, object, handler, params[0]?.pattern, typesOf(lo, args), end(value, body))]);
}

function doOnError(lo: Lowering, node: SyntaxNode, object: SyntaxNode, args: readonly SyntaxNode[]): Expr | undefined {
  return caught(lo, node, object, args, (value, at) => [exprAt(at, value), { kind: "throw", start: at.end, end: at.end, value: null }]);
}

function tried(
  lo: Lowering,
  node: SyntaxNode,
  object: SyntaxNode,
  handler: SyntaxNode,
  param: ReturnType<typeof bindAt> | undefined,
  types: readonly string[],
  body: readonly Stmt[],
): Stmt {
  const clause = { start: handler.start, end: handler.end, ...(param && { param }), types, body };
  return { kind: "try", start: node.start, end: node.end, body: [yieldAt(object, lo.expr(object))], catches: [clause] };
}

function typesOf(lo: Lowering, args: readonly SyntaxNode[]): readonly string[] {
  const [first] = args;
  return args.length > 1 && first?.type === "class_literal" ? [textOf(lo, first).replace(/\.class$/, "")] : [];
}
