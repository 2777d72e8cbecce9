import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileMatch } from "../match/index.ts";
import { loadRules, readSamples } from "./index.ts";
import { editDistance } from "./nearest.ts";
import { patternSource, readPattern } from "./pattern.ts";

function messages(text: string): string {
  return loadRules([{ file: "r.yml", text }])
    .problems.map(({ message }) => message)
    .join("\n");
}

describe("hostile YAML", () => {
  it("of nested brackets is refused", () => {
    expect(messages("[".repeat(200_000))).toContain("r.yml:1:");
    expect(messages(`title: ${"[".repeat(100)}${"]".repeat(100)}`)).toContain("nests deeper than 64 levels");
  });

  it("of aliases of aliases is refused before it is written out", () => {
    const lines = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 10 }, () => (level === 0 ? "x" : `*a${level}`)).join(", ")}]`,
    );
    expect(messages(lines.join("\n"))).toContain("has more than 200000 values, aliases written out");
  });

  it("of an alias inside its own anchor is refused", () => {
    expect(messages("title: &a [*a]")).toContain("*a has no anchor before it");
  });

  it("of aliases that are used fairly is read", () => {
    const text = "title: t\nlogsource: { product: x }\ndetection: { one: &s { a: [1, 2] }, two: *s, condition: one and two }\n";
    expect(messages(text)).toBe("");
  });

  it("that is long is refused, and many keys take no quadratic time", () => {
    expect(messages("# ".padEnd(5_000_000, "x"))).toBe("r.yml:1:1: not valid YAML: it has more than 4 MB");
    expect(messages(Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n"))).toContain("detection is missing");
  });

  it("with control characters gives messages on one line without them", () => {
    const message = messages('title: x\nlogsource: { product: "y" }\ndetection: { s: { "a|\\x1b[31m\\nx\\u202e": 1 }, condition: s }');
    expect(message).toContain("unknown modifier");
    // oxlint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it("that multiplies a condition is refused", () => {
    const searches = Array.from({ length: 400 }, (_, index) => `  s${index}: { a: [1, 2, 3] }`).join("\n");
    const text = `title: t\nlogsource: { product: x }\ndetection:\n${searches}\n  condition: ${Array.from({ length: 400 }, () => "1 of them").join(" or ")}\n`;
    expect(messages(text)).toContain("makes more than 50000 tests");
  });
});

/** Words that rules are made of, so that arbitrary texts get somewhere. */
const word = fc.constantFrom(
  "title",
  "detection",
  "condition",
  "sel",
  "1 of them",
  "not",
  "and",
  "or",
  "(",
  ")",
  "a|contains",
  "a|re",
  "a|cidr",
  "a|base64offset|contains",
  "a|windash",
  "correlation",
  "type",
  "event_count",
  "temporal",
  "rules",
  "timespan",
  "10m",
  "telltale",
  "and",
  "share-of",
  "with",
  "filter",
  "logsource",
  "product",
  "&a",
  "*a",
  "!!binary",
  "<<",
  "null",
  "---",
  "\n",
  "\n  ",
  "\n    ",
  ": ",
  ": ",
  "- ",
  "[",
  "]",
  "{",
  "}",
  ", ",
  "'",
  '"',
  "|",
  ">",
  "%",
  "\\",
  "*",
  "?",
  "__proto__",
  "5",
  "1e999",
  "events",
  "at",
  "repeat",
  "\u0000",
  "é",
);

describe("reading never throws", () => {
  it("on arbitrary text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(word, { maxLength: 60 }).map((words) => words.join("")),
        ),
        (text) => {
          const { set, problems } = loadRules([{ file: "r.yml", text }]);
          for (const rule of set.rules) if (rule.kind === "detection") compileMatch(rule.match)({ a: text });
          for (const { message } of problems) expect(message).toMatch(/^r\.yml:\d+(:\d+)?: [^\n]+$/);
          readSamples({ file: "s.yml", text });
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it("on well-formed documents with values of any kind in any place", () => {
    const key = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          "title",
          "id",
          "name",
          "level",
          "tags",
          "logsource",
          "product",
          "detection",
          "condition",
          "sel",
          "a",
          "a|re",
          "a|gt",
          "a|hour",
          "a|exists",
          "correlation",
          "type",
          "rules",
          "group-by",
          "timespan",
          "aliases",
          "generate",
          "telltale",
          "and",
          "cancel-on",
          "expect",
          "episode",
          "first-seen",
          "gap",
          "samples",
          "controls",
          "filter",
          "events",
          "at",
          "vary",
          "repeat",
          "times",
        ),
      },
      { weight: 1, arbitrary: fc.string() },
    );
    const scalar = fc.oneof(
      fc.constantFrom("sel", "event_count", "temporal", "10m", "not sel", "seen", "any", "high", null, true, 5, 0.5),
      fc.string(),
      fc.double(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, scalar, fc.array(tie("tree"), { maxLength: 4 }), fc.dictionary(key, tie("tree"), { maxKeys: 8 })),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree), fc.constantFrom("detection", "correlation", "filter"), tree, (document, kind, body) => {
        const text = JSON.stringify({ title: "t", logsource: { product: "p" }, ...document, [kind]: body });
        loadRules([{ file: "r.yml", text }]);
        readSamples({ file: "s.yml", text });
        readSamples({ file: "s.yml", text: JSON.stringify([{ name: "n", kind: "positive", events: body }]) });
      }),
      { numRuns: 400 },
    );
  });
});

it("reads a pattern that it wrote back to the same pattern", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("*", "?", "\\", "a", "any") }), (source) => {
      const pattern = readPattern(source);
      expect(readPattern(patternSource(pattern))).toEqual(pattern);
    }),
  );
});

it.each([
  ["condtion", "condition", 1],
  ["abc", "acb", 1],
  ["", "ab", 2],
  ["kitten", "sitting", 3],
])("counts the edits from %j to %j", (a, b, edits) => expect(editDistance(a, b)).toBe(edits));
