import { describe, expect, test } from "vitest";
import type { ReadEvent } from "../contract.ts";
import { addressIn } from "./application.ts";
import { createReader } from "./index.ts";
import { reasonWord } from "./reasons.ts";

const facts = { received: Date.UTC(2026, 10, 22, 11) };
const read = createReader();
const json = (object: object) => read(JSON.stringify({ level: "info", message: "m", timestamp: "2026-11-22T10:00:00Z", ...object }), facts);
const fieldsOf = (object: object) => (json(object) as ReadEvent).fields;

describe("names", () => {
  test.each([
    [{ event: "login.failed" }, "authn_login_fail"],
    [{ eventType: "LOGIN_FAILURE" }, "authn_login_fail"],
    [{ action: "user.password.changed" }, "authn_password_change"],
    [{ type: "login", outcome: "failure" }, "authn_login_fail"],
    [{ type: "login", success: false }, "authn_login_fail"],
    [{ type: "login", statusCode: 401 }, "authn_login_fail"],
    [{ type: "login", statusCode: 200 }, "authn_login_success"],
    [{ event: "mfa_success", result: "denied" }, "authn_mfa_fail"],
    [{ message: "Login failed" }, "authn_login_fail"],
    [{ data: { event: "login_failed" } }, "authn_login_fail"],
    [{ message: { event: "login_failed" } }, "authn_login_fail"],
    [{ type: "audit", action: "login_failed" }, "authn_login_fail"],
    [{ event: "authn_login_fail" }, "authn_login_fail"],
  ])("%j is %s", (object, event) => expect(json(object)).toMatchObject({ kind: "event", fields: { event } }));

  test.each([
    { message: "login failed for bob" },
    { message: "Forbidden" },
    {
      message: "request completed",
      req: { method: "GET", url: "/login", remoteAddress: "198.51.100.7" },
      res: { statusCode: 401 },
      userId: "u",
    },
    { event: "page_view", user: "bob", ip: "198.51.100.7" },
    { event: "order.refunded", outcome: "success" },
    {},
  ])("%j is about something else", (object) => expect(json(object)).toEqual({ kind: "other" }));

  test("an event of the application's own has a name, an outcome in words, and somebody", () => {
    expect(fieldsOf({ event: "order.refunded", outcome: "success", user: "bob" })).toMatchObject({
      event: "order.refunded",
      outcome: "success",
      actor: { id: "bob" },
    });
  });
});

describe("who and where from", () => {
  test.each([
    [{ userId: 42 }, "42"],
    [{ user_id: "u-1", email: "bob@example.com" }, "u-1"],
    [{ user: "bob" }, "bob"],
    [{ user: { id: "u-1", name: "bob" } }, "u-1"],
    [{ actor: { id: "u-1", name: "bob" } }, "u-1"],
    [{ actor: "bob" }, "bob"],
    [{ metadata: { username: "bob" } }, "bob"],
    [{ sub: "auth0|1" }, "auth0|1"],
    [{ req: { user: { id: 7 } } }, "7"],
  ])("%j", (object, id) => expect(fieldsOf({ event: "login_failed", ...object })).toMatchObject({ actor: { id } }));

  test.each([
    [{ ip: "198.51.100.7" }, "198.51.100.7"],
    [{ remoteAddress: "::ffff:198.51.100.7" }, "198.51.100.7"],
    [{ clientIp: "198.51.100.7:443" }, "198.51.100.7"],
    [{ "x-forwarded-for": "198.51.100.7, 10.0.0.1", remoteAddress: "10.0.0.2" }, "198.51.100.7"],
    [{ req: { headers: { "x-forwarded-for": "2001:db8::1" }, remoteAddress: "10.0.0.2" } }, "2001:db8::1"],
    [{ source: "web", client: "mobile", ip: "198.51.100.7" }, "198.51.100.7"],
  ])("%j", (object, ip) => expect(fieldsOf({ event: "login_failed", ...object })).toMatchObject({ source: { ip } }));

  test("the rest", () => {
    expect(
      fieldsOf({
        event: "login_failed",
        sessionId: "s",
        requestId: "r",
        userAgent: "curl",
        tenantId: "t",
        appName: "shop",
        reason: "wrong password",
        targetId: "o-1",
      }),
    ).toMatchObject({
      session: "s",
      request: { id: "r" },
      user_agent: "curl",
      tenant: "t",
      service: "shop",
      reason: "bad_password",
      target: { id: "o-1" },
    });
  });

  test("a name tells the reason where nothing else does", () => {
    expect(fieldsOf({ event: "invalid_password" })).toMatchObject({ event: "authn_login_fail", reason: "bad_password" });
    expect(fieldsOf({ event: "login_unknown_user" }).reason).toBeUndefined();
  });
});

test.each([
  ["Invalid password", "bad_password"],
  ["USER_NOT_FOUND", "unknown_user"],
  ["AccountLocked", "locked"],
  ["invalid-otp", "mfa_failed"],
  ["mfa_required", "mfa_required"],
  ["too many requests", "rate_limited"],
  ["the moon is full", undefined],
])("reason %s", (text, word) => expect(reasonWord(text)).toBe(word));

test.each([
  ["[2001:db8::1]:443", "2001:db8::1"],
  [" 198.51.100.7 , x", "198.51.100.7"],
  ["unknown", undefined],
  ["999.1.1.1", undefined],
  ["198.51.100.7:99999999", undefined],
  [42, undefined],
])("address in %s", (text, ip) => expect(addressIn(text)).toBe(ip));
