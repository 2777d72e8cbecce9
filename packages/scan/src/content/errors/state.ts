import type { Expr, FunctionIR } from "../../ir/nodes.ts";
import { walkExpr } from "../../ir/walk.ts";
import type { ErrorText } from "../../languages/language.ts";
import type { Caught, Env, Shown } from "./shown.ts";
import type { Status } from "./status.ts";

/** Where the following stands. */
export interface State {
  env: Env;
  status: Status;
  /** What is written here runs for developers only. */
  readonly forDevelopers: boolean;
  /** A test around asks for the mode. */
  readonly asksMode: boolean;
  readonly fn: FunctionIR | null;
  /** What names were set to, in this function and around it. */
  readonly values: Map<string, readonly Expr[]>;
  readonly caught: Caught | undefined;
}

export const valuesIn =
  (state: State) =>
  (name: string): readonly Expr[] =>
    state.values.get(name) ?? [];

export function namesIn(expr: Expr): readonly string[] {
  const names: string[] = [];
  walkExpr(expr, (at) => {
    if (at.kind === "name") names.push(at.name);
  });
  return names;
}

/** The function whose parameter it is. */
export function ownerOf(fn: FunctionIR | null, of: Caught): FunctionIR | undefined {
  for (let at = fn ?? undefined; at !== undefined; at = at.parent) {
    const param = of.place === undefined ? undefined : at.params[of.place];
    if (param?.pattern.start === of.start) return at;
  }
  return undefined;
}

/** Marks what the names hold as errors whose text is meant to be read; without names, everything. */
export function tell(env: Env, names: ReadonlySet<string>): void {
  const errors = [...names].flatMap((name) => env.get(name) ?? []).map(({ of }) => of);
  for (const [name, held] of env)
    env.set(
      name,
      held.map((one) => (names.size === 0 || errors.includes(one.of) ? { ...one, told: true } : one)),
    );
}

export function tellAll(env: Env, errors: readonly Caught[]): void {
  for (const [name, held] of env)
    env.set(
      name,
      held.map((one) => (errors.includes(one.of) ? { ...one, told: true } : one)),
    );
}

/** Names that hold something in one and nothing in the other. */
export function replaced(env: Env, other: Env): string[] {
  return [...env].flatMap(([name, held]) => (held.length > 0 && other.get(name)?.length === 0 ? [name] : []));
}

/** What is left of a whole error that goes out as it is. */
export function whole(expr: Expr, one: Shown, { text, json }: ErrorText): Shown | undefined {
  const isBody = expr.kind === "record" || expr.kind === "name" || expr.kind === "list" || expr.kind === "call";
  const what = isBody ? json : text;
  return what === "nothing" ? undefined : { ...one, what };
}
