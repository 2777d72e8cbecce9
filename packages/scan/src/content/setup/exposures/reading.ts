/** What readers of exposures share. */
import { stringOf } from "../../../ir/literals.ts";
import type { Expr, FunctionIR, Span } from "../../../ir/nodes.ts";
import type { SetupAssign, SetupCall, SetupView } from "../facts.ts";
import { resolved } from "../reading.ts";
import type { Exposure } from "./exposure.ts";

type Words = Pick<Exposure, "writes" | "because" | "instead" | "name">;

export function exposed({ start, end }: Span, fn: FunctionIR | null, words: Words): Exposure {
  return { start, end, fn, ...words };
}

/** Calls that run in production as well. */
export function callsOf({ calls }: SetupView, fits: (one: SetupCall) => boolean): readonly SetupCall[] {
  return calls.filter((one) => one.stage !== "development" && fits(one));
}

export function assignsOf({ assigns }: SetupView, fits: (one: SetupAssign) => boolean): readonly SetupAssign[] {
  return assigns.filter((one) => one.stage !== "development" && fits(one));
}

/** The text of a call with what the names among its arguments stand for; undefined where one of them is not known. */
export function settingsText(view: SetupView, { call, fn }: SetupCall): string | undefined {
  const values = call.args.map((arg) => resolved(view, arg, fn));
  if (values.some((value) => !["record", "literal", "template", "function", "list", "call"].includes(value.kind))) return undefined;
  if (values.some((value) => value.kind === "record" && value.entries.some((entry) => entry.spread === true))) return undefined;
  const { text } = view.file;
  return [call, ...values].map(({ start, end }) => text.slice(start, end).replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, "")).join("\n");
}

export function textOf({ file }: SetupView, { start, end }: Span): string {
  return file.text.slice(start, end);
}

export function isTrue(expr: Expr | undefined): boolean {
  return (expr?.kind === "literal" && expr.value === true) || (expr?.kind === "name" && expr.name === "True");
}

/** The strings of a list, or the one string that stands there. */
export function textsIn(expr: Expr | undefined): readonly string[] {
  if (expr?.kind === "list") return expr.items.flatMap((item) => stringOf(item) ?? []);
  const text = stringOf(expr);
  return text === undefined ? [] : [text];
}
