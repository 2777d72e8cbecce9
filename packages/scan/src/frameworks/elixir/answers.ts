/**
 * What the functions of Plug, Phoenix and LiveView say about the answer. They are imported, so most calls are bare names:
 * `conn |> put_status(401) |> json(body)` is `json(put_status(conn, 401), body)`.
 * Sources: https://hexdocs.pm/plug/Plug.Conn.html, https://hexdocs.pm/phoenix/Phoenix.Controller.html,
 * https://hexdocs.pm/phoenix_live_view/Phoenix.LiveView.html
 */
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { methodOf, receiverOf, statusOf, stringOf } from "../reading.ts";

interface Answer {
  /** Numbers of arguments with which the function exists, the piped one counted. */
  readonly arity: readonly number[];
  readonly end: (args: readonly Expr[]) => End | undefined;
}

const status = (args: readonly Expr[]): End => {
  const code = statusOf(args[1]);
  return code === undefined ? {} : { status: code };
};
const sent = (args: readonly Expr[]): End => ({ sent: true, says: args.slice(1) });
const sentWith = (args: readonly Expr[]): End => ({ ...status(args), sent: true, says: args.slice(2) });
const away = (args: readonly Expr[]): End => ({ sent: true, kind: "redirect", says: args.slice(1) });

/** A flash message; under an error's key it says that the request did not succeed. */
const flash = (args: readonly Expr[]): End => {
  const isError = /error|danger|alert|warning/.test(stringOf(args.at(-2)) ?? "");
  return isError ? { kind: "invalid", says: args.slice(-1) } : { says: args.slice(-1) };
};

/** `%{ok: false}`, `%{data: %{success: false}}`. */
function saysNo(body: Expr | undefined, depth: number): boolean {
  if (body?.kind !== "record" || depth === 0) return false;
  return body.entries.some(({ key, value }) => (/^(?:ok|success)$/.test(key ?? "") && isFalse(value)) || saysNo(value, depth - 1));
}

const isFalse = (value: Expr): boolean => value.kind === "literal" && value.value === false;

const ON_CONN: Readonly<Record<string, Answer>> = {
  put_status: { arity: [2], end: status },
  send_resp: { arity: [1, 3], end: sentWith },
  resp: { arity: [3], end: sentWith },
  send_file: { arity: [3, 4, 5], end: sentWith },
  send_chunked: { arity: [2], end: sentWith },
  send_download: { arity: [2, 3], end: sent },
  json: { arity: [2], end: (args) => (saysNo(args[1], 2) ? { ...sent(args), kind: "invalid" } : sent(args)) },
  text: { arity: [2], end: sent },
  html: { arity: [2], end: sent },
  render: { arity: [2, 3, 4], end: sent },
  redirect: { arity: [2], end: away },
  put_flash: { arity: [3], end: flash },
  halt: { arity: [1], end: () => ({ halts: true }) },
  basic_auth: { arity: [2], end: () => ({ status: 401, kind: "denied", sent: true }) },
  request_basic_auth: { arity: [1, 2], end: () => ({ status: 401, kind: "denied" }) },
};

const ON_SOCKET: Readonly<Record<string, Answer>> = {
  put_flash: { arity: [2, 3], end: flash },
  redirect: { arity: [2], end: away },
  push_navigate: { arity: [2], end: away },
  push_patch: { arity: [2], end: away },
  push_redirect: { arity: [2], end: away },
};

const CONN_MODULES = new Set(["Conn", "Controller", "BasicAuth"]);
const SOCKET_MODULES = new Set(["LiveView", "Controller"]);

function answer(call: CallExpr, table: Readonly<Record<string, Answer>>, modules: ReadonlySet<string>): End | undefined {
  const name = methodOf(call);
  if (!Object.hasOwn(table, name)) return undefined;
  const { arity, end } = table[name]!;
  return arity.includes(call.args.length) && standsIn(call, modules) ? end(call.args) : undefined;
}

/** A bare name, or a function of a module whose last name is one of these: `Plug.Conn.put_status`, `Conn.put_status`. */
function standsIn(call: CallExpr, modules: ReadonlySet<string>): boolean {
  const receiver = receiverOf(call);
  if (receiver === undefined) return true;
  return receiver.kind === "name" && modules.has(receiver.name.split(".").at(-1) ?? "");
}

/** What a call of Plug.Conn, Phoenix.Controller or Plug.BasicAuth says. */
export function endOnConn(call: CallExpr): End | undefined {
  return answer(call, ON_CONN, CONN_MODULES);
}

/** What a call of Phoenix.LiveView says. */
export function endOnSocket(call: CallExpr): End | undefined {
  return answer(call, ON_SOCKET, SOCKET_MODULES);
}

/** Cowboy's and Bandit's adapters log an exception at error level only where its status is 500 or more (their default). */
export function logsServerErrors(status: number | undefined): boolean {
  return status === undefined || status >= 500;
}
