import { describe, expect, test } from "vitest";
import { DetectError } from "../errors.ts";
import { createReader, formatFor, formats } from "./index.ts";

const facts = { received: Date.UTC(2026, 10, 22, 11) };
const login = { kind: "event", fields: { event: "authn_login_fail", actor: { id: "bob" } } };

describe("a stream of many formats", () => {
  test("is read line by line", () => {
    const read = createReader();
    const lines = [
      '{"level":40,"time":1795341600123,"msg":"login failed","user":"bob"}',
      "Nov 22 10:00:00 h sshd[1]: Failed password for bob from 198.51.100.7 port 1 ssh2",
      '{"level":"warn","message":"login failed","user":"bob"}',
      'time=2026-11-22T10:00:00Z msg="login failed" user=bob',
      '198.51.100.7 - bob [22/Nov/2026:10:00:00 +0000] "POST /login HTTP/1.1" 401 5',
      "10:00:00.123 user=bob [warning] login_failed",
      "CEF:0|a|b|1|login_failed|x|6|suser=bob",
    ];
    for (let round = 0; round < 2; round++) for (const line of lines) expect(read(line, facts)).toMatchObject(login);
  });

  test("what no format fits is unreadable first and other later", () => {
    const read = createReader();
    expect(read("    at Object.<anonymous> (/srv/app.js:1:1)", facts).kind).toBe("unreadable");
    expect(read("", facts).kind).toBe("other");
    expect(read('{"level":30,"time":1,"msg":"request completed"}', facts).kind).toBe("other");
    expect(read("    at Object.<anonymous> (/srv/app.js:1:1)", facts).kind).toBe("other");
    expect(read('{"level":30,"time"', facts).kind).toBe("unreadable");
  });
});

test("a configured format is the only one", () => {
  const read = createReader({ format: "sshd" });
  expect(read('{"level":"warn","message":"login failed","user":"bob"}', facts).kind).toBe("unreadable");
  expect(() => createReader({ format: "sshdd" })).toThrow(DetectError);
  expect(() => createReader({ format: "sshdd" })).toThrow("format is none of telltale, docker, otlp, ecs, ocsf,");
});

test("a source may dictate the format", () => {
  const line = "login failed for bob";
  expect(createReader()(line, facts, "syslog")).toMatchObject({ kind: "unreadable", reason: "it has no head of syslog" });
  expect(createReader()(line, facts, "no such")).toMatchObject({
    kind: "unreadable",
    reason: expect.stringContaining("no known format") as string,
  });
});

test("the operator's names go before the vocabulary's", () => {
  const read = createReader({ names: { "user.kicked": "authn_login_lock", login: "session_created" } });
  expect(read('{"level":"warn","message":"m","event":"user.kicked","user":"bob"}', facts)).toMatchObject({
    fields: { event: "authn_login_lock", event_as_written: "user.kicked" },
  });
  expect(read('{"level":"warn","message":"m","event":"login","user":"bob"}', facts)).toMatchObject({
    fields: { event: "session_created" },
  });
});

test("times without a zone are read in the operator's", () => {
  const line = "Nov 22 10:00:00 h sshd[1]: Failed password for bob from 198.51.100.7 port 1 ssh2";
  expect(createReader({ zone: 60 })(line, facts)).toMatchObject({ time: Date.UTC(2026, 10, 22, 9) });
  expect(createReader()(line, facts)).toMatchObject({ time: Date.UTC(2026, 10, 22, 10) });
});

test("a line without a time has the time when it came, and says so", () => {
  const read = createReader();
  expect(read('{"level":"warn","message":"login failed","user":"bob"}', facts)).toMatchObject({
    time: facts.received,
    fields: { telltale_time: "received" },
  });
  expect(read('<13>Nov 22 10:00:00 h app: {"message":"login failed","user":"bob"}', facts)).toMatchObject({
    time: Date.UTC(2026, 10, 22, 10),
  });
});

test("formats are found by id", () => {
  for (const [id, format] of formats) expect([format.id, formatFor(id)]).toEqual([id, format]);
  expect(formatFor("constructor")).toBeUndefined();
});

describe("lines of @telltale/log by other ways", () => {
  const record = {
    event: "authn_login_fail",
    category: "authn",
    outcome: "failure",
    actor: { id: "bob" },
    writer: "0123456789abcdef",
    seq: 3,
  };
  const seconds = Date.UTC(2026, 10, 22, 10) / 1000;

  test.each([
    ["pino with epoch time", { level: 40, time: seconds * 1000, pid: 1, hostname: "h", ...record, msg: "m" }],
    ["pino with seconds", { level: 40, time: seconds, ...record, msg: "m" }],
    ["winston", { ...record, level: "warn", message: "m", event_level: "WARN", timestamp: "2026-11-22T10:00:00.000Z" }],
    [
      "OpenTelemetry",
      {
        otlp: {
          resource: {},
          record: {
            timeUnixNano: `${seconds}000000000`,
            eventName: "authn_login_fail",
            traceId: "0af7651916cd43dd8448eb211c80319c",
            body: { stringValue: "m" },
            attributes: Object.entries({
              "telltale.outcome": "failure",
              "telltale.writer": "0123456789abcdef",
              "user.id": "bob",
              "client.address": "198.51.100.7",
              "telltale.details.attempts": "3",
            })
              .map(([key, value]) => ({ key, value: { stringValue: value } as object }))
              .concat({ key: "telltale.seq", value: { intValue: "3" } }),
          },
        },
      },
    ],
  ])("%s", (_, object) => {
    const result = createReader()(JSON.stringify(object), facts);
    expect(result).toMatchObject({ ...login, time: seconds * 1000, fields: { writer: "0123456789abcdef", seq: 3, outcome: "failure" } });
    if ("otlp" in object) {
      expect(result).toMatchObject({
        fields: { source: { ip: "198.51.100.7" }, details: { attempts: "3" }, request: { trace_id: "0af7651916cd43dd8448eb211c80319c" } },
      });
    }
  });

  test("an event of the application's own keeps its name, unless that is an alias", () => {
    const line = (event: string) => JSON.stringify({ time: "2026-11-22T10:00:00.000Z", ...record, event });
    expect(createReader()(line("order_refund_approved"), facts)).toMatchObject({
      fields: { event: "order_refund_approved", outcome: "failure" },
    });
    expect(createReader()(line("login_failed"), facts)).toMatchObject({
      fields: { event: "authn_login_fail", event_as_written: "login_failed" },
    });
  });
});
