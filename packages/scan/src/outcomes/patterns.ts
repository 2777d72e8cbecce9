import type { Expr, Pattern } from "../ir/nodes.ts";
import { bindName, NARROWED, NULL, TRUTHY, truthOf, UNKNOWN, type Env, type Value } from "./values.ts";
import { keyOf } from "./value-keys.ts";

export interface Match {
  readonly fit: "yes" | "maybe" | "no";
  readonly env: Env | null;
}

/** Evaluates a default value or a pinned expression; given by the caller, so that patterns know nothing of evaluation. */
export type ValueOf = (expr: Expr) => Value;

/**
 * Binds a value to a pattern. `refutable`: the pattern chooses among arms or clauses, so what does not fit is a no;
 * otherwise it only takes the value apart, as destructuring does, and what is absent is null.
 */
export function match(pattern: Pattern, value: Value, env: Env | null, refutable: boolean, valueOf: ValueOf): Match {
  switch (pattern.kind) {
    case "anyPattern":
      return { fit: "yes", env };
    case "bind":
      return matchBind(pattern, value, env, refutable, valueOf);
    case "literalPattern":
      return { fit: fitsLiteral(pattern.value, value), env };
    case "equalsPattern":
      return { fit: fitsValue(valueOf(pattern.value), value), env };
    case "listPattern":
      return matchList(pattern, withDefault(value, pattern.default, valueOf), env, refutable, valueOf);
    case "recordPattern":
      return matchRecord(pattern, withDefault(value, pattern.default, valueOf), env, refutable, valueOf);
  }
}

type Kind<K extends Pattern["kind"]> = Extract<Pattern, { kind: K }>;

function withDefault(value: Value, fallback: Expr | undefined, valueOf: ValueOf): Value {
  return fallback !== undefined && value.kind === "literal" && value.value === null && !value.symbol ? valueOf(fallback) : value;
}

function matchBind(pattern: Kind<"bind">, value: Value, env: Env | null, refutable: boolean, valueOf: ValueOf): Match {
  const given = withDefault(value, pattern.default, valueOf);
  if (pattern.also === undefined) return { fit: "yes", env: bindName(env, pattern.name, given) };
  const inner = match(pattern.also, given, env, refutable, valueOf);
  const known =
    inner.fit !== "no" && given.kind === "unknown" && pattern.also.kind !== "literalPattern" ? { ...given, truthy: true } : given;
  return { fit: inner.fit, env: bindName(inner.env, pattern.name, known) };
}

function fitsLiteral(literal: string | number | boolean | null, value: Value): Match["fit"] {
  // What a check gives that says no may be nothing as well as a no.
  if (value.kind === "literal") return value.value === literal || (literal === null && value.refuses === true) ? "yes" : "no";
  if (value.kind === "unknown") return value.truthy && (literal === null || literal === false) ? "no" : "maybe";
  return value.kind === "text" && typeof literal === "string" ? "maybe" : "no";
}

function fitsValue(wanted: Value, value: Value): Match["fit"] {
  if (wanted.kind === "literal") return fitsLiteral(wanted.value, value);
  return wanted.kind !== "unknown" && value.kind !== "unknown" && keyOf(wanted) === keyOf(value) ? "yes" : "maybe";
}

function matchList(pattern: Kind<"listPattern">, value: Value, env: Env | null, refutable: boolean, valueOf: ValueOf): Match {
  const items = value.kind === "list" ? value.items : undefined;
  if (
    refutable &&
    value.kind !== "unknown" &&
    (items === undefined || (pattern.tuple && (!(value as { tuple?: boolean }).tuple || items.length !== pattern.items.length)))
  ) {
    return { fit: "no", env };
  }
  return matchAll(
    pattern.items.map((item, i) => [item, items?.[i] ?? UNKNOWN] as const),
    items === undefined ? "maybe" : "yes",
    env,
    refutable,
    valueOf,
  );
}

function matchRecord(pattern: Kind<"recordPattern">, value: Value, env: Env | null, refutable: boolean, valueOf: ValueOf): Match {
  const fit = refutable ? fitsType(pattern, value) : "yes";
  if (fit === "no") return { fit, env };
  const parts: (readonly [Pattern, Value])[] = [];
  let worst: Match["fit"] = fit;
  for (const { key, pattern: part } of pattern.entries) {
    const found = key !== null && value.kind === "record" ? value.entries.get(key) : undefined;
    if (found !== undefined) parts.push([part, found]);
    else if (value.kind === "record" && !value.open && key !== null) {
      if (refutable) return { fit: "no", env };
      parts.push([part, NULL]);
    } else {
      if (refutable) worst = "maybe";
      parts.push([part, key === null ? UNKNOWN : { kind: "unknown", path: key }]);
    }
  }
  return matchAll(parts, worst, env, refutable, valueOf);
}

function fitsType(pattern: Kind<"recordPattern">, value: Value): Match["fit"] {
  if (value.kind === "literal" || value.kind === "list" || value.kind === "text") return "no";
  if (truthOf(value) === false) return "no";
  if (pattern.type === undefined) return value.kind === "unknown" ? "maybe" : "yes";
  const name = value.kind === "instance" ? value.name : value.kind === "record" ? value.type : undefined;
  if (name === undefined) return "maybe";
  const last = (full: string): string => full.slice(full.lastIndexOf(".") + 1);
  return last(name) === last(pattern.type.name) ? "yes" : "no";
}

function matchAll(
  parts: readonly (readonly [Pattern, Value])[],
  start: Match["fit"],
  env: Env | null,
  refutable: boolean,
  valueOf: ValueOf,
): Match {
  let fit = start;
  let names = env;
  for (const [pattern, value] of parts) {
    const result = match(pattern, value, names, refutable, valueOf);
    names = result.env;
    if (refutable && result.fit === "no") return { fit: "no", env };
    if (result.fit === "maybe" && fit === "yes") fit = "maybe";
  }
  return { fit, env: names };
}

/** What is known of a value in the branch where a test of it held, or did not. */
export function narrowed(value: Value, holds: boolean): Value {
  if (value.kind !== "unknown") return value;
  return holds
    ? {
        ...TRUTHY,
        ...(value.path === undefined ? {} : { path: value.path }),
        ...(value.args === undefined ? {} : { args: value.args }),
        ...(value.of === undefined ? {} : { of: value.of }),
        ...(value.fault === undefined ? {} : { fault: value.fault }),
      }
    : NARROWED;
}
