/** What calls say about the answer, as the frameworks of Python spell it. */
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { entryOf, methodOf, namesOf, numberOf, statusOf } from "../reading.ts";

/** Keys of named arguments that hold a status. */
const STATUS_KEYS = ["status", "status_code", "code", "http_status"];

/** The status among the arguments: under its name, or the second where it is one. */
export function statusGiven(args: readonly Expr[], place = 1): number | undefined {
  const named = statusOf(entryOf(args.at(-1), ...STATUS_KEYS));
  return named ?? constantOf(args[place]);
}

/** A number, or a constant that names a status: `status.HTTP_401_UNAUTHORIZED`, `HTTPStatus.FORBIDDEN`. */
function constantOf(expr: Expr | undefined): number | undefined {
  return numberOf(expr) === undefined && expr?.kind !== "member" ? undefined : statusOf(expr);
}

export interface ResponseWords {
  /** Functions that build and give the answer, with the place of the status among their arguments. */
  readonly builders: Readonly<Record<string, number>>;
  /** Classes and functions that carry a status in their name: `HttpResponseForbidden`. */
  readonly fixed: Readonly<Record<string, number>>;
  readonly redirects: ReadonlySet<string>;
  /** Functions that raise an answer: `abort(403)`. */
  readonly aborts: ReadonlySet<string>;
}

/** Reads ends by a table of names. */
export function endsBy(words: ResponseWords): (call: CallExpr) => End | undefined {
  return (call) => {
    const name = methodOf(call);
    if (words.aborts.has(name)) return abortOf(call);
    if (Object.hasOwn(words.fixed, name)) return fixedOf(call, words.fixed[name]!);
    if (words.redirects.has(name)) return redirectOf(call);
    if (!Object.hasOwn(words.builders, name)) return undefined;
    // A method of the same name on something else (`template.render`) is not the answer.
    if (namesOf(call.callee).length > 2) return undefined;
    const status = statusGiven(call.args, words.builders[name]);
    return { ...(status === undefined ? {} : { status }), sent: true, says: call.args };
  };
}

function abortOf(call: CallExpr): End | undefined {
  const first = call.args[0];
  const status = statusGiven(call.args, 0);
  if (first === undefined) return undefined;
  return { ...(status === undefined ? {} : { status }), sent: true, stops: true, says: call.args };
}

function fixedOf(call: CallExpr, status: number): End {
  return { status, sent: true, says: call.args, ...(status === 403 || status === 401 ? { kind: "denied" as const } : {}) };
}

function redirectOf(call: CallExpr): End {
  const status = statusGiven(call.args);
  return { ...(status === undefined ? {} : { status }), sent: true, kind: "redirect", says: call.args };
}
