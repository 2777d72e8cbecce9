import type { CallExpr, Expr, Span } from "../../ir/nodes.ts";
import { callAt, nameAt, nilAt } from "../tree-sitter/build.ts";
import { sourceOf, type Lowering } from "./lowering.ts";

/** Packages with the functions of the standard `errors`: pkg/errors, cockroachdb/errors, xerrors and their like. */
const ERRORS = /(?:^|\/)x?errors(?:\/v\d+)?$/;

/** What a call of a package about errors means in the IR; undefined for all others. */
export function errorCall(cx: Lowering, at: Span, pkg: string, name: string, args: readonly Expr[]): Expr | undefined {
  const source = sourceOf(cx, pkg);
  if (source === "fmt") return name === "Errorf" ? errorOf(at, args) : undefined;
  return ERRORS.test(source) ? ofPackage(cx, at, name, args) : undefined;
}

function ofPackage(cx: Lowering, at: Span, name: string, args: readonly Expr[]): Expr | undefined {
  const [first, second] = args;
  if (/^(?:New|Newf|Errorf|Join|E)$/.test(name)) return errorOf(at, args);
  if (first === undefined) return undefined;
  if (/^(?:Cause|Unwrap|UnwrapAll|WithStack|WithSecondaryError)$/.test(name)) return first;
  if (/^(?:Wrapf?|WithMessagef?|WithHintf?|WithDetailf?|Annotatef?)$/.test(name)) return wrapped(at, first, args.slice(1));
  if (second === undefined) return undefined;
  if (name === "Is") return { kind: "binary", op: "==", left: first, right: second, start: at.start, end: at.end };
  return name === "As" || name === "HasType" ? isOfType(cx, at, first, second) : undefined;
}

function errorOf(at: Span, args: readonly Expr[]): Expr {
  return callAt(at, nameAt(at, "Error"), args, true);
}

/** Wrapping nothing gives nothing. */
function wrapped(at: Span, error: Expr, words: readonly Expr[]): Expr {
  const { start, end } = at;
  const made = errorOf(at, [...words, error]);
  if (error.kind === "call") return made;
  const test: Expr = { kind: "binary", op: "==", left: error, right: nilAt(at), start, end };
  return { kind: "choice", test, then: nilAt(at), otherwise: made, start, end };
}

/** `errors.As(err, &target)` asks for the type that the target was declared with. */
function isOfType(cx: Lowering, at: Span, error: Expr, target: Expr): Expr {
  const { start, end } = at;
  const type = target.kind === "name" ? cx.scope.types.get(target.name)?.name : undefined;
  const right = type === undefined ? (target.kind === "call" ? target.callee : target) : typeName(at, type);
  return { kind: "binary", op: "is", left: error, right, start, end };
}

/** A type as the right side of `is`: `pkg.ErrX` is a member of the package. */
export function typeName(at: Span, name: string): Expr {
  const dot = name.lastIndexOf(".");
  const last = name.slice(dot + 1);
  if (dot < 0) return nameAt(at, last);
  return { kind: "member", object: nameAt(at, name.slice(0, dot)), property: last, start: at.start, end: at.end };
}

/** An error that a variable keeps goes by the name of the variable: `var ErrNoAccess = errors.New("…")`. */
export function namedError(name: string, value: Expr): Expr {
  const made = value.kind === "call" && value.creates === true && value.callee.kind === "name" && value.callee.name === "Error";
  if (!made || !/^[eE]rr[A-Z]|Err(?:or)?$/.test(name)) return value;
  return { ...(value as CallExpr), callee: nameAt(value.callee, name) };
}

/** `log.Fatal`, `logger.Panicf`: methods that write a line and end the program. */
const FATAL = /^(?:Fatal|Panic|Exit)(?:f|ln|w|Context|Depth)?$/;

/** Whether a call does not return. */
export function endsProgram(cx: Lowering, call: Expr): boolean {
  if (call.kind !== "call" || call.callee.kind !== "member") return false;
  const { object, property } = call.callee;
  if (object.kind === "name" && property === "Exit") return sourceOf(cx, object.name) === "os" || /log/i.test(object.name);
  return FATAL.test(property ?? "") && /log/i.test(lastName(object));
}

function lastName(expr: Expr): string {
  if (expr.kind === "name") return expr.name;
  if (expr.kind === "member") return expr.property ?? "";
  return expr.kind === "call" ? lastName(expr.callee) : "";
}
