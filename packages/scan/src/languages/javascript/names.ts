import type { Expression, ModuleExportName, PrivateIdentifier, PropertyKey, TemplateLiteral } from "oxc-parser";
import type { Expr } from "../../ir/nodes.ts";

/** The name of a property key; null where it is computed and no literal. Private names keep their `#`. */
export function keyName(key: PropertyKey, computed: boolean): string | null {
  if (!computed && key.type === "Identifier") return key.name;
  if (key.type === "PrivateIdentifier") return privateName(key);
  if (key.type === "Literal") return String(key.value);
  if (key.type === "TemplateLiteral") return plainText(key);
  return null;
}

export function privateName(node: PrivateIdentifier): string {
  return `#${node.name}`;
}

/** The text of a template without holes; null where it has some. */
export function plainText(node: TemplateLiteral): string | null {
  const first = node.quasis[0];
  return node.expressions.length === 0 && first !== undefined ? (first.value.cooked ?? first.value.raw) : null;
}

export function exportName(node: ModuleExportName): string {
  return node.type === "Literal" ? node.value : node.name;
}

/** `a.b.c` of names and members; undefined for anything else. */
export function dotted(expr: Expr): string | undefined {
  if (expr.kind === "name") return expr.name;
  if (expr.kind !== "member" || expr.property === null) return undefined;
  const object = dotted(expr.object);
  return object === undefined ? undefined : `${object}.${expr.property}`;
}

/** The node without what TypeScript and parentheses put around it. */
export function unwrapped(node: Expression): Expression {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
      case "ParenthesizedExpression":
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}
