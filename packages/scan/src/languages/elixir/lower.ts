import { linkFile } from "../../ir/link.ts";
import type { Expr, FileIR, Span, Stmt } from "../../ir/nodes.ts";
import { lowerAttributeSetting, lowerDefstruct } from "./attributes.ts";
import type { CallForm } from "./calls.ts";
import { callForm } from "./calls.ts";
import { lowerFor, lowerWith } from "./clauses.ts";
import { lowerImplementation, lowerModule } from "./containers.ts";
import { lowerApply, lowerCase, lowerCond, lowerIf, lowerIsNil, lowerMatchTest, lowerQuote, lowerTap, lowerThen } from "./control.ts";
import { lowerDef, lowerDefdelegate } from "./definitions.ts";
import { lowerDirective } from "./directives.ts";
import { lowerExit, lowerRaise, lowerReceive, lowerReraise, lowerThrow, lowerTry } from "./errors.ts";
import { lowerExpression } from "./expressions.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { blockExpr, emptyScope, finish, letAt, nameAt, nilAt, opaqueAt } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";
import { isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax.ts";

/** Lowers a call that is more than a call. Undefined where its arguments are not those of the special form. */
type FormLower = (lo: Lowering, form: CallForm, tail: Tail) => Stmt[] | undefined;

const FORMS: ReadonlyMap<string, FormLower> = new Map<string, FormLower>([
  ["defmodule", lowerModule],
  ["defprotocol", lowerModule],
  ["defimpl", lowerImplementation],
  ["def", lowerDef],
  ["defp", lowerDef],
  ["defmacro", lowerDef],
  ["defmacrop", lowerDef],
  ["defguard", lowerDef],
  ["defguardp", lowerDef],
  ["defdelegate", lowerDefdelegate],
  ["defstruct", lowerDefstruct],
  ["defexception", lowerDefstruct],
  ["alias", lowerDirective],
  ["import", lowerDirective],
  ["require", lowerDirective],
  ["use", lowerDirective],
  ["if", lowerIf],
  ["unless", lowerIf],
  ["cond", lowerCond],
  ["case", lowerCase],
  ["with", lowerWith],
  ["for", lowerFor],
  ["try", lowerTry],
  ["receive", lowerReceive],
  ["raise", lowerRaise],
  ["reraise", lowerReraise],
  ["throw", lowerThrow],
  ["exit", lowerExit],
  ["quote", lowerQuote],
  ["then", lowerThen],
  ["tap", lowerTap],
  ["apply", lowerApply],
  ["is_nil", lowerIsNil],
  ["match?", lowerMatchTest],
]);

/** Syntax → IR. */
export function lowerFile(path: string, text: string, tree: SyntaxTree): FileIR {
  const scope = emptyScope("");
  const lo: Lowering = {
    text,
    functions: [],
    containers: [],
    module: scope,
    quoted: false,
    elseDepth: 0,
    expr: (node) => lowerFormExpression(lo, node) ?? lowerExpression(lo, node),
    pattern: (node) => lowerPattern(lo, node),
    block: (nodes, tail, at) => lowerBlock(lo, nodes, tail, at),
  };
  const body = lowerBlock(lo, tree.root.children, "drop", tree.root);
  return linkFile({
    path,
    language: "elixir",
    text,
    imports: scope.imports,
    exports: [],
    containers: lo.containers,
    functions: lo.functions,
    body,
    directives: [],
    comments: tree.comments,
  });
}

function lowerBlock(lo: Lowering, nodes: readonly SyntaxNode[], tail: Tail, at: Span): Stmt[] {
  if (nodes.length === 0) return tail === "drop" ? [] : [finish(nilAt(at), tail)];
  const last = nodes.length - 1;
  return nodes.flatMap((node, index) => lowerStatement(lo, node, index === last ? tail : "drop"));
}

function lowerStatement(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  if (node.type === "block" && node.children[0]?.type !== "stab_clause") return lowerBlock(lo, node.children, tail, node);
  if (node.type === "unary_operator" && node.op === "@") {
    const setting = lowerAttributeSetting(lo, node, tail);
    if (setting) return setting;
  }
  if (isBinary(node, "=")) return lowerMatch(lo, node, tail);
  return lowerForm(lo, node, tail) ?? [finish(lo.expr(node), tail)];
}

/** What a match gives, where its pattern is more than a name. */
const MATCHED = "_matched";

/** `pattern = value` as a statement. */
function lowerMatch(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const [left, right] = sidesOf(node);
  if (!left || !right) return [finish(opaqueAt(node, []), tail)];
  const value = lo.expr(right);
  const target = lo.pattern(left);
  if (tail === "drop") return [letAt(node, target, value)];
  if (target.kind === "bind") return [letAt(node, target, value), finish(nameAt(node, target.name), tail)];
  const both = {
    kind: "bind",
    start: target.start,
    end: target.end,
    name: MATCHED,
    also: target,
  } as const;
  return [letAt(node, both, value), finish(nameAt(node, MATCHED), tail)];
}

/** A special form, called or piped into. */
function lowerForm(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] | undefined {
  const [left, right] = isBinary(node, "|>") ? sidesOf(node) : [undefined, node];
  const target = right?.type === "call" ? right.children[0] : right;
  if (!right || target?.type !== "identifier") return undefined;
  const lower = FORMS.get(lo.text.slice(target.start, target.end));
  if (!lower || (right.type !== "call" && !left)) return undefined;
  const form = callForm(lo, right, left && lo.expr(left), node);
  return form && lower(lo, form, tail);
}

function lowerFormExpression(lo: Lowering, node: SyntaxNode): Expr | undefined {
  if (node.type !== "call" && node.type !== "binary_operator") return undefined;
  const body = lowerForm(lo, node, "yield");
  return body && blockExpr(node, body);
}
