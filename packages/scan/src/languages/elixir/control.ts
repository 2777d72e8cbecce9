import type { Expr, Span, Stmt } from "../../ir/nodes.ts";
import type { CallForm, Stab } from "./calls.ts";
import { stabsOf } from "./calls.ts";
import { noClause } from "./errors.ts";
import { armsOf } from "./functions.ts";
import { argumentsOf } from "./invoke.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { bindAt, blockExpr, callAt, finish, letAt, nameAt, nilAt } from "./lowering.ts";
import { isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

/** `if` and `unless`. Without `else` the value is nil. */
export function lowerIf(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const then = form.sections.get("do");
  const tested = testOf(lo, form.piped ?? form.args[0]);
  if (!then || !tested) return undefined;
  const otherwise = form.sections.get("else");
  const [held, failed] = [lo.block(then.body, tail, then), lo.block(otherwise?.body ?? [], tail, otherwise ?? form)];
  const unless = form.name === "unless";
  return [...tested.before, choose(form, tested.test, unless ? failed : held, unless ? held : failed, tail)];
}

/** `cond`: a chain of ifs; where no test holds it raises. */
export function lowerCond(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const body = form.sections.get("do");
  return body && stabsOf(body.body).reduceRight<Stmt[]>((otherwise, stab) => condArm(lo, stab, otherwise, tail), [noClause(form)]);
}

function condArm(lo: Lowering, stab: Stab, otherwise: Stmt[], tail: Tail): Stmt[] {
  const tested = testOf(lo, stab.heads[0]);
  const body = lo.block(stab.body, tail, stab);
  if (!tested) return otherwise;
  if (tested.test.kind === "literal" && tested.test.value !== null && tested.test.value !== false) return body;
  return [...tested.before, choose(stab, tested.test, body, otherwise, tail)];
}

/** `if user = find(id)` binds a name: that stands before the test, because it holds after it as well. */
function testOf(lo: Lowering, test: SyntaxNode | Expr | undefined): { readonly before: Stmt[]; readonly test: Expr } | undefined {
  if (!test) return undefined;
  if ("kind" in test) return { before: [], test };
  const [target, value] = isBinary(test, "=") ? sidesOf(test) : [undefined, undefined];
  const pattern = target?.type === "identifier" && lo.pattern(target);
  if (!value || !pattern || pattern.kind !== "bind") return { before: [], test: lo.expr(test) };
  return { before: [letAt(test, pattern, lo.expr(value))], test: nameAt(pattern, pattern.name) };
}

/** A branch; one that only chooses between two values is an expression. */
function choose(at: Span, test: Expr, then: readonly Stmt[], otherwise: readonly Stmt[], tail: Tail): Stmt {
  const { start, end } = at;
  const [yes, no] = [then[0], otherwise[0]];
  if (tail === "yield" && then.length === 1 && otherwise.length === 1 && yes?.kind === "yield" && no?.kind === "yield") {
    return finish({ kind: "choice", start, end, test, then: yes.value, otherwise: no.value }, tail);
  }
  return { kind: "if", start, end, test, then, otherwise };
}

/** `case`: the arms of its block, and an error where none fits. */
export function lowerCase(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const body = form.sections.get("do");
  const subject = form.piped ?? (form.args[0] && lo.expr(form.args[0]));
  if (!body || !subject) return undefined;
  return [
    {
      kind: "match",
      start: form.start,
      end: form.end,
      subject,
      arms: armsOf(lo, stabsOf(body.body), tail),
      exhaustive: true,
    },
  ];
}

/** `match?(pattern, value)`. */
export function lowerMatchTest(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [head, value] = form.args;
  if (!head || !value || form.piped) return undefined;
  const [fits, guard] = isBinary(head, "when") ? sidesOf(head) : [head, undefined];
  const { start, end } = form;
  const answer = (truth: boolean): Stmt[] => [finish({ kind: "literal", start, end, value: truth }, tail)];
  const arms = [
    {
      start,
      end,
      patterns: fits ? [lo.pattern(fits)] : [],
      ...(guard && { guard: lo.expr(guard) }),
      body: answer(true),
    },
    { start, end, patterns: [], body: answer(false) },
  ];
  return [{ kind: "match", start, end, subject: lo.expr(value), arms, exhaustive: true }];
}

/** `value |> then(fun)` calls the function with the value. */
export function lowerThen(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [value, fun, ...more] = argumentsOf(lo, form);
  return value && fun && more.length === 0 ? [finish(callAt(form, fun, [value]), tail)] : undefined;
}

/** What `tap` hands on. */
const TAPPED = "_tapped";

/** `value |> tap(fun)` calls the function and gives the value. */
export function lowerTap(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [value, fun, ...more] = argumentsOf(lo, form);
  if (!value || !fun || more.length > 0) return undefined;
  const call = finish(callAt(form, fun, [nameAt(value, TAPPED)]), "drop");
  const before = [letAt(value, bindAt(value, TAPPED), value), call];
  return tail === "drop" ? before : [...before, finish(nameAt(value, TAPPED), tail)];
}

/** `apply(Module, :fun, [a, b])` with everything written out is a plain call. */
export function lowerApply(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [module, name, list] = argumentsOf(lo, form);
  if (module?.kind !== "name" || name?.kind !== "literal" || !name.symbol || list?.kind !== "list") return undefined;
  const callee: Expr = {
    kind: "member",
    start: module.start,
    end: name.end,
    object: module,
    property: String(name.value),
  };
  return [finish(callAt(form, callee, list.items), tail)];
}

/** `is_nil(x)` is a comparison. */
export function lowerIsNil(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [value] = argumentsOf(lo, form);
  const { start, end } = form;
  return value && [finish({ kind: "binary", start, end, op: "==", left: value, right: nilAt(form) }, tail)];
}

/** `quote`: the code that a macro gives, as a block; what it defines is not defined here. */
export function lowerQuote(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const body = form.sections.get("do");
  if (!body) return undefined;
  const outer = lo.quoted;
  lo.quoted = true;
  const quoted: Expr = {
    kind: "block",
    start: form.start,
    end: form.end,
    body: lo.block(body.body, "yield", body),
  };
  lo.quoted = outer;
  return [finish(quoted, tail)];
}

/** A block in parentheses as an expression; what a single expression binds holds outside as well. */
export function lowerParentheses(lo: Lowering, node: SyntaxNode): Expr {
  const [only] = node.children;
  if (only && node.children.length === 1) return lo.expr(only);
  return blockExpr(node, lo.block(node.children, "yield", node));
}
