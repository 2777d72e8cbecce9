import type { CallExpr, Expr } from "../ir/nodes.ts";
import type { CallView } from "./logger.ts";

/**
 * A call as logger files read it. `originOf` is asked once, for the first name of the callee: where it comes from
 * (import source, constructor, factory or type; "" if unknown). A field of the object itself is asked for as `this.name`.
 *
 * A computed name is `*`. A callee that begins with no name gives the names that are known: `(a || b).info` reads `a.info`.
 */
export function callView(call: CallExpr, originOf: (name: string) => string): CallView {
  const names = namesOf(call.callee);
  const [root = ""] = names;
  const origin = root === "this" ? `this.${names[1] ?? ""}` : root;
  const path = root === "this" || root === "super" ? names.slice(1) : names;
  return {
    call,
    path: path.join("."),
    method: path.at(-1) ?? "",
    receiver: path.slice(0, -1),
    origin: origin === "" || origin === "this." ? "" : originOf(origin),
  };
}

/** The names that lead to an expression, outermost first, calls left out: `this.logger.child({}).info`. */
export function namesOf(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case "name":
      return [expr.name];
    case "literal":
      return expr.symbol === true ? [String(expr.value)] : [];
    case "call":
      return namesOf(expr.callee);
    case "await":
      return namesOf(expr.value);
    case "member":
      return [...namesOf(expr.object), expr.property ?? "*"];
    case "logical":
      return either(expr.left, expr.right);
    case "choice":
      return either(expr.then, expr.otherwise);
    default:
      return [];
  }
}

function either(first: Expr, second: Expr): readonly string[] {
  const names = namesOf(first);
  return names.length > 0 ? names : namesOf(second);
}
