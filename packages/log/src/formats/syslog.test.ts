import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRecord, anySeal, fullRecord, minimalRecord, safe, vocabulary } from "./harness/records.ts";
import { parseSyslog } from "./harness/rfc5424-grammar.ts";
import { createSyslog } from "./syslog.ts";

const syslog = createSyslog();

test.each(vocabulary)("%s keeps to RFC 5424, with all and with the least", (event, definition) => {
  for (const record of [fullRecord(event, definition), minimalRecord(event, definition)]) {
    const read = parseSyslog(syslog.line(record));
    expect(read).toMatchObject({
      facility: 10,
      severity: { INFO: 6, WARN: 4, CRITICAL: 2 }[definition.level],
      msgId: event,
      appName: "shop",
      procId: "4242",
    });
    expect(read.timestamp).toBe("2026-11-21T10:00:00.007Z");
    expect(read.elements.get("event@32473")?.get("outcome")).toBe(definition.ecs["event.outcome"]);
    expect(JSON.parse(read.msg)).toMatchObject({ msg: event });
  }
});

test("any record keeps to RFC 5424, sealed or not", () => {
  fc.assert(
    fc.property(anyRecord, anySeal, (record, seal) => {
      const line = syslog.line(record);
      const bare = parseSyslog(line);
      const sealed = parseSyslog(syslog.seal(line, seal));
      expect([...sealed.elements].slice(1)).toEqual([...bare.elements]);
      expect(sealed.msg).toBe(bare.msg);
      expect(sealed.elements.get("seal@32473")?.get("hash")).toBe(seal.hash);
      expect(JSON.parse(bare.msg)).toEqual(
        JSON.parse(JSON.stringify({ msg: record.msg, details: record.details, error: record.error, extra: record.extra })),
      );
    }),
    { numRuns: 500 },
  );
});

test("a reader gets back what was written", () => {
  const read = parseSyslog(
    syslog.line(safe({ ...minimalRecord("own_event"), reason: 'a"b\\c]d [seal@32473 x="1"]', user_agent: "é\u001b[2J\n<86>1 -" })),
  );
  const facts = read.elements.get("event@32473");
  expect(facts?.get("reason")).toBe('a"b\\c]d [seal@32473 x="1"]');
  expect(facts?.get("user_agent")).toBe("é\\u001b[2J\\u000a<86>1 -");
  expect(read.elements.has("seal@32473")).toBe(false);
});

test("the header holds printable US-ASCII of its lengths only", () => {
  const read = parseSyslog(
    syslog.line(safe({ ...minimalRecord("an event\n<86>1 é of more than thirty-two"), hostname: "", service: "s p".repeat(40) })),
  );
  expect(read.hostname).toBe("-");
  expect(read.msgId).toBe("an_event_<86>1___of_more_than_th");
  expect(read.appName).toHaveLength(48);
});

test("the number of the event begins anew where RFC 5424 says so", () => {
  const sequence = (seq: number) =>
    parseSyslog(syslog.line(safe({ ...minimalRecord("own_event"), seq })))
      .elements.get("meta")
      ?.get("sequenceId");
  expect([1, 2_147_483_647, 2_147_483_648].map(sequence)).toEqual(["1", "2147483647", "1"]);
});

describe("options", () => {
  test("facility, enterprise number and name", () => {
    const own = createSyslog({ facility: 13, enterpriseNumber: 4711, appName: "audit" });
    const sealed = own.seal(own.line(minimalRecord("own_event")), {
      chain: "a".repeat(16),
      seq: 1,
      prev: "0".repeat(64),
      hash: "b".repeat(64),
    });
    const read = parseSyslog(sealed);
    expect(read).toMatchObject({ facility: 13, appName: "audit" });
    expect([...read.elements.keys()]).toEqual(["seal@4711", "meta", "origin", "event@4711"]);
    expect(syslog.unseal(sealed)?.line).toBe(own.line(minimalRecord("own_event")));
  });

  test.each([{ facility: 24 }, { facility: 1.5 }, { enterpriseNumber: -1 }])("%j is refused at start", (options) => {
    expect(() => createSyslog(options)).toThrow(expect.objectContaining({ code: "TELLTALE_BAD_OPTION", field: Object.keys(options)[0] }));
  });
});

test.each([
  ['<192>1 - h a p m [event@1 a="b"] x', "PRI 192"],
  ['<086>1 - h a p m [event@1 a="b"] x', "no header"],
  ['<86>2 - h a p m [event@1 a="b"] x', "no header"],
  ['<86>1 2026-13-01T00:00:00Z h a p m [event@1 a="b"] x', "no header"],
  ['<86>1 - h a p m [own a="b"] x', "SD-ID own"],
  ['<86>1 - h a p m [event@1 a="]"] x', "SD-PARAM at"],
  ['<86>1 - h a p m [event@1 a="b"][event@1 a="b"] x', "SD-ID event@1 twice"],
  ['<86>1 - h a p m [event@1 a="b"]x', "no space before MSG"],
  ['<86>1 - h a p m [event@1 a="b"] é', "US-ASCII"],
])("the grammar refuses %j", (line, problem) => {
  expect(() => parseSyslog(line)).toThrow(problem);
});
