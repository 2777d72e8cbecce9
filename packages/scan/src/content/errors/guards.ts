import type { Expr } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { CAUSE_MEMBERS, FOR_CALLERS, FOR_DEVELOPERS, isInternalType, MESSAGE_MEMBERS, STACK_MEMBERS, TELLS } from "./words.ts";

/** What is known of the code around a test. */
export interface Asking {
  readonly text: string;
  /** Whether a name holds an error, or something of one. */
  readonly isError: (name: string) => boolean;
  /** What a name was set to, where it is a test of its own. */
  readonly testOf: (name: string) => Expr | undefined;
}

/** Whether a test asks if the code runs for its developers, whichever answer leads on. */
export function asksForDevelopers(test: Expr, { text, testOf }: Asking): boolean {
  if (FOR_DEVELOPERS.test(text.slice(test.start, test.end))) return true;
  const behind = test.kind === "name" ? testOf(test.name) : undefined;
  return behind !== undefined && FOR_DEVELOPERS.test(text.slice(behind.start, behind.end));
}

/** Whether the side of such a test is that of the developers; where that cannot be told it is. */
export function isDevelopersSide(test: Expr, holds: boolean, { text }: Asking): boolean {
  if (test.kind === "logical") return true;
  const written = text.slice(test.start, test.end);
  const isProduction = /prod|disable|hide|suppress/i.test(written) !== /!|\bnot\b/.test(written);
  return holds !== isProduction;
}

/** Whether an error is known to be one of some kind where the test gives `holds`. */
export function tellsApart(test: Expr, holds: boolean, asking: Asking, depth = 4): boolean {
  const again = (expr: Expr, is: boolean): boolean => depth > 0 && tellsApart(expr, is, asking, depth - 1);
  switch (test.kind) {
    case "not":
      return again(test.value, !holds);
    case "await":
      return again(test.value, holds);
    case "logical": {
      const every = (test.op === "and") !== holds;
      return every ? again(test.left, holds) && again(test.right, holds) : again(test.left, holds) || again(test.right, holds);
    }
    case "binary":
      return ofComparison(test.op, test.left, test.right, holds, asking);
    case "call":
      return holds && isTelling(test, asking);
    case "member":
      return holds && speaksOfKind(test, asking);
    case "name": {
      const behind = asking.testOf(test.name);
      return behind === undefined ? holds && FOR_CALLERS.test(test.name) : again(behind, holds);
    }
    default:
      return false;
  }
}

function ofComparison(op: string, left: Expr, right: Expr, holds: boolean, asking: Asking): boolean {
  if (op === "is") return holds && mentions(left, asking) && !isInternalType(namesOf(right).join("."));
  if (op === "==" || op === "!=") {
    if (holds !== (op === "==")) return false;
    if (isNothing(left) || isNothing(right)) return false;
    if ([left, right].some((side) => side.kind === "binary" || asking.text.slice(side.start, side.end).startsWith("typeof"))) return false;
    return [left, right].some((side) => mentions(side, asking) || FOR_CALLERS.test(namesOf(side).at(-1) ?? ""));
  }
  if (op === "in") return holds && (mentions(right, asking) || mentions(left, asking));
  return [left, right].some((side) => /status|code/i.test(namesOf(side).at(-1) ?? ""));
}

function isNothing(expr: Expr): boolean {
  return (expr.kind === "literal" && (expr.value === null || expr.value === "")) || (expr.kind === "name" && expr.name === "undefined");
}

/** `errors.Is(err, ErrX)`, `isinstance(e, X)`, `e.is_a?(X)`, `isHttpError(e)`, `err.message.includes("…")`. */
function isTelling(test: Expr & { readonly kind: "call" }, asking: Asking): boolean {
  const name = namesOf(test.callee).at(-1) ?? "";
  const about = test.args.some((arg) => mentions(arg, asking)) || (test.callee.kind === "member" && mentions(test.callee.object, asking));
  if (!about || (!TELLS.test(name) && !FOR_CALLERS.test(name))) return false;
  const type = /^(?:isinstance|is_a\??|kind_of\??)$/.test(name) ? test.args.at(-1) : undefined;
  if (type === undefined) return name !== "isError" && name !== "isNativeError";
  const types = type.kind === "list" ? type.items : [type];
  return types.every((one) => !isInternalType(namesOf(one).join(".")));
}

/** `err.expose`, `err.isOperational`: a member that is neither its text nor its cause. */
function speaksOfKind(test: Expr & { readonly kind: "member" }, asking: Asking): boolean {
  const name = test.property ?? "";
  if (MESSAGE_MEMBERS.has(name) || STACK_MEMBERS.has(name) || CAUSE_MEMBERS.has(name)) return false;
  return mentions(test.object, asking) || FOR_CALLERS.test(name);
}

/** Whether an expression reads something that holds an error. */
function mentions(expr: Expr, asking: Asking): boolean {
  const [root] = namesOf(expr);
  return root !== undefined && asking.isError(root);
}

/** The names of errors that a test speaks of. */
export function subjectsOf(test: Expr, asking: Asking, depth = 4): string[] {
  const again = (expr: Expr): string[] => (depth > 0 ? subjectsOf(expr, asking, depth - 1) : []);
  switch (test.kind) {
    case "not":
    case "await":
      return again(test.value);
    case "logical":
    case "binary":
      return [...again(test.left), ...again(test.right)];
    case "call":
      return [...again(test.callee), ...test.args.flatMap(again)];
    case "member":
      return again(test.object);
    case "name": {
      const behind = asking.testOf(test.name);
      return asking.isError(test.name) ? [test.name] : behind === undefined ? [] : again(behind);
    }
    default:
      return [];
  }
}
