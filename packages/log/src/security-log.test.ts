import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createSecurityLog, SetupError } from "./index.ts";
import type { SecurityLog, SecurityLogOptions, Warning } from "./index.ts";

const left: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of left.splice(0)) await clean();
});

type Line = Record<string, unknown>;

/** A log whose lines are kept, and what it warned of. */
function open(options: Partial<SecurityLogOptions> = {}) {
  const text: string[] = [];
  const warned: Warning[] = [];
  const security = createSecurityLog({
    service: "shop",
    lifecycle: false,
    heartbeat: false,
    outputs: { stream: { write: (line: string) => text.push(line) } },
    onWarning: (warning) => warned.push(warning),
    ...options,
  }) as SecurityLog;
  left.push(() => security.close());
  const lines = (): Line[] => text.map((line) => JSON.parse(line) as Line);
  return { security, text, warned, lines, last: () => lines().at(-1)! };
}

/** Whatever the types say: callers in JavaScript, and values from outside. */
const loose = (security: SecurityLog) => security.record as (name: unknown, details?: unknown) => void;

const request = {
  method: "POST",
  peer: "203.0.113.9",
  route: () => "/login",
  header: (name: string) => (name === "x-request-id" ? "r-1" : undefined),
};

describe("a record", () => {
  test("says what happened, who, to whom, how it ended and for which application", () => {
    const { security, last } = open({ service: { name: "shop", version: "2.1.0", environment: "production" } });
    security.record("user_deleted", { userid: "ada", onuserid: "bob", tenant: "t1" });
    expect(last()).toMatchObject({
      event: "user_deleted",
      category: "user",
      outcome: "success",
      actor: { id: "ada" },
      target: { type: "user", id: "bob" },
      tenant: "t1",
      service: "shop",
      service_version: "2.1.0",
      environment: "production",
      msg: "user_deleted",
    });
  });

  test("takes level and outcome from the vocabulary, and from the detail that decides where one does", () => {
    const { security, last } = open();
    security.record("authn_login_fail", { userid: "ada" });
    expect(last()).toMatchObject({ level: 40, outcome: "failure" });
    security.record("authz_fail", { userid: "ada", resource: "/admin" });
    expect(last()).toMatchObject({ level: 60, outcome: "failure", target: { type: "resource", id: "/admin" } });
    security.record("upload_validation", { filename: "a.exe", validator: "clamav", result: "FAILED", userid: "ada" } as never);
    expect(last()).toMatchObject({ level: 60, outcome: "failure" });
  });

  test("numbers its lines, so that a gap shows", () => {
    const { security, lines } = open();
    for (const userid of ["a", "b", "c"]) security.record("authn_login_success", { userid });
    expect(lines().map((line) => line["seq"])).toEqual([1, 2, 3]);
    expect(new Set(lines().map((line) => line["writer"])).size).toBe(1);
  });

  test("of an event of the application's own is typed and written like the others", () => {
    const text: string[] = [];
    const security = createSecurityLog({
      service: "shop",
      lifecycle: false,
      heartbeat: false,
      outputs: { stream: { write: (line: string) => text.push(line) } },
      events: { invoice_voided: { level: "CRITICAL", outcome: "success", details: { invoiceid: { type: "string", required: true } } } },
    });
    left.push(() => security.close());
    security.record("invoice_voided", { invoiceid: "17", actor: "ada" });
    expect(JSON.parse(text[0]!)).toMatchObject({
      level: 60,
      category: "invoice",
      outcome: "success",
      details: { invoiceid: "17" },
      actor: { id: "ada" },
    });
  });

  test("writes the identifier of a session as a hash, the same for the same session and key", () => {
    const { security, last, text } = open({ sessionKey: "k".repeat(32) });
    security.record("session_logout", { userid: "ada", sessionid: "s3cr3t-session" });
    const first = last()["session"];
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    security.record("authn_login_success", { userid: "ada", session: "s3cr3t-session" });
    expect(last()["session"]).toBe(first);
    expect(text.join("")).not.toContain("s3cr3t-session");
  });

  test("of a user row that is passed as the actor keeps the identity alone", () => {
    const { security, last, text } = open();
    const row = { id: 7, name: "Ada", email: "ada@example.com", passwordHash: "$2b$10$abcdefghijklmnopqrstuv", plan: "gold" };
    loose(security)("authn_login_success", { userid: "7", actor: row });
    expect(last()["actor"]).toEqual({ id: "7", name: "Ada", email: "ada@example.com" });
    expect(text.join("")).not.toMatch(/\$2b|gold/);
  });
});

describe("a request", () => {
  test("gives its events the request, the source and who was identified", () => {
    const { security, last } = open();
    security.run(request, () => {
      security.identify({ id: "ada" }, { tenant: "t1", session: "abc" });
      security.record("authn_password_change", { userid: "ada" });
      expect(last()).toMatchObject({
        request: { id: "r-1", method: "POST", route: "/login" },
        source: { ip: "203.0.113.9", via: "peer" },
        actor: { id: "ada" },
        tenant: "t1",
      });
      expect(last()["session"]).toMatch(/^[0-9a-f]{32}$/);
    });
  });

  test("stands in for a missing actor, without a warning", () => {
    const { security, last, warned } = open();
    security.run(request, () => {
      security.identify("ada");
      loose(security)("user_deleted", { onuserid: "bob" });
    });
    expect(last()).toMatchObject({ actor: { id: "ada" }, target: { id: "bob" } });
    expect(warned).toEqual([]);
  });

  test("knows its address better than the caller; without a request, the caller's is taken and marked so", () => {
    const { security, last } = open();
    security.run(request, () => security.record("authn_login_fail", { userid: "ada", ip: "10.0.0.1" }));
    expect(last()["source"]).toEqual({ ip: "203.0.113.9", via: "peer" });
    security.record("authn_login_fail", { userid: "ada", ip: "10.0.0.1" });
    expect(last()["source"]).toEqual({ ip: "10.0.0.1", via: "application" });
    security.record("authn_login_fail", { userid: "ada", ip: "not an address\n" });
    expect(last()["source"]).toBeUndefined();
  });

  test("that was lost on the way is counted, and its place is told once", () => {
    const { security, warned } = open();
    security.run(request, () => security.record("authn_login_fail", { userid: "ada" }));
    for (let i = 0; i < 3; i++) security.record("authn_login_fail", { userid: "ada" });
    expect(warned.map((warning) => warning.code)).toEqual(["no-context"]);
    expect(warned[0]?.message).toContain("security-log.test.ts");
  });
});

describe("misuse at run time is counted, told once, and loses no event", () => {
  test.each<[string, unknown, unknown, string]>([
    ["a name that nobody knows", "login_falied", { userid: "ada" }, "unknown-event"],
    ["a missing detail", "authn_login_success", {}, "missing-detail"],
    ["no details at all", "authn_login_success", undefined, "missing-detail"],
    ["details that are none", "authn_login_success", "ada", "missing-detail"],
    ["a detail of another event", "authn_login_success", { userid: "a", retries: 3 }, "unknown-detail"],
    ["a wrong type", "authn_login_successafterfail", { userid: "a", retries: "three" }, "wrong-type"],
    ["a value outside of the closed list", "authn_login_lock", { userid: "a", reason: "because" }, "wrong-type"],
    ["an outcome against the name", "authn_login_fail", { userid: "a", outcome: "success" }, "contradicting-outcome"],
    ["a password", "authn_login_fail", { userid: "a", password: "hunter2" }, "forbidden-detail"],
  ])("%s", (_, name, details, code) => {
    const { security, warned, lines, text } = open();
    loose(security)(name, details);
    loose(security)(name, details);
    expect(lines()).toHaveLength(2);
    expect(lines()[0]).toMatchObject({ event: name });
    expect(warned.map((warning) => warning.code)).toEqual([code]);
    expect(security.stats().warnings).toEqual({ [code]: 2 });
    expect(text.join("")).not.toContain("hunter2");
  });

  test("nothing that a caller passes throws, and the event is recorded nevertheless", () => {
    const { security, lines } = open();
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const throwing = {
      get userid(): string {
        throw new Error("no");
      },
    };
    const cyclic: Record<string, unknown> = { userid: "a" };
    cyclic["extra"] = cyclic;
    const hostile = [
      throwing,
      revoked.proxy,
      cyclic,
      null,
      7,
      [],
      () => 1,
      { userid: Symbol("a") },
      {
        userid: {
          toString: () => {
            throw new Error("no");
          },
        },
      },
      { extra: revoked.proxy },
      { actor: revoked.proxy },
      { target: revoked.proxy },
      { error: revoked.proxy },
      { userid: 1n },
      Object.create(null),
    ];
    for (const details of hostile) expect(() => loose(security)("authn_login_fail", details)).not.toThrow();
    expect(lines()).toHaveLength(hostile.length);
    expect(lines().every((line) => line["event"] === "authn_login_fail")).toBe(true);
    for (const name of [undefined, null, 7, Symbol("x"), {}, ""]) expect(() => loose(security)(name, {})).not.toThrow();
    for (const actor of [null, 7, {}, revoked.proxy, Symbol("x")]) expect(() => security.identify(actor as never)).not.toThrow();
    expect(() => security.identify("a", revoked.proxy as never)).not.toThrow();
  });

  test("a name from outside is recorded without the secret in it, and cannot forge a line", () => {
    const { security, text, warned, lines } = open();
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    loose(security)(`login ${jwt}\n{"event":"forged"}`, { userid: "a" });
    expect(lines()).toHaveLength(1);
    expect(text.join("") + warned.map((warning) => warning.message).join("")).not.toContain(jwt);
  });

  test("a listener or a warning handler that throws reaches nobody", () => {
    const { security, lines } = open({
      onWarning: () => {
        throw new Error("mine");
      },
    });
    const heard: string[] = [];
    security.subscribe(() => {
      throw new Error("mine");
    });
    const stop = security.subscribe((record) => heard.push(record.event));
    loose(security)("nonsense", {});
    stop();
    security.record("authn_login_success", { userid: "a" });
    expect(heard).toEqual(["nonsense"]);
    expect(lines()).toHaveLength(2);
  });

  test("a stream that throws is trouble in stats(), not in the request", () => {
    const { security } = open({
      outputs: {
        stream: {
          write: () => {
            throw new Error("full");
          },
        },
      },
    });
    expect(() => security.record("authn_login_success", { userid: "a" })).not.toThrow();
    expect(security.stats().outputs[0]).toMatchObject({ written: 0, buffered: 1 });
  });
});

describe("a bad setup fails at start and names the field", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["nothing", undefined, "", /missing/],
    ["no service", {}, "service", /service is missing/],
    ["an unknown option", { service: "a", ouputs: [] }, "ouputs", /did you mean outputs\?/],
    ["an unknown option of an output", { service: "a", outputs: [{}, { fromat: "json" }] }, "outputs[1].fromat", /did you mean format\?/],
    ["an unknown format", { service: "a", outputs: { format: "xml" } }, "outputs.format", /json, ecs, ocsf, cef or syslog/],
    ["two places in one output", { service: "a", outputs: { file: "/tmp/x", stream: "stdout" } }, "outputs", /file and stream/],
    ["a format for a logger", { service: "a", outputs: { logger: console, format: "ecs" } }, "outputs.format", /takes records/],
    [
      "an unwritable path",
      { service: "a", outputs: { file: "/proc/nowhere/x.log" } },
      "outputs.file",
      /\/proc\/nowhere\/x\.log cannot be written/,
    ],
    ["a bad CIDR", { service: "a", trustProxy: ["10.0.0.0/8", "10.0.0.0/99"] }, "trustProxy[1]", /10\.0\.0\.0\/99/],
    [
      "a missing HMAC key",
      { service: "a", redact: { pseudonymize: { fields: ["email"] } } },
      "redact.pseudonymize.key",
      /at least 32 bytes/,
    ],
    ["a short HMAC key", { service: "a", redact: { pseudonymize: { key: "short", fields: ["email"] } } }, "redact.pseudonymize.key", /5/],
    ["a short session key", { service: "a", sessionKey: "short" }, "sessionKey", /32 bytes/],
    ["a key that cannot sign", { service: "a", outputs: { chain: { signWith: "no key" } } }, "outputs.chain.signWith", /Ed25519/],
    [
      "an own event without level",
      { service: "a", events: { x_done: { outcome: "success", details: {} } } },
      "events.x_done.level",
      /missing/,
    ],
    ["an own event whose name needs quotes", { service: "a", events: { "x done": {} } }, "events.x done", /lower-case/],
    ["a heartbeat that is none", { service: "a", heartbeat: 0 }, "heartbeat", /seconds/],
  ])("%s", (_, options, field, message) => {
    try {
      createSecurityLog(options as SecurityLogOptions);
      expect.unreachable("it was accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(SetupError);
      expect((error as SetupError).field).toBe(field);
      expect((error as SetupError).message).toMatch(message);
    }
  });
});

test("every format writes to its own output, and each line is one line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "telltale-log-"));
  left.push(() => rmSync(folder, { recursive: true, force: true }));
  const ids = ["json", "ecs", "ocsf", "cef", "syslog"] as const;
  const { security } = open({ outputs: ids.map((format) => ({ format, file: join(folder, format), chain: true })) });
  security.record("authn_login_fail", { userid: 'ada\n{"event":"forged"}\u2028x', reason: "bad\r\npassword" });
  await security.flush();
  for (const id of ids) {
    const text = readFileSync(join(folder, id), "utf8");
    expect(text.split(/[\n\r\u0085\u2028\u2029]/), id).toHaveLength(2);
    expect(text, id).toContain("authn_login_fail");
  }
});
