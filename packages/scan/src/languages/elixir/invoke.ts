import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import type { CallForm } from "./calls.ts";
import { callForm } from "./calls.ts";
import { lowerSection } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { callAt, nameAt, opaqueAt } from "./lowering.ts";
import { moduleName } from "./modules.ts";
import { isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";
import { calleeOf, isField } from "./targets.ts";
import { recordOf } from "./values.ts";

/** A call that is no special form. `record.field` without parentheses is a member, `Module.fun` a call. */
export function lowerCall(lo: Lowering, form: CallForm): Expr {
  if (form.bare && isField(lo, form.target)) return calleeOf(lo, form.target);
  return callAt(form, calleeOf(lo, form.target), argumentsOf(lo, form));
}

/**
 * Arguments as passed: what was piped in, those written, keywords as one record, blocks as functions.
 * A condition on the last one (`plug :auth when action in [:delete]`) is a record `{when: condition}` of its own.
 */
export function argumentsOf(lo: Lowering, form: CallForm): Expr[] {
  const args = form.piped ? [form.piped] : [];
  for (const arg of form.args) args.push(lo.expr(arg));
  if (form.keywords.length > 0) args.push(recordOf(lo, form.keywords));
  const last = form.keywords.at(-1)?.children[1] ?? form.args.at(-1);
  const guard = isBinary(last, "when") ? last.children[1] : undefined;
  if (guard) args.push(conditionOf(lo, guard));
  if (form.sections.size > 0) args.push(sectionsOf(lo, form));
  return args;
}

/** `left |> right`: the value becomes the first argument. */
export function lowerPipe(lo: Lowering, node: SyntaxNode): Expr {
  const [left, right] = sidesOf(node);
  if (!left || !right) return opaqueAt(node, []);
  const piped = lo.expr(left);
  const form = callForm(lo, right, piped, node);
  return form ? lowerCall(lo, form) : opaqueAt(node, [piped, lo.expr(right)]);
}

/** `M.{}` and the like are no call; a dot that stands alone is the name of a module. */
export function lowerDot(lo: Lowering, node: SyntaxNode): Expr {
  const name = moduleName(lo, node);
  return name === undefined
    ? opaqueAt(
        node,
        node.children.slice(0, 1).map((child) => lo.expr(child)),
      )
    : nameAt(node, name);
}

/** `value[key]`. */
export function lowerAccess(lo: Lowering, node: SyntaxNode): Expr {
  const [target, key] = node.children;
  if (!target || !key) return opaqueAt(node, []);
  const { start, end } = node;
  const index = lo.expr(key);
  const object = lo.expr(target);
  if (index.kind === "literal" && typeof index.value === "string") return { kind: "member", start, end, object, property: index.value };
  return { kind: "member", start, end, object, property: null, index };
}

function conditionOf(lo: Lowering, guard: SyntaxNode): Expr {
  const { start, end } = guard;
  return {
    kind: "record",
    start,
    end,
    entries: [{ start, end, key: "when", value: lo.expr(guard) }],
  };
}

function sectionsOf(lo: Lowering, form: CallForm): Expr {
  const only = form.sections.get("do");
  if (only && form.sections.size === 1) return lowerSection(lo, only);
  const entries: RecordEntry[] = [...form.sections].map(([key, section]) => ({
    start: section.start,
    end: section.end,
    key,
    value: lowerSection(lo, section),
  }));
  return { kind: "record", start: entries[0]?.start ?? form.start, end: form.end, entries };
}
