import type { Expr, FunctionIR, Param, Span, Stmt } from "../../ir/nodes.ts";
import type { CallForm } from "./calls.ts";
import { pairOf } from "./calls.ts";
import { lowerSections } from "./errors.ts";
import { lowerGuard } from "./functions.ts";
import type { FunctionParts, Lowering, Tail } from "./lowering.ts";
import { bindAt, callAt, finish, letAt, makeFunction, nameAt, nilAt, param, textOf } from "./lowering.ts";
import { fullModuleName } from "./modules.ts";
import { withDefault } from "./patterns.ts";
import { childOf, isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

/** What each `def…` makes of a function. */
const SORTS: Readonly<Record<string, Pick<FunctionParts, "role" | "isPrivate">>> = {
  def: {},
  defp: { isPrivate: true },
  defmacro: { role: "macro" },
  defmacrop: { role: "macro", isPrivate: true },
  defguard: { role: "macro" },
  defguardp: { role: "macro", isPrivate: true },
};

/** The head of a definition: `name(patterns) when guard`. */
interface Head {
  readonly name: string;
  readonly params: readonly Param[];
  readonly guard: SyntaxNode | undefined;
}

/** One clause of a function. A clause without a body says the defaults of those that follow, and is none itself. */
export function lowerDef(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const head = form.args[0] && !form.piped ? headOf(lo, form.args[0]) : undefined;
  if (!head) return undefined;
  const key = `${head.name}/${head.params.length}`;
  const isGuard = form.name.startsWith("defguard");
  if (!form.sections.has("do") && !isGuard) {
    lo.module.heads.set(
      key,
      head.params.map(({ pattern }) => ("default" in pattern ? pattern.default : undefined)),
    );
    return defined(form, tail);
  }
  const decorators = lo.module.decorators;
  lo.module.decorators = [];
  const guard = head.guard && lowerGuard(lo, head.guard);
  const fn = makeFunction(lo, form, {
    ...SORTS[form.name],
    name: head.name,
    params: withDefaults(head.params, lo.module.heads.get(key) ?? []),
    decorators,
    ...(isGuard || !guard ? {} : { guard }),
    body: isGuard ? [finish(guard ?? nilAt(form), "return")] : lowerSections(lo, form.sections, "return", form),
  });
  return define(lo, fn, form, tail);
}

function define(lo: Lowering, fn: FunctionIR, at: Span, tail: Tail): Stmt[] {
  if (!lo.quoted && lo.module.name !== "") {
    lo.module.functions.push(fn);
    return defined(at, tail);
  }
  lo.module.quoted.push(fn);
  const value: Expr = { kind: "function", start: at.start, end: at.end, fn };
  return [letAt(at, bindAt(at, fn.name), value), ...defined(at, tail)];
}

/** The value of a definition is of no use, but a block has to end in one. */
function defined(at: Span, tail: Tail): Stmt[] {
  return tail === "drop" ? [] : [finish(nilAt(at), tail)];
}

function headOf(lo: Lowering, node: SyntaxNode): Head | undefined {
  if (isBinary(node, "when")) {
    const [left, guard] = sidesOf(node);
    const head = left && headOf(lo, left);
    return head && { ...head, guard };
  }
  if (node.type === "identifier") return { name: textOf(lo, node), params: [], guard: undefined };
  if (node.type === "binary_operator" || node.type === "unary_operator") {
    return {
      name: node.op,
      params: node.children.map((child) => param(lo.pattern(child))),
      guard: undefined,
    };
  }
  const target = node.type === "call" ? node.children[0] : undefined;
  if (!target) return undefined;
  const params = childOf(node, "arguments")?.children ?? [];
  return {
    name: textOf(lo, target),
    params: params.map((child) => param(lo.pattern(child))),
    guard: undefined,
  };
}

function withDefaults(params: readonly Param[], defaults: readonly (Expr | undefined)[]): Param[] {
  return params.map((own, index) => {
    const value = defaults[index];
    return value ? { ...own, pattern: withDefault(own.pattern, value) } : own;
  });
}

/** `defdelegate name(args), to: Module, as: :other`: a function that calls the other. */
export function lowerDefdelegate(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const options = new Map(form.keywords.flatMap((pair) => pairOf(lo, pair) ?? []).map(({ key, value }) => [key, value]));
  const to = options.get("to");
  const [first] = form.args;
  if (!to || !first) return undefined;
  const as = options.get("as");
  const name = as && lo.expr(as);
  const heads = first.type === "list" ? first.children : [first];
  return heads.flatMap((node) => {
    const head = headOf(lo, node);
    const at = first.type === "list" ? node : form;
    return head ? define(lo, delegate(lo, at, head, to, name), at, tail) : [];
  });
}

function delegate(lo: Lowering, at: Span, head: Head, to: SyntaxNode, as: Expr | undefined): FunctionIR {
  const names = head.params.map(({ pattern }, index) => (pattern.kind === "bind" ? pattern.name : `&${index + 1}`));
  const params = head.params.map((own, index) => {
    const { pattern } = own;
    return pattern.kind === "bind"
      ? own
      : param({
          kind: "bind",
          start: pattern.start,
          end: pattern.end,
          name: names[index] ?? "_",
          also: pattern,
        });
  });
  const module = fullModuleName(lo, to);
  const object = module === undefined ? lo.expr(to) : nameAt(to, module);
  const property = as?.kind === "literal" ? String(as.value) : head.name;
  const callee: Expr = { kind: "member", start: to.start, end: to.end, object, property };
  const call = callAt(
    at,
    callee,
    names.map((name) => nameAt(at, name)),
  );
  return makeFunction(lo, at, { name: head.name, params, body: [finish(call, "return")] });
}
