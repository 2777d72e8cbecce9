import { beforeAll, describe, expect, it } from "vitest";
import type { CallExpr } from "../../ir/nodes.ts";
import { callsIn, loadLanguages } from "../../loggers/harness/calls.ts";
import { endOnConn, endOnSocket } from "./answers.ts";

beforeAll(loadLanguages);

/** The outermost call of a line. */
function callOf(line: string): CallExpr {
  return callsIn("sample.ex", `defmodule Sample do\n  def run(conn, socket, status) do\n    ${line}\n  end\nend\n`)[0]!.call;
}

describe("endOnConn", () => {
  const said = (line: string) => endOnConn(callOf(line));

  it("keeps a status that cannot be read apart from none", () => {
    expect(said("put_status(conn, 401)")).toEqual({ status: 401 });
    expect(said("put_status(conn, status)")).toEqual({});
    expect(said("put_resp_header(conn, status)")).toBeUndefined();
  });

  it("tells that a gate lets nothing through after halt, and no more", () => {
    expect(said("halt(conn)")).toEqual({ halts: true });
    expect(said("Plug.Conn.halt(conn)")).toEqual({ halts: true });
  });

  it("keeps body, assigns and flash message for their words", () => {
    expect(said('send_resp(conn, 403, "denied")')?.says).toMatchObject([{ kind: "literal", value: "denied" }]);
    expect(said('put_flash(conn, :error, "denied")')).toMatchObject({ kind: "invalid", says: [{ value: "denied" }] });
    expect(said('put_flash(conn, :info, "welcome")')).toEqual({ says: [expect.objectContaining({ value: "welcome" })] });
  });

  it("leaves functions of the same name in other modules and with other arguments alone", () => {
    expect(said("Shop.Mailer.render(conn, :new)")).toBeUndefined();
    expect(said("redirect(conn)")).toBeUndefined();
    expect(said("json(conn, 1, 2)")).toBeUndefined();
  });
});

describe("endOnSocket", () => {
  it("knows navigation of LiveView and not the answers of connections", () => {
    expect(endOnSocket(callOf('push_navigate(socket, to: "/")'))).toMatchObject({ sent: true, kind: "redirect" });
    expect(endOnSocket(callOf('Phoenix.LiveView.redirect(socket, to: "/")'))).toMatchObject({ kind: "redirect" });
    expect(endOnSocket(callOf("send_resp(socket, 401, status)"))).toBeUndefined();
  });
});
