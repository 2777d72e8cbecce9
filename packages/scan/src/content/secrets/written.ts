import type { Expr, FunctionIR } from "../../ir/nodes.ts";
import { returnsOf } from "../flow/returns.ts";
import type { LogLine } from "../lines.ts";

/** An expression that a log line writes, and what the text says of it. */
export interface Written {
  readonly expr: Expr;
  readonly fn: FunctionIR | null;
  /** What stands before it in the message: `password` of `"password: %s"`. */
  readonly label?: string;
}

/** All that a log line writes: message, fields and further arguments; messages that a function gives as well. */
export function writtenBy({ call, fact, fn }: LogLine): readonly Written[] {
  const types = typesOnly(call.args);
  const given = [...new Set([...call.args, ...fact.says, ...(fact.fields === undefined ? [] : [fact.fields])])].filter(
    (expr) => !types.has(expr),
  );
  const plain = given.flatMap((expr): Written[] =>
    expr.kind === "function" ? returnsOf(expr.fn).map((value) => ({ expr: value, fn: expr.fn })) : [{ expr, fn }],
  );
  return [...plain.flatMap(withHoles), ...formatted(call.args, fn), ...paired(call.args, fn)];
}

/** The holes of a template, each with the words before it. */
function withHoles(written: Written): readonly Written[] {
  const { expr, fn } = written;
  if (expr.kind !== "template") return [written];
  const holes = expr.parts.flatMap((part, i): Written[] => {
    const before = expr.parts[i - 1];
    if (typeof part === "string" || typeof before !== "string") return [];
    const label = labelIn(before);
    return label === undefined ? [] : [{ expr: part, fn, label }];
  });
  return [written, ...holes];
}

/** `password: `, `new password = "`, `otp=[`: the words right before a value. */
function labelIn(text: string): string | undefined {
  const found = /([A-Za-z][A-Za-z_-]*(?: [A-Za-z_-]+){0,2})\s*(?:\bis)?\s*[:=]\s*["'`(<[]*$/.exec(text)?.[1];
  return found?.trim();
}

const PLACE = /%[-+#0 ]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w*)(?::[^{}]*)?\}/g;

const TYPE_ONLY = /^%[Tp]$/;

/** `"password: %s", x` and `"user {Password}", x`: what the message says of the arguments behind it. */
function formatted(args: readonly Expr[], fn: FunctionIR | null): readonly Written[] {
  const at = args.findIndex((arg) => arg.kind === "literal" && typeof arg.value === "string" && arg.value.search(PLACE) >= 0);
  const format = args[at];
  if (format?.kind !== "literal" || typeof format.value !== "string") return [];
  const text = format.value;
  return [...text.matchAll(PLACE)].flatMap((match, i): Written[] => {
    const expr = args[at + 1 + i];
    const name = /^[A-Za-z_]{3,}$/.test(match[1] ?? "") ? match[1] : labelIn(text.slice(0, match.index));
    return expr === undefined || name === undefined || TYPE_ONLY.test(match[0]) ? [] : [{ expr, fn, label: name }];
  });
}

/** Arguments of which only the type or the address is written: `%T`, `%p`. */
function typesOnly(args: readonly Expr[]): ReadonlySet<Expr> {
  const at = args.findIndex((arg) => arg.kind === "literal" && typeof arg.value === "string" && arg.value.search(PLACE) >= 0);
  const format = args[at];
  if (format?.kind !== "literal" || typeof format.value !== "string") return new Set();
  return new Set([...format.value.matchAll(PLACE)].flatMap(([place], i) => (TYPE_ONLY.test(place) ? (args[at + 1 + i] ?? []) : [])));
}

/** `"msg", "token", x`: keys and values in turn. */
function paired(args: readonly Expr[], fn: FunctionIR | null): readonly Written[] {
  return args.flatMap((expr, i): Written[] => {
    const key = args[i - 1];
    const isKey = i >= 2 && key?.kind === "literal" && typeof key.value === "string" && /^[A-Za-z][\w.-]*$/.test(key.value);
    return isKey && expr.kind !== "literal" ? [{ expr, fn, label: key.value as string }] : [];
  });
}
