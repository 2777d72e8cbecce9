import { describe, expect, test } from "vitest";
import { DetectError } from "../errors.ts";
import { createReader, readMapping } from "./index.ts";

const facts = { received: Date.UTC(2026, 10, 22, 11) };
const reader = (text: string) => createReader({ format: readMapping({ file: "map.yaml", text }) });

describe("JSON", () => {
  const read = reader(`
name: portal
when: { kind: [auth, admin] }
time: { field: meta.at, format: ms }
event:
  field: $.what
  map: { KO: authn_login_fail }
  default: authz_admin
fields:
  actor.id: $.who.n
  source.ip: $.from
  outcome: $.ok
  details.try: $.try
  service: { value: portal }
ignore: ['"health":true']
`);

  test("all keys", () => {
    const line =
      '{"kind":"auth","meta":{"at":60000},"what":"KO","who":{"n":7},"from":"::ffff:198.51.100.7","ok":false,"try":3,"source":"web"}';
    expect(read(line, facts)).toMatchObject({
      kind: "event",
      time: 60_000,
      fields: {
        event: "authn_login_fail",
        event_as_written: "KO",
        outcome: "failure",
        actor: { id: "7" },
        source: { ip: "198.51.100.7" },
        service: "portal",
        details: { try: 3 },
        kind: "auth",
      },
    });
    expect(read('{"kind":"admin","what":"anything"}', facts)).toMatchObject({
      fields: { event: "authz_admin", telltale_time: "received" },
    });
  });

  test.each([
    '{"kind":"shop","what":"KO"}',
    '{"kind":"auth"}',
    '{"kind":"auth","what":"KO","health":true}',
    '{"kind":{"toString":1},"what":"KO"}',
  ])("%s is other", (line) => expect(read(line, facts)).toEqual({ kind: "other" }));

  test("what is broken is said", () => {
    expect(read("{", facts).kind).toBe("unreadable");
    expect(read('{"kind":"auth","what":"KO","meta":{"at":"soon"}}', facts)).toEqual({ kind: "unreadable", reason: "its time is no time" });
  });
});

test("a pattern that would explode elsewhere is linear here", () => {
  const read = reader("name: m\npattern: '^(?P<a>(x+x+)+)y'\nevent: authn_login_fail\nfields: { actor.id: a }");
  expect(read("x".repeat(30_000), facts)).toEqual({ kind: "unreadable", reason: "it does not match the mapping's pattern" });
  expect(read("xxxy", facts)).toMatchObject({ fields: { actor: { id: "xxx" } } });
});

test("Logger's own pattern", () => {
  const read = reader("name: phoenix\nformat: elixir-text\npattern: '$dateT$time $level | $message ($metadata)'");
  expect(read("2026-11-22T10:00:00.123 warning | login_failed (user_id=u-1 ip=198.51.100.7)", facts)).toMatchObject({
    time: Date.UTC(2026, 10, 22, 10, 0, 0, 123),
    fields: { event: "authn_login_fail", actor: { id: "u-1" } },
  });
});

describe("refused with place and what was expected", () => {
  test.each([
    ["name: [", "map.yaml:1: the file is not valid YAML"],
    ["- a", "map.yaml:1: the file expected keys and values"],
    ["", "map.yaml: the file expected keys and values"],
    ["event: login", "map.yaml: name is missing: expected text"],
    ["name: a", "map.yaml: event is missing: expected the name of an event, or field and map"],
    ["name: A B\nevent: a", "map.yaml:1: name expected lower case letters"],
    ["name: a\nevent: Login Failed", "map.yaml:2: event expected the name of an event such as authn_login_fail"],
    ["name: a\nevnt: a", "map.yaml:2: evnt is not known: expected name, format"],
    ["name: a\nformat: xml\nevent: a", "map.yaml:2: format expected one of json, text, elixir-text"],
    ["name: a\nformat: text\nevent: a", "map.yaml: pattern is missing"],
    ["name: a\nevent: a\npattern: '(?=a)'", "map.yaml:3: pattern is no regular expression of RE2"],
    ["name: a\nevent: a\nignore: ['(']", "ignore is no regular expression of RE2"],
    ["name: a\nevent: a\nfields: { acter.id: b }", "map.yaml:3: fields.acter.id is no field of an event: expected actor.id"],
    ["name: a\nevent: a\ntime: { format: s }", "time.field is missing"],
    ["name: a\nevent: a\ntime: { field: t, format: min }", "time.format expected one of s, ms, us, ns"],
    ["name: a\nevent: { map: { x: y } }", "event.field is missing"],
    ["name: a\nevent: a\nwhen: 3", "when expected keys and values"],
    ["name: a\nformat: elixir-text\npattern: $time", "pattern has no $message"],
  ])("%j", (text, message) => {
    expect(() => reader(text)).toThrow(DetectError);
    expect(() => reader(text)).toThrow(message);
  });
});
