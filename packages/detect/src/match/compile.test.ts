import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fields, FieldValue } from "../event.ts";
import type { Match, ValueTest } from "../rule-ir.ts";
import { compileMatch, eventNames } from "./index.ts";
import { networkTest } from "./network.ts";
import { regexReach } from "./regex.ts";

/* ---- the plainest evaluator: one line a test, nothing gathered, nothing kept ---- */

function evaluate(match: Match, fields: Fields): boolean {
  switch (match.op) {
    case "all":
      return match.of.every((each) => evaluate(each, fields));
    case "any":
      return match.of.some((each) => evaluate(each, fields));
    case "not":
      return !evaluate(match.of, fields);
    case "keyword":
      return strings(fields).some((found) => holds(match.test, found, fields));
    case "field": {
      const found = fields[match.field];
      if (match.test.kind === "exists") return (found !== undefined) === match.test.value;
      if (found === undefined) return match.test.kind === "equals" && match.test.value === null;
      return elements(found).some((each) => holds(match.test, each, fields));
    }
  }
}

function elements(value: FieldValue): FieldValue[] {
  return Array.isArray(value) ? (value as FieldValue[]).flatMap(elements) : [value];
}

function strings(value: FieldValue): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

function holds(test: ValueTest, value: FieldValue, fields: Fields): boolean {
  if (test.kind === "equals" && test.value === null) return value === null;
  if (value === null || value === undefined || typeof value === "object") return false;
  const text = String(value);
  const fold = (each: string) => ("cased" in test && test.cased ? each : each.toLowerCase());
  switch (test.kind) {
    case "equals":
      return fold(text) === fold(String(test.value));
    case "contains":
      return fold(text).includes(fold(test.value));
    case "startswith":
      return fold(text).startsWith(fold(test.value));
    case "endswith":
      return fold(text).endsWith(fold(test.value));
    case "glob":
      return new RegExp(
        `^${test.parts
          .map((part) =>
            part === "any"
              ? ".*"
              : part === "one"
                ? "."
                : fold(part)
                    .replace(/\W/gu, "\\u{$&}")
                    .replace(/\\u\{(.)\}/gu, (_, c: string) => `\\u{${c.codePointAt(0)!.toString(16)}}`),
          )
          .join("")}$`,
        "su",
      ).test(fold(text));
    case "field": {
      const other = fields[test.field];
      return (
        other !== undefined &&
        elements(other).some((each) => (typeof each === "object" || each === undefined ? false : fold(text) === fold(String(each))))
      );
    }
    default:
      return false;
  }
}

/* ---- arbitrary rules and events over few letters, so that they meet ---- */

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "A", "b", "ß", "İ", "i", "\u0307", "😀", "Σ", "."), maxLength: 4 }),
  fc.constantFrom("any", "one", "1", "true", "null", ""),
);
const cased = fc.boolean();
const valueTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({ kind: fc.constant("equals" as const), value: fc.oneof(text, fc.constantFrom(1, true, null)), cased }),
  fc.record({ kind: fc.constantFrom("contains" as const, "startswith" as const, "endswith" as const), value: text, cased }),
  fc.record({
    kind: fc.constant("glob" as const),
    parts: fc.array(
      fc.oneof(
        text.filter((each) => each !== "any" && each !== "one"),
        fc.constantFrom("any", "one"),
      ),
      { maxLength: 6 },
    ),
    pattern: fc.constant(""),
    cased,
  }),
  fc.record({ kind: fc.constant("exists" as const), value: fc.boolean() }),
  fc.record({ kind: fc.constant("field" as const), field: fc.constantFrom("x", "y"), part: fc.constant("equals" as const), cased }),
);
const field = fc.constantFrom("x", "y", "event");
const { match } = fc.letrec<{ match: Match }>((tie) => ({
  match: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ op: fc.constant("field" as const), field, test: valueTest }),
    fc.record({ op: fc.constant("keyword" as const), test: valueTest.filter(({ kind }) => kind !== "exists" && kind !== "field") }),
    fc.record({ op: fc.constant("not" as const), of: tie("match") }),
    fc.record({ op: fc.constantFrom("all" as const, "any" as const), of: fc.array(tie("match"), { minLength: 1, maxLength: 5 }) }),
  ),
}));
const scalar = fc.oneof(text, fc.constantFrom(1, 0, true, false, null));
const value: fc.Arbitrary<FieldValue> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.record({ z: scalar }));
const fields: fc.Arbitrary<Fields> = fc.record({ x: value, y: value, event: text }, { requiredKeys: [] });

describe("compileMatch", () => {
  it("agrees with the plainest evaluator", () => {
    fc.assert(
      fc.property(match, fc.array(fields, { minLength: 1, maxLength: 5 }), (rule, events) => {
        const test = compileMatch(rule);
        for (const event of events) expect(test(event)).toBe(evaluate(rule, event));
      }),
      { numRuns: 3_000 },
    );
  });

  it("does not throw, and terminates, whatever an event holds", () => {
    const rule: Match = {
      op: "any",
      of: [
        { op: "keyword", test: { kind: "regex", source: "(a+)+$", flags: "" } },
        { op: "field", field: "a.b", test: { kind: "time", unit: "hour", is: { op: "gt", value: 3 } } },
        { op: "field", field: "a.b", test: { kind: "cidr", value: "10.0.0.0/8" } },
      ],
    };
    const test = compileMatch(rule);
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything({ withNullPrototype: true })), (event) => void test(event as Fields)));
    let deep: Fields = { text: "x" };
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(test(deep)).toBe(false);
    expect(test({ list: Array.from({ length: 100_000 }, () => "x") })).toBe(false);
    expect(test({ evil: `${"a".repeat(5_000_000)}!` })).toBe(true);
  });

  it("shows a regular expression the first characters of a long value", () => {
    const test = compileMatch({ op: "field", field: "x", test: { kind: "regex", source: "nee+dle", flags: "" } });
    expect(test({ x: `${" ".repeat(regexReach - 6)}needle` })).toBe(true);
    expect(test({ x: `${" ".repeat(regexReach)}needle` })).toBe(false);
  });

  it("takes an expression that is only text for text", () => {
    const matches = (source: string, text: string) =>
      compileMatch({ op: "field", field: "x", test: { kind: "regex", source, flags: "" } })({ x: text });
    expect(matches("^a\\.b$", "a.b")).toBe(true);
    expect(matches("^a\\.b$", "axb")).toBe(false);
    expect(matches("/etc/passwd", "cat /etc/passwd x")).toBe(true);
    expect(matches("\\$x$", "a$x")).toBe(true);
    expect(matches("^A", "ab")).toBe(false);
    expect(matches("a\\d", "a\\d")).toBe(false);
    expect(matches("\\bx", "a x")).toBe(true);
  });
});

describe("comparisons", () => {
  it.each([
    ["gt", [3], [2, 1, "x", null]],
    ["gte", [3, 2, "2.0"], [1]],
    ["lt", [1, "-1", "1e0"], [2, "", " ", "0x1", true]],
    ["lte", [1, 2], [3, Number.NaN]],
    ["eq", [2, "2.00"], [1]],
    ["neq", [1, 3], [2, "x", Number.NaN, undefined]],
  ] as const)("%s 2", (op, fulfilling, others) => {
    const test = compileMatch({ op: "field", field: "n", test: { kind: "compare", is: { op, value: 2 } } });
    expect(fulfilling.map((n) => test({ n }))).toEqual(fulfilling.map(() => true));
    expect(others.map((n) => test({ n }))).toEqual(others.map(() => false));
  });
});

describe("networks", () => {
  it("agree with arithmetic on whole addresses", () => {
    const word = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 127 }),
        fc.integer({ min: 0, max: 128 }),
        (groups, flip, bits) => {
          const whole = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
          const other = whole ^ (1n << BigInt(flip));
          const written = (address: bigint) =>
            Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(":");
          expect(networkTest(`${written(whole)}/${bits}`)(written(other))).toBe(
            whole >> BigInt(128 - bits) === other >> BigInt(128 - bits),
          );
        },
      ),
    );
  });

  it.each([["1:2:3:4:5:6:7:8"], ["::"], ["1::"], ["::8"], ["1:2:3:4:5:6:1.2.3.4"], ["::1.2.3.4"]])("read %s", (address) =>
    expect(networkTest(address)(address)).toBe(true),
  );
  it.each([
    ["1:2:3:4:5:6:7"],
    ["1:2:3:4:5:6:7:8:9"],
    [":1"],
    ["1:"],
    ["1.2.3.4:80"],
    ["fe80::1%eth0"],
    ["::1.2.3"],
    ["1.2.3.4.5"],
    ["1:2:3:4:5:6:7::8:9"],
  ])("do not take %s for an address", (text) =>
    expect([networkTest("::/0")(text), networkTest("0.0.0.0/0")(text)]).toEqual([false, false]),
  );
});

describe("eventNames", () => {
  const named = (value: string | null): Match => ({ op: "field", field: "event", test: { kind: "equals", value, cased: false } });
  const other: Match = { op: "field", field: "x", test: { kind: "exists", value: true } };

  it("are those without which a match is never true", () => {
    expect(eventNames({ op: "all", of: [named("A"), other] })).toEqual(new Set(["a"]));
    expect(eventNames({ op: "any", of: [named("a"), named("b")] })).toEqual(new Set(["a", "b"]));
    expect(eventNames({ op: "all", of: [{ op: "any", of: [named("a"), named("b")] }, named("b")] })).toEqual(new Set(["b"]));
    expect(eventNames({ op: "any", of: [named("a"), other] })).toBeUndefined();
    expect(eventNames({ op: "not", of: named("a") })).toBeUndefined();
    expect(eventNames(named(null))).toBeUndefined();
    expect(eventNames(other)).toBeUndefined();
  });

  it("never leave out an event that matches", () => {
    fc.assert(
      fc.property(match, fields, (rule, event) => {
        const names = eventNames(rule);
        if (names !== undefined && compileMatch(rule)(event))
          expect(typeof event.event === "string" && names.has(event.event.toLowerCase())).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
