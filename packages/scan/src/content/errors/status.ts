import type { End } from "../../frameworks/framework.ts";
import { statusOf } from "../../frameworks/reading.ts";
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import { entryOf } from "../../ir/literals.ts";
import { namesOf } from "../../loggers/call-view.ts";

/** The status of an answer: a number; `unsaid` where nothing says one, `open` where it cannot be read. */
export type Status = number | "unsaid" | "open";

const KEYS = ["status", "statusCode", "status_code", "code", "StatusCode", "Status"];
/** Calls that set a status. */
const SETS =
  /^(?:status|code|writeHead|sendStatus|put_status|setStatus|setStatusCode|http_status|WithStatus|Status|WriteHeader|StatusCode|withStatus|setResponseStatus)$/;

/** The status of a call that answers: its own, one of the calls before it in its chain, or one that was set before. */
export function statusOfCall(
  call: CallExpr,
  end: End,
  endOf: (call: CallExpr) => End | undefined,
  valuesOf: (name: string) => readonly Expr[],
  before: Status,
): Status {
  if (end.status !== undefined) return end.status;
  for (let at: Expr | undefined = call; at !== undefined; at = inner(at)) {
    if (at.kind !== "call") continue;
    const status = at === call ? undefined : endOf(at)?.status;
    if (status !== undefined) return status;
    const written = writtenIn(at, valuesOf);
    if (written !== "unsaid") return written;
  }
  return before;
}

/** What stands before the last step of a chain: the callee, or the first argument of a pipe. */
function inner(expr: Expr): Expr | undefined {
  if (expr.kind === "member" || expr.kind === "await") return expr.kind === "member" ? expr.object : expr.value;
  if (expr.kind !== "call") return undefined;
  if (expr.callee.kind === "member") return expr.callee.object;
  return expr.args[0]?.kind === "call" ? expr.args[0] : undefined;
}

function writtenIn(call: CallExpr, valuesOf: (name: string) => readonly Expr[]): Status {
  const method = namesOf(call.callee).at(-1) ?? "";
  if (SETS.test(method)) {
    const given = call.args.map((arg) => worst(arg, valuesOf)).find((one) => one !== "unsaid");
    return given ?? (call.args.length > 0 ? "open" : "unsaid");
  }
  const named = call.args.map((arg) => entryOf(arg, ...KEYS)).find((one) => one !== undefined);
  if (named !== undefined) return asked(worst(named, valuesOf));
  const second = call.args.slice(1).find((arg) => /status|code$/i.test(namesOf(arg).at(-1) ?? ""));
  return second === undefined ? "unsaid" : asked(worst(second, valuesOf));
}

const asked = (status: Status): Status => (status === "unsaid" ? "open" : status);

/** The worst status that an expression may give: `err.status || 500` gives 500. */
export function worst(expr: Expr, valuesOf: (name: string) => readonly Expr[], depth = 4): Status {
  const direct = statusOf(expr);
  if (direct !== undefined && direct >= 100) return direct;
  if (depth === 0) return "unsaid";
  const parts = partsOf(expr, valuesOf).map((one) => worst(one, valuesOf, depth - 1));
  const numbers = parts.filter((one) => typeof one === "number");
  return numbers.length > 0 ? Math.max(...numbers) : parts.includes("open") ? "open" : "unsaid";
}

function partsOf(expr: Expr, valuesOf: (name: string) => readonly Expr[]): readonly Expr[] {
  switch (expr.kind) {
    case "choice":
      return [expr.then, expr.otherwise];
    case "logical":
      return [expr.left, expr.right];
    case "name":
      return valuesOf(expr.name);
    case "call":
      return expr.args;
    case "await":
      return [expr.value];
    default:
      return [];
  }
}
