import { expect, test } from "vitest";
import { SetupError } from "../errors.ts";
import type { RedactOptions } from "./index.ts";
import { createRedactor } from "./index.ts";

const key = "0123456789abcdef0123456789abcdef";
const bad: readonly (readonly [options: unknown, field: string, code: string])[] = [
  [null, "redact", "TELLTALE_BAD_OPTION"],
  [{ name: [] }, "redact.name", "TELLTALE_UNKNOWN_OPTION"],
  [{ names: "password" }, "redact.names", "TELLTALE_BAD_OPTION"],
  [{ names: ["a", " "] }, "redact.names[1]", "TELLTALE_BAD_OPTION"],
  [{ allow: [1] }, "redact.allow[0]", "TELLTALE_BAD_OPTION"],
  [{ patterns: [/a/] }, "redact.patterns[0].name", "TELLTALE_BAD_OPTION"],
  [{ patterns: [{ name: "a b", pattern: /a/ }] }, "redact.patterns[0].name", "TELLTALE_BAD_OPTION"],
  [{ patterns: [{ name: "a", pattern: "a" }] }, "redact.patterns[0].pattern", "TELLTALE_BAD_OPTION"],
  [{ patterns: [{ name: "a", pattern: /a*/ }] }, "redact.patterns[0].pattern", "TELLTALE_BAD_OPTION"],
  [{ maxDepth: 0 }, "redact.maxDepth", "TELLTALE_BAD_OPTION"],
  [{ maxNodes: 1.5 }, "redact.maxNodes", "TELLTALE_BAD_OPTION"],
  [{ maxLength: "1k" }, "redact.maxLength", "TELLTALE_BAD_OPTION"],
  [{ pseudonymize: {} }, "redact.pseudonymize.key", "TELLTALE_MISSING_KEY"],
  [{ pseudonymize: { key: "short", fields: ["ip"] } }, "redact.pseudonymize.key", "TELLTALE_MISSING_KEY"],
  [{ pseudonymize: { key: 1, fields: ["ip"] } }, "redact.pseudonymize.key", "TELLTALE_MISSING_KEY"],
  [{ pseudonymize: { key, keyId: "a_b", fields: ["ip"] } }, "redact.pseudonymize.keyId", "TELLTALE_BAD_OPTION"],
  [{ pseudonymize: { key, fields: [] } }, "redact.pseudonymize.fields", "TELLTALE_BAD_OPTION"],
  [{ pseudonymize: { key, fields: ["name"] } }, "redact.pseudonymize.fields[0]", "TELLTALE_BAD_OPTION"],
  [{ pseudonymize: { key, field: ["ip"] } }, "redact.pseudonymize.field", "TELLTALE_UNKNOWN_OPTION"],
];

test.each(bad)("%j is refused, naming the field", (options, field, code) => {
  try {
    createRedactor(options as RedactOptions);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError);
    expect(error).toMatchObject({ field, code });
  }
});

test("a misspelt option is told", () => {
  expect(() => createRedactor({ allows: [] } as RedactOptions, "log.redact")).toThrow(
    "log.redact.allows is not an option of the security log; did you mean allow?",
  );
});

test("names, allow and patterns of the application", () => {
  const redactor = createRedactor({
    names: ["badge number"],
    allow: ["reset_token"],
    patterns: [{ name: "badge", pattern: /\bB-\d{4}\b/i }],
  });
  expect(redactor.value({ badgeNumber: 1, BADGE_NUMBER: "x", resetToken: "abc", accessToken: "abc" })).toEqual({
    badgeNumber: "[redacted]",
    BADGE_NUMBER: "[redacted]",
    resetToken: "abc",
    accessToken: "[redacted]",
  });
  expect(redactor.text("card b-1234, badge number: 7 and reset_token=abc")).toBe(
    "card [redacted:badge], badge number: [redacted] reset_token=abc",
  );
  expect(redactor.value({ reset_token: "Bearer abcdef123456" })).toEqual({ reset_token: "Bearer [redacted:bearer]" });
});
