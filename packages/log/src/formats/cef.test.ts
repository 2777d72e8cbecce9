import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCef } from "./cef.ts";
import { parseCef } from "./harness/cef-grammar.ts";
import { anyRecord, anySeal, fullRecord, minimalRecord, safe, vocabulary } from "./harness/records.ts";

const cef = createCef();

test.each(vocabulary)("%s keeps to the grammar, with all and with the least", (event, definition) => {
  for (const record of [fullRecord(event, definition), minimalRecord(event, definition)]) {
    const read = parseCef(cef.line(record));
    expect(read).toMatchObject({ vendor: "Telltale", product: "shop", id: event });
    expect(read.extension.get("outcome")).toBe(definition.ecs["event.outcome"]);
    expect(read.extension.get("externalId")).toBe("0123456789abcdef-1");
  }
});

test("any record keeps to the grammar and the dictionary, sealed or not", () => {
  fc.assert(
    fc.property(anyRecord, anySeal, (record, seal) => {
      const line = cef.line(record);
      const bare = parseCef(line).extension;
      const sealed = parseCef(cef.seal(line, seal)).extension;
      expect([...sealed].slice(0, bare.size)).toEqual([...bare]);
      expect(sealed.get("TelltaleLogHash")).toBe(seal.hash);
    }),
    { numRuns: 500 },
  );
});

test("a reader gets back what was written", () => {
  const record = safe({
    ...minimalRecord("own_event"),
    service: "a|b\\c",
    msg: "x=1 src=6.6.6.6\nCEF:0|Evil|\\n",
    reason: "\u001b[2J\u2028\u202e",
  });
  const read = parseCef(cef.line(record));
  expect(read.product).toBe("a|b\\c");
  expect(read.extension.get("msg")).toBe("x=1 src=6.6.6.6\nCEF:0|Evil|\\n");
  expect(read.extension.get("reason")).toBe("\\u001b[2J\\u2028\\u202e");
  expect(read.extension.has("src")).toBe(false);
});

test("values are cut at the dictionary's length, never within a character", () => {
  const read = parseCef(
    cef.line(safe({ ...minimalRecord("own_event"), msg: `${"a".repeat(1022)}💥`, reason: "=".repeat(2000), hostname: "h".repeat(300) })),
  );
  expect(read.extension.get("msg")).toBe("a".repeat(1022));
  expect(read.extension.get("reason")).toBe("=".repeat(1023));
  expect(read.extension.get("dvchost")).toHaveLength(100);
});

describe("addresses", () => {
  test.each([
    ["203.0.113.7", "src", "203.0.113.7"],
    ["2001:db8::1", "c6a2", "2001:db8::1"],
    ["fe80::1%eth0", "c6a2", "fe80::1"],
    ["pseudonym-1", "shost", "pseudonym-1"],
  ])("%s is %s", (ip, key, value) => {
    const { extension } = parseCef(cef.line(safe({ ...minimalRecord("own_event"), source: { ip } })));
    expect(extension.get(key)).toBe(value);
    expect(["src", "c6a2", "shost"].filter((one) => extension.has(one))).toEqual([key]);
  });
});

test.each([
  ["CEF:0|a|b|1|id|name|11|msg=x", "no CEF line"],
  ["CEF:0|a|b|1|id|na\nme|5|msg=x", "no CEF line"],
  ["CEF:0|a|b|1|id|name|5|msg=x\ny", "no CEF line"],
  ["CEF:0|a|b|1|id|name|5|msg=x=y", "no key=value at: msg=x=y"],
  ["CEF:0|a|b|1|id|name|5|msg=x\\y", "no key=value at: msg="],
  ["CEF:0|a|b|1|id|name|5|src=::1", "src is no IPv4 address"],
  ["CEF:0|a|b|1|id|name|5|cs1=x", "cs1 has no label"],
  ["CEF:0|a|b|1|id|name|5|ownKey=x", "ownKey is not in the dictionary"],
  ["CEF:0|a|b|1|id|name|5|msg=x msg=y", "msg twice"],
])("the grammar refuses %j", (line, problem) => {
  expect(() => parseCef(line)).toThrow(problem);
});
