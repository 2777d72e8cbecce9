import type { Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { namesOf } from "../reading.ts";

/** Statuses of gRPC and Connect → those of HTTP. https://grpc.io/docs/guides/status-codes/, https://connectrpc.com/docs/protocol#error-codes */
const STATUSES: Readonly<Record<string, number>> = {
  ok: 200,
  unauthenticated: 401,
  permissiondenied: 403,
  notfound: 404,
  alreadyexists: 409,
  aborted: 409,
  invalidargument: 400,
  failedprecondition: 400,
  outofrange: 400,
  resourceexhausted: 429,
  unimplemented: 501,
  internal: 500,
  dataloss: 500,
  unknown: 500,
  unavailable: 503,
  deadlineexceeded: 504,
};

const READS = /^(?:get|list|find|search|watch|count|query|lookup|describe|fetch|stream|subscribe)(?=_|[A-Z]|$)/i;

/** Whether a procedure reads only, by the verb that it begins with: `GetUser`, `list_users`. */
export function readsOnly(procedure: string): boolean {
  return READS.test(procedure.slice(0, 1).toLowerCase() + procedure.slice(1));
}

/** What a code says: `permission_denied`, `PermissionDenied`, `PERMISSION_DENIED`; undefined for other names. */
export function endByCode(name: string | undefined): Pick<End, "status" | "kind"> | undefined {
  const key = name?.replaceAll("_", "").toLowerCase() ?? "";
  const status = Object.hasOwn(STATUSES, key) ? STATUSES[key] : undefined;
  return status === undefined ? undefined : { status, ...(status === 401 || status === 403 ? { kind: "denied" } : {}) };
}

/** The code that an expression is made from: `Status.UNAUTHENTICATED.withDescription("no")`, `grpc.StatusCode.NOT_FOUND`. */
export function endByCodeIn(expr: Expr | undefined): Pick<End, "status" | "kind"> | undefined {
  if (expr === undefined) return undefined;
  const names = namesOf(expr);
  const at = names.findIndex((name) => /^(?:Status|StatusCode|Code|status|codes)$/.test(name));
  return at < 0 ? undefined : endByCode(names[at + 1]);
}
