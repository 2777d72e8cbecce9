import type { Expr, RecordExpr } from "../../ir/nodes.ts";
import { followCall } from "./follow-call.ts";
import { followName } from "./follow-name.ts";
import type { Origin } from "./origin.ts";
import { ask, isPlace, keptUnder, keyed, leaf, MAX_DEPTH, omitted, passed, spliced, type Engine, type Query } from "./query.ts";
import { yieldsOf } from "./returns.ts";
import { nameOf, pathOf } from "./spelling.ts";

/** The origins of what is wanted of an expression. */
export function follow(engine: Engine, query: Query): readonly Origin[] {
  const { expr, want } = query;
  engine.left -= 1;
  if (engine.left < 0 || query.depth > MAX_DEPTH) return [leaf(query, "read", pathOf(expr), nameOf(expr))];
  switch (expr.kind) {
    case "literal":
      return [leaf(query, "literal", "", "")];
    case "name":
      return followName(engine, query, expr.name);
    case "member":
      if (expr.property === null && expr.index?.kind === "opaque") return followSlice(engine, query, expr.object, expr.index);
      return followMember(engine, query, expr);
    case "template":
      return want.length > 0 ? [] : spliced(expr.parts.flatMap((part) => (typeof part === "string" ? [] : ask(engine, query, part))));
    case "call":
      return followCall(engine, query, expr);
    case "record":
      return followRecord(engine, query, expr);
    case "list":
      return followList(engine, query, expr.items);
    case "choice":
      return [...ask(engine, query, expr.then), ...ask(engine, query, expr.otherwise)];
    case "logical":
      return expr.op === "and" ? ask(engine, query, expr.right) : [...ask(engine, query, expr.left), ...ask(engine, query, expr.right)];
    case "binary":
      return isJoin(expr) && want.length === 0 ? spliced([...ask(engine, query, expr.left), ...ask(engine, query, expr.right)]) : [];
    case "assign":
    case "await":
    case "spread":
      return ask(engine, query, expr.value);
    case "block":
      return yieldsOf(expr.body).flatMap((value) => ask(engine, query, value));
    case "opaque":
      return expr.parts.length === 1 && want.length === 0 && isReference(query) ? ask(engine, query, expr.parts[0]!) : [];
    case "not":
    case "function":
    case "container":
      return [];
  }
}

/** What is read under a computed key may be anything that lies there. */
function followMember(engine: Engine, query: Query, expr: Expr & { kind: "member" }): readonly Origin[] {
  const origins = ask(engine, query, expr.object, { want: [expr.property ?? "*", ...query.want], whole: query.whole });
  return expr.property === null && query.want.length === 0 ? passed(origins, "[]", "keeps") : origins;
}

/** `token[:8]` cuts; `header[7:]` takes off what stands before the value. */
function followSlice(engine: Engine, query: Query, object: Expr, index: Expr): readonly Origin[] {
  const written = query.at.file.text.slice(index.start, index.end);
  const origins = ask(engine, query, object, { whole: query.whole });
  return passed(origins, "slice", /^\s*(?:\d+|len\(.*\))\s*(?::|\.\.)\s*$/.test(written) ? "keeps" : "cuts");
}

/** Operators that put text together where an operand is text: numbers are of no interest. */
function isJoin(expr: Expr & { kind: "binary" }): boolean {
  const isNumber = (one: Expr): boolean => one.kind === "literal" && typeof one.value === "number";
  if (expr.op === "%") return expr.left.kind === "literal" && typeof expr.left.value === "string";
  return ["+", ".", "<>", "++", "&", "<<"].includes(expr.op) && !isNumber(expr.left) && !isNumber(expr.right);
}

/** `&x`, `*x`: the value itself by another way; words such as `typeof x` ask something of it. */
function isReference({ expr, at }: Query): boolean {
  return /^[&*(<]/.test(at.file.text.slice(expr.start, expr.start + 1));
}

function followRecord(engine: Engine, query: Query, expr: RecordExpr): readonly Origin[] {
  const [key, ...rest] = query.want;
  const base = expr.base === undefined ? [] : ask(engine, query, expr.base);
  if (key === undefined || key === "*") {
    const own = expr.entries.flatMap((entry, i) => {
      if (entry.spread === true)
        return omitted(
          ask(engine, query, entry.value),
          expr.entries.slice(i + 1).flatMap((later) => later.key ?? []),
        );
      return keyed(ask(engine, query, entry.value, { want: rest }), key === "*" ? null : entry.key);
    });
    return [...own, ...base];
  }
  const last = expr.entries.findLast((entry) => entry.key === key);
  if (last !== undefined) return keptUnder(ask(engine, query, last.value, { want: rest }), rest.length === 0 ? key : "");
  const others = expr.entries.filter((entry) => entry.spread === true || entry.key === null);
  return [...others.flatMap((entry) => ask(engine, query, entry.value, entry.spread === true ? {} : { want: rest })), ...base];
}

function followList(engine: Engine, query: Query, items: readonly Expr[]): readonly Origin[] {
  const [place, ...rest] = query.want;
  const [first] = items;
  const tag = place?.split(":")[1];
  if (tag !== undefined && first?.kind === "literal" && first.symbol === true && first.value !== tag) return [];
  const own = place === undefined ? undefined : items[Number.parseInt(place, 10)];
  if (own !== undefined && !items.some((item) => item.kind === "spread")) return ask(engine, query, own, { want: rest });
  const isElement = place !== undefined && (place === "*" || isPlace(place));
  return items.flatMap((item) => ask(engine, query, item, item.kind === "spread" || !isElement ? {} : { want: rest }));
}
