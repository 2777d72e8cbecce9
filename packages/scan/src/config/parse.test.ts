import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { TelltaleError } from "../errors.ts";
import { defaultConfig, parseConfig } from "./parse.ts";
import { configJsonSchema } from "./schema.ts";

const full = `
include: ["src/**"]
exclude: ["**/*.gen.ts"]
rules:
  missing-success-log: off
  missing-failure-log: critical
loggers:
  - secLog
  - name: AppLogger.event
    level: warn
audit: [AuditService.record]
actions:
  - handler: "DELETE /drafts/*"
    action: none
    reason: drafts are the user's own
baseline: telltale-baseline.json
failOn: high
`;

function failure(text: string): TelltaleError {
  try {
    parseConfig(text, "telltale.yaml");
  } catch (error) {
    if (error instanceof TelltaleError) return error;
    throw error;
  }
  throw new Error("the config was accepted");
}

describe("parseConfig", () => {
  it("reads every key", () => {
    expect(parseConfig(full, "telltale.yaml")).toEqual({
      include: ["src/**"],
      exclude: ["**/*.gen.ts"],
      rules: { "missing-success-log": "off", "missing-failure-log": "critical" },
      loggers: [{ name: "secLog" }, { name: "AppLogger.event", level: "warn" }],
      audit: ["AuditService.record"],
      actions: [{ handler: "DELETE /drafts/*", action: "none", reason: "drafts are the user's own" }],
      baseline: "telltale-baseline.json",
      failOn: "high",
    });
  });

  it.each(["", "# only a comment\n", "{}"])("takes %j as the defaults", (text) => {
    expect(parseConfig(text, "telltale.yaml")).toEqual(defaultConfig);
  });

  it("names an unknown key, its place and the nearest valid one", () => {
    const error = failure("include: []\nexlude:\n  - x\n");
    expect(error.code).toBe("TT1003");
    expect(error.message).toBe('telltale.yaml:2:1: unknown key "exlude"; did you mean "exclude"?');
  });

  it.each([
    ["rules:\n  missing-failure-logs: off\n", '2:3: unknown key "rules.missing-failure-logs"; did you mean "missing-failure-log"?'],
    ["loggers:\n  - name: a\n    levle: info\n", '3:5: unknown key "loggers[0].levle"; did you mean "level"?'],
    [
      "actions:\n  - files: x\n    acton: none\n    action: none\n    reason: y\n",
      '3:5: unknown key "actions[0].acton"; did you mean "action"?',
    ],
    ["zzzzzzzzzzzz: 1\n", '1:1: unknown key "zzzzzzzzzzzz"'],
  ])("finds the nearest key inside: %j", (text, message) => {
    expect(failure(text).message).toBe(`telltale.yaml:${message}`);
  });

  it.each([
    ["failOn: severe\n", "telltale.yaml:1:9: failOn: "],
    ["rules:\n  missing-failure-log: loud\n", "telltale.yaml:2:24: rules.missing-failure-log: "],
    ["include: src\n", "telltale.yaml:1:10: include: "],
    ["loggers: [3]\n", "telltale.yaml:1:11: loggers[0]: "],
    ["actions:\n  - action: none\n    reason: x\n", "telltale.yaml:2:5: actions[0]: files or handler is needed"],
    ["actions:\n  - files: a\n    action: none\n", "telltale.yaml:2:5: actions[0]: an action of none needs a reason"],
    ["- a\n", "telltale.yaml:1:1: config: "],
  ])("says where a value is wrong: %j", (text, message) => {
    const error = failure(text);
    expect(error.code).toBe("TT1004");
    expect(error.message).toContain(message);
  });

  it("says where the YAML breaks", () => {
    const error = failure("include: [a\nexclude: {\n");
    expect(error.code).toBe("TT1002");
    expect(error.message).toMatch(/^telltale\.yaml:\d+:\d+: the config is not valid YAML: [^\n]+$/);
  });

  it("refuses aliases that blow up", () => {
    const rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++) {
      const last = String.fromCharCode(96 + i);
      rows.push(`${String.fromCharCode(97 + i)}: &${String.fromCharCode(97 + i)} [${`*${last},`.repeat(10)}]`);
    }
    expect(failure(rows.join("\n")).code).toBe("TT1002");
  });
});

describe("the published schema", () => {
  const validate = new Ajv({ strict: false }).compile(configJsonSchema());

  it("accepts what the command accepts", () => {
    expect(validate(parse(full))).toBe(true);
  });

  it.each(["exlude: []", "failOn: severe", "loggers: [{ nam: x }]"])("refuses %s", (text) => {
    expect(validate(parse(text))).toBe(false);
  });

  it("stands in the package", () => {
    const published = JSON.parse(readFileSync(new URL("../../schemas/config.schema.json", import.meta.url), "utf8"));
    expect(published).toEqual(configJsonSchema());
  });
});
