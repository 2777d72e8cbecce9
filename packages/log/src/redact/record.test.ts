import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { SecurityRecord } from "../record.ts";
import { isForbiddenName } from "@telltale/vocabulary";
import { createRedactor, createSessionHasher } from "./index.ts";

const record: SecurityRecord = {
  time: 1732232323000,
  level: "WARN",
  event: "authn_login_fail",
  category: "authn",
  outcome: "failure",
  reason: "bad_password",
  actor: { id: "jane", type: "user", name: "Jane", email: "Jane@Example.com", effective: { id: "root" } },
  target: { type: "account", id: "acc-1", name: "main" },
  source: { ip: "203.0.113.7", peer: "10.0.0.4", via: "x-forwarded-for" },
  user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
  request: {
    id: "0f8fad5b-d9cb-469f-a165-70867728950e",
    method: "POST",
    route: "/sessions/:id",
    trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
    span_id: "00f067aa0ba902b7",
  },
  tenant: "acme",
  session: "3b1f8d40c6f2a9e77d10e2c9b6a4f5d1",
  details: { userid: "jane", retries: 3, nothing: undefined },
  error: new TypeError("bad input"),
  extra: { plan: "pro" },
  service: "shop",
  service_version: "1.2.3",
  environment: "production",
  hostname: "web-1",
  pid: 42,
  writer: "0123456789abcdef",
  seq: 7,
  msg: "Login of jane failed from 203.0.113.7: bad password",
};
const key = "0123456789abcdef0123456789abcdef";

test("an ordinary record passes unharmed, with its error as members", () => {
  const { error, ...rest } = createRedactor().record(record);
  const { error: given, details: _, ...plain } = record;
  expect(rest).toEqual({ ...plain, details: { userid: "jane", retries: 3 } });
  expect(error).toEqual({ type: "TypeError", message: "bad input", stack: (given as Error).stack });
  expect(Object.keys(createRedactor().record(record)).at(-1)).toBe("msg");
});

test("known fields are searched too", () => {
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.abcDEF0123456";
  const safe = createRedactor().record({
    ...record,
    reason: `token=${jwt}`,
    actor: { id: jwt, name: jwt, email: jwt, type: jwt, effective: { id: jwt, name: jwt } },
    target: { type: jwt, id: jwt, name: jwt },
    source: { ip: jwt, peer: jwt },
    user_agent: jwt,
    request: { id: jwt, method: jwt, route: `/reset?token=${jwt}`, trace_id: jwt, span_id: jwt },
    tenant: jwt,
    session: "s3cr3t-session-id",
    msg: jwt,
  });
  expect(JSON.stringify(safe)).not.toMatch(/eyJ|s3cr3t/);
});

test("a session's hash stays under its detail, a session's identifier does not", () => {
  const { session } = record;
  expect(createRedactor().record({ ...record, details: { sessionid: session } }).details).toEqual({ sessionid: session });
  expect(createRedactor().record({ ...record, details: { sessionid: "abc" } }).details).toEqual({ sessionid: "[redacted]" });
  expect(createRedactor().record({ ...record, session: undefined, details: { sessionid: "abc" } }).details).toEqual({
    sessionid: "[redacted]",
  });
});

test("what is thrown need not be an error", () => {
  const { error } = createRedactor().record({ ...record, error: "password=hunter2" });
  expect(error).toEqual({ type: "string", message: "password=[redacted]" });
  expect(createRedactor().record({ ...record, error: null }).error).toEqual({ type: "null", message: "null" });
  expect(createRedactor().record({ ...record, error: { password: "hunter2" } }).error).toEqual({
    type: "object",
    message: `{"password":"[redacted]"}`,
  });
});

test("a secret that a name gives away is taken out of the message and of extra, but blanks no code", () => {
  const safe = createRedactor().record({
    ...record,
    extra: { password: "bad_password", note: "tried bad_password" },
    msg: "Login with bad_password",
  });
  expect(safe.reason).toBe("bad_password");
  expect(safe.extra).toEqual({ password: "[redacted]", note: "tried [redacted]" });
  expect(safe.msg).toBe("Login with [redacted]");
});

test("where it fails, the event stays and the payload goes", () => {
  const broken = {
    get id(): string {
      throw new Error("hunter2");
    },
  };
  const safe = createRedactor().record({ ...record, target: broken });
  expect(safe).toMatchObject({
    event: "authn_login_fail",
    seq: 7,
    actor: { id: "jane" },
    source: { ip: "203.0.113.7" },
    msg: "[redaction failed]",
  });
  expect(safe.details).toBeUndefined();
  expect(safe.error).toBeUndefined();
  const flooded = createRedactor({ maxLength: 64 }).record({
    ...record,
    details: Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, "x ".repeat(2000)])),
  });
  expect(flooded.msg).toMatch(/Login of jane|redaction failed/);
});

test("pseudonyms: the same account gives the same one, in every field and text", () => {
  const redactor = createRedactor({ pseudonymize: { key, keyId: "k1", fields: ["actor", "email", "ip", "tenant"] } });
  const safe = redactor.record({
    ...record,
    details: { userid: "jane", note: "by jane and JANE@example.COM, not janet" },
    extra: { from: "::ffff:203.0.113.7", url: "/u?m=jane%40example.com" },
    error: new Error("no mail to jane@example.com"),
  });
  const text = JSON.stringify(safe);
  expect(text).not.toMatch(/jane\b|example\.com|203\.0\.113\.7|10\.0\.0\.4|acme/i);
  expect(text).toContain("janet");
  const id = safe.actor?.id ?? "";
  expect(id).toBe(`pn_k1_${createHmac("sha256", key).update("jane").digest("base64url").slice(0, 22)}`);
  expect(safe.details).toEqual({ userid: id, note: `by ${id} and ${safe.actor?.email}, not janet` });
  expect(safe.msg).toBe(`Login of ${id} failed from ${safe.source?.ip}: bad password`);
  expect(safe.extra?.["from"]).toBe(safe.source?.ip);
  expect(redactor.text("mail from Jane@EXAMPLE.com")).toBe(`mail from ${safe.actor?.email}`);
  expect(createRedactor({ pseudonymize: { key: `${key}!`, fields: ["actor"] } }).record(record).actor?.id).not.toBe(id);
});

test("pseudonyms: only what was chosen", () => {
  const safe = createRedactor({ pseudonymize: { key: Buffer.from(key), fields: ["user_agent", "target"] } }).record(record);
  expect(safe.user_agent).toMatch(/^pn_[0-9a-f]{6}_[\w-]{22}$/);
  expect(safe.target?.id).toMatch(/^pn_/);
  expect(safe.target?.type).toBe("account");
  expect(safe.actor).toEqual(record.actor);
});

test("sessions are hashed with the key, or with one of the process", () => {
  expect(createSessionHasher(key)("abc")).toBe(createHmac("sha256", key).update("abc").digest("hex").slice(0, 32));
  expect(createSessionHasher()("abc")).toMatch(/^[0-9a-f]{32}$/);
  expect(createSessionHasher()("abc")).not.toBe(createSessionHasher()("abc"));
});

test("names that no event may declare", () => {
  expect(["password", "newPassword", "apiKey", "Authorization", "cvv"].filter((name) => !isForbiddenName(name))).toEqual([]);
  expect(["userid", "tokenid", "session", "reason", "keyid", "password_changed_at"].filter(isForbiddenName)).toEqual([]);
});
