import { formats as written } from "@telltale/log";
import type { SafeRecord } from "@telltale/log";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NoEvent, ReadEvent } from "../contract.ts";
import { fieldReader } from "../fields.ts";
import { createReader, formats, readMapping } from "./index.ts";

const facts = { received: Date.UTC(2026, 10, 22, 11) };

const samples = [
  written.json.line({
    time: 1e12,
    level: "WARN",
    event: "authn_login_fail",
    category: "authn",
    outcome: "failure",
    actor: { id: "u" },
    service: "s",
    hostname: "h",
    pid: 1,
    writer: "0123456789abcdef",
    seq: 1,
    msg: "m",
  } as SafeRecord),
  '{"@timestamp":"2026-11-22T10:00:00Z","event":{"action":"login","outcome":"failure"},"user":{"name":"bob"}}',
  '{"class_uid":3002,"activity_id":1,"status_id":2,"time":1795341600123,"metadata":{},"user":{"name":"bob"}}',
  '{"otlp":{"record":{"timeUnixNano":"1","body":{"stringValue":"login failed"},"attributes":[{"key":"user.id","value":{"intValue":"1"}}]}}}',
  "CEF:0|a|b|1|login_failed|x|6|rt=1795341600123 suser=bob src=1.2.3.4 msg=a\\=b",
  '<38>1 2026-11-22T10:00:00Z h sshd 1 - [a@1 b="c"] Failed password for invalid user x from 1.2.3.4 port 1 ssh2',
  "Nov 22 10:00:00 h sshd[1]: Accepted publickey for bob from 1.2.3.4 port 1 ssh2: RSA SHA256:x",
  '1.2.3.4 - - [22/Nov/2026:10:00:00 +0000] "POST /login HTTP/1.1" 401 1 "-" "curl"',
  '2026/11/22 10:00:00 [error] 1#0: *1 user "x": password mismatch, client: 1.2.3.4, server: , request: "GET / HTTP/1.1", host: "a"',
  "10:00:00.123 user_id=1 [warning] login_failed ip=1.2.3.4",
  'time=2026-11-22T10:00:00Z msg="login failed" user=bob',
];

const mapped = readMapping({
  file: "m",
  text: "name: m\npattern: '^(?P<a>.*) (?P<b>.*)$'\nevent: authn_login_fail\nfields: { actor.id: a, source.ip: b }",
});
const readers = [createReader(), createReader({ format: mapped }), createReader({ names: { a: "authn_login_fail" } })];

/** Lines that begin like one of ours and go on like nobody's. */
const damaged = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.nat({ max: 300 }),
    fc.nat({ max: 20 }),
    fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom('"', "\\", "{", "]", "\u0000", " port ", "=", 'user "', "__proto__"),
    ),
  )
  .map(([line, at, cut, put]) => line.slice(0, at) + put + line.slice(at + cut));

function check(result: ReadEvent | NoEvent): void {
  if (result.kind === "unreadable") expect(result.reason).toMatch(/./);
  if (result.kind !== "event") return;
  expect(Number.isInteger(result.time)).toBe(true);
  expect(result.time).toBeGreaterThanOrEqual(0);
  expect(typeof result.fields["event"]).toBe("string");
  expect(["success", "failure", "unknown"]).toContain(result.fields["outcome"]);
  expect(() => JSON.stringify(result.fields)).not.toThrow();
}

describe("never throws, whatever the line", () => {
  const line = fc.oneof(
    damaged,
    damaged,
    fc.string(),
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.json(),
    fc.json().map((json) => `<1>1 - - - - - - ${json}`),
  );
  test("detected", () => {
    fc.assert(
      fc.property(line, fc.option(fc.constantFrom(...formats.keys(), "none"), { nil: undefined }), (text, dictated) => {
        for (const read of readers) check(read(text, facts, dictated));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([...formats.values()])("$id", (format) => {
    fc.assert(
      fc.property(line, (text) => {
        expect(typeof format.claims(text)).toBe("boolean");
        check(format.read(text, facts));
      }),
      { numRuns: 500 },
    );
  });
});

/** Objects with values of every kind under names that formats look at. */
test("a field may be anything", () => {
  const name = fc.constantFrom(
    "event",
    "actor",
    "source",
    "time",
    "@timestamp",
    "outcome",
    "reason",
    "writer",
    "seq",
    "user",
    "id",
    "ip",
    "otlp",
    "record",
    "attributes",
    "class_uid",
    "metadata",
    "message",
    "level",
    "msg",
    "__proto__",
    "constructor",
    "toString",
    "request",
    "type_uid",
    "unmapped",
    "evidences",
    "key",
    "value",
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("login_failed", "authn_login_fail", "failure", "1.2.3.4", ""),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie("any")), { maxLength: 6 }).map(object),
    ),
  })).any;
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (entries) => {
      const text = JSON.stringify(object(entries));
      for (const format of formats.values()) check(format.read(text, facts));
      for (const read of readers) check(read(text, facts));
    }),
    { numRuns: 1000 },
  );
});

function object(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries) Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

test("hostile names change nothing but the field of that name", () => {
  const read = createReader();
  for (const text of [
    '{"level":"warn","message":"login failed","__proto__":{"event":"authn_login_success","polluted":1},"user":"bob"}',
    '{"level":"warn","message":"login failed","user":"bob","data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    'level=warn msg="login failed" user=bob __proto__=polluted constructor=1',
    '<1>1 - - - - - [event@1 event="login_failed" actor.id="bob" __proto__.polluted="1" constructor.prototype.polluted="1"] {}',
  ]) {
    const result = read(text, facts);
    expect(result).toMatchObject({ kind: "event", fields: { event: "authn_login_fail", actor: { id: "bob" } } });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.getPrototypeOf((result as ReadEvent).fields)).toBe(Object.prototype);
    expect(fieldReader("polluted")((result as ReadEvent).fields)).toBeUndefined();
  }
});

test.each([
  ["half an object", '{"event":"authn_login_fail","actor":{"id":"u', "it begins like JSON and is not: cut off or mixed with other text"],
  ["null bytes", "{\u0000\u0000\u0000", "it begins like JSON and is not: cut off or mixed with other text"],
  ["a line of megabytes", `{"event":"${"a".repeat(2_000_000)}"}`, "it is longer than 1 MB"],
  ["deep nesting", `{"event":"login_failed","a":${"[".repeat(5000)}${"]".repeat(5000)}}`, "it is nested deeper than 100 levels"],
  ["a wrong time", '{"writer":"a","seq":1,"event":"authn_login_fail","time":"soon"}', "its time is no time"],
  ["binary", "\u0001\u0002\ufffd\ufffd", "it is of no known format: name the format, or describe it in a mapping file"],
  ["an array", " [1]", "it is of no known format: name the format, or describe it in a mapping file"],
])("%s is unreadable, with the reason", (_, text, reason) => {
  expect(createReader()(text, facts)).toEqual({ kind: "unreadable", reason });
});

// Nothing here looks at a clock: over two hundred readings of a megabyte in quadratic time would run into the test's own limit.
test("lines made to keep a reader busy do not", () => {
  const read = createReader();
  const long = 900_000;
  for (const text of [
    "a=".repeat(long / 2),
    `user=${"a ".repeat(long / 2)}`,
    `x="${"\\".repeat(long)}`,
    `Nov 22 10:00:00 h sshd[1]: Failed password for ${"invalid user from ".repeat(long / 20)}`,
    `1.2.3.4 - ${"[".repeat(long)}`,
    `CEF:0|${"\\|".repeat(long / 2)}`,
    `CEF:0|a|b|c|d|e|1|${"a=b ".repeat(long / 4)}`,
    `<1>1 - - - - - [${'a b="c" '.repeat(long / 8)}`,
    `10:00:00.123 ${"a=b ".repeat(long / 4)}[error] x`,
    `2026/11/22 10:00:00 [error] 1#0: *1 user "${'": password mismatch, client: 1.2.3.4, server: , '.repeat(long / 50)}`,
    `{"event":"${"login ".repeat(long / 6)}","ip":"${",".repeat(1000)}"}`,
    `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(",")}}`,
  ]) {
    check(read(text, facts));
    for (const format of formats.values()) check(format.read(text, facts));
  }
});
