/** What readers of setups share. */
import { stringOf } from "../../ir/literals.ts";
import type { Expr, FunctionIR, RecordExpr } from "../../ir/nodes.ts";
import { walkExpr, walkStmts } from "../../ir/walk.ts";
import type { SetupCall, SetupFact, SetupView, Stage } from "./facts.ts";
import { opposite, stageOfTest } from "./stages.ts";

export type LineBreaks = "escaped" | "kept";

/** A fact that holds where a call runs. */
export function factAt({ call, stage }: Pick<SetupCall, "call" | "stage">, fact: Omit<SetupFact, "span" | "stage">): SetupFact {
  return { span: { start: call.start, end: call.end }, ...(stage === undefined ? {} : { stage }), ...fact };
}

/** Leaves out what is undefined. */
export function said<T extends object>(fact: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The first record among the arguments of a call, also where a name stands for it. */
export function optionsOf(view: SetupView, { call, fn }: SetupCall): RecordExpr | undefined {
  for (const arg of call.args) {
    const value = resolved(view, arg, fn);
    if (value.kind === "record") return value;
  }
  return undefined;
}

/** What a name stands for in the file, else the expression itself. */
export function resolved(view: SetupView, expr: Expr, fn: FunctionIR | null): Expr {
  if (expr.kind !== "name") return expr;
  return view.valueOf(expr.name, fn) ?? expr;
}

/**
 * Calls `visit` for every part of an expression with the stage in which it is taken: names are followed, branches of a
 * choice on the environment are told apart, functions are entered.
 */
export function parts(view: SetupView, expr: Expr, fn: FunctionIR | null, visit: (part: Expr, stage?: Stage) => boolean | void): void {
  const followed = new Set<string>();
  const walk = (at: Expr, stage: Stage | undefined): void =>
    walkExpr(at, (part) => {
      if (visit(part, stage) === false) return false;
      if (part.kind === "function") walkStmts(part.fn.body, (inner) => (walk(inner, stage), false));
      const value = part.kind === "name" && !followed.has(part.name) ? view.valueOf(part.name, fn) : undefined;
      if (part.kind === "name" && value !== undefined) {
        followed.add(part.name);
        walk(value, stage);
      }
      const taken =
        part.kind === "choice" ? stageOfTest(part.test) : part.kind === "logical" && part.op === "and" ? stageOfTest(part.left) : undefined;
      if (taken === undefined) return undefined;
      if (part.kind === "choice") {
        walk(part.then, taken);
        walk(part.otherwise, opposite(taken));
      } else if (part.kind === "logical") {
        walk(part.right, taken);
      }
      return false;
    });
  walk(expr, undefined);
}

/** The strings of a list; `"unknown"` where some of them are computed. */
export function stringsIn(expr: Expr): readonly string[] | "unknown" {
  if (expr.kind !== "list") return "unknown";
  const texts = expr.items.map(stringOf);
  return texts.every((one) => one !== undefined) ? texts : "unknown";
}

/** Names of what takes secrets out of lines. */
export const REDACTING = /redact|mask|scrub|sanitiz|obfuscat|censor|filter_?sensitive|sensitive_?data|anonymi[sz]/i;
/** Names of formatters, layouts and renderers that write JSON or another form that quotes. */
export const JSON_LIKE = /json|logstash|logfmt|ecs(?![a-z])|gelf|stackdriver|google_?cloud|structured|msgpack|cloud_?logging/i;
