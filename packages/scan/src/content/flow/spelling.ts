import type { Expr } from "../../ir/nodes.ts";

/** Dotted, calls as `()`: `req.body.password`, `jwt.sign()`. */
export function pathOf(expr: Expr): string {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "member": {
      const object = pathOf(expr.object);
      const property = expr.property ?? "";
      return object === "" || property === "" ? object + property : `${object}.${property}`;
    }
    case "call":
      return `${pathOf(expr.callee)}()`;
    case "await":
      return pathOf(expr.value);
    case "literal":
      return expr.symbol === true ? String(expr.value) : "";
    default:
      return "";
  }
}

/** The last name of an expression. */
export function nameOf(expr: Expr): string {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "member":
      return expr.property ?? nameOf(expr.object);
    case "call":
      return nameOf(expr.callee);
    case "await":
      return nameOf(expr.value);
    default:
      return "";
  }
}
