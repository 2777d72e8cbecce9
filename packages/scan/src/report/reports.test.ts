import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { bareLogger, context, empty, leak, sample, silentLogin } from "./fixtures/result.ts";
import { reports } from "./index.ts";
import type { Finding, Report, Result } from "./result.ts";
import { reportJsonSchema } from "./schema.ts";

function report(id: string): Report {
  const found = reports.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no report ${id}`);
  return found;
}

const hostile = "a\u001b[31mb\u202ec\u200bd\u0085e\ud800f\u{e0041}g\r\nh";

/** The sample, with what an attacker may put into the scanned sources wherever text comes from there. */
const hostileResult: Result = {
  ...sample,
  handlers: sample.handlers.map((handler) => ({ ...handler, handler: hostile, route: hostile })),
  findings: [
    {
      ...silentLogin,
      place: { ...silentLogin.place, file: hostile },
      handler: hostile,
      route: hostile,
      message: hostile,
      because: hostile,
      write: [{ kind: "failure", event: "e", line: hostile }],
      silent: silentLogin.silent.map((outcome) => ({ ...outcome, end: hostile, file: hostile })),
    },
    {
      ...leak,
      place: { ...leak.place, file: hostile },
      handler: hostile,
      message: hostile,
      because: hostile,
      gain: hostile,
      instead: hostile,
      flow: leak.flow.map((step) => ({ ...step, file: hostile, note: hostile })),
    },
  ],
  suppressionProblems: [{ file: hostile, line: 1, message: hostile }],
  notAnalysed: [{ file: hostile, reason: "syntax", message: hostile }],
};

describe("reports", () => {
  it("stand one to a file", () => {
    const files = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => entry.name.replace(".ts", ""))
      .filter((name) => !["index", "result", "schema", "explain"].includes(name));
    expect(reports.map(({ id }) => id).sort(), "add the file to report/index.ts").toEqual(files.sort());
  });

  it.each(reports)("$id shows nothing that a terminal obeys", ({ render }) => {
    const text = render(hostileResult, { ...context, source: () => `x\n${hostile}\ny`, verbose: true });
    // oxlint-disable-next-line no-control-regex -- to find them is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\ud800-\udfff]|\u{e0041}/u);
  });

  it.each(reports)("$id is the same on every run", ({ render }) => {
    expect(render(sample, context)).toBe(render(structuredClone(sample), context));
  });

  it.each(["text", "github", "agent"])("%s reads as in its fixture", async (id) => {
    await expect(report(id).render(sample, context)).toMatchFileSnapshot(`fixtures/sample.${id}.txt`);
  });

  it.each(["text", "github", "agent"])("%s names files from where the command was run", (id) => {
    expect(report(id).render(sample, { ...context, prefix: "apps/shop/" })).toContain("apps/shop/src/routes/login.ts");
  });
});

describe("text", () => {
  const { render } = report("text");

  it("does not call it clean where nothing was examined", () => {
    expect(render(empty, context)).toContain("No handlers found");
    expect(render(empty, context)).not.toContain("No findings");
  });

  it("marks every silent end in code, also in another file", () => {
    const text = render(sample, context);
    expect(text).toContain('> 6 |     return res.status(401).json({ error: "Wrong e-mail or password" });');
    expect(text).toContain("in src/services/tokens.ts:4");
    expect(text).toContain("^ not recorded: failure: throws ForbiddenError");
  });

  it("names the place of a silent end whose source is gone", () => {
    const text = render(sample, { ...context, source: () => undefined });
    expect(text).toContain('not recorded: failure: answers 401 "Wrong e-mail or password" at src/routes/login.ts:6');
  });

  it("names each end of a line once, and far away the folder once", () => {
    const both = (["success", "failure"] as const).map((kind) => ({ ...silentLogin.silent[0]!, kind, end: "answers 200" }));
    const text = render({ ...sample, findings: [{ ...silentLogin, silent: both }] }, { ...context, prefix: "/srv/code/shop/" });
    expect(text).toContain("^ not recorded: success and failure: answers 200");
    expect(text).toContain("In /srv/code/shop/");
    expect(text).toContain("    src/routes/login.ts:3:1  login");
    expect(text.split("/srv/code/shop/")).toHaveLength(2);
  });

  it("underlines what is wrong, behind tabs too, and tells the way of the value in steps", () => {
    const text = render({ ...sample, findings: [leak] }, context);
    expect(text).toContain('> 5 |   logger.info({ to: email, first }, "invited");\n        |                            ^^^^^ logged here');
    expect(text).toContain("flow     1. reads req.body.password (src/routes/login.ts:4)\n             2. passed to invite() (line 3)");
    expect(text).toContain("4. logged here (line 5)");
    expect(text).toContain('instead  logger.info({ to: email }, "invited");');
  });

  it("underlines to the end of a line what goes on below, and points at the line where the code was cut off", () => {
    const at = (place: Partial<Finding["place"]>, source: string): string =>
      render({ ...sample, findings: [{ ...leak, place: { ...leak.place, ...place } }] }, { ...context, source: () => source });
    const lines = (last: string): string => `\n\n\n\n${last}\n`;
    expect(at({ column: 3, endLine: 7 }, lines("  log.info("))).toContain("  log.info(\n        |   ^^^^^^^^^ logged here");
    expect(at({ column: 300, endColumn: 310 }, lines(`  ${"x".repeat(400)}`))).toContain("\n        |   ^ logged here");
  });

  it("shortens a long way in the middle, and shows it whole on demand", () => {
    const flow = Array.from({ length: 20 }, (_, index) => ({ ...leak.flow[1]!, note: `step ${index + 1}` }));
    const short = render({ ...sample, findings: [{ ...leak, flow }] }, context);
    expect(short).toContain("… 12 more …");
    expect(short).not.toContain("step 10");
    expect(short).toContain("20. logged here");
    expect(render({ ...sample, findings: [{ ...leak, flow }] }, { ...context, verbose: true })).toContain("10. step 10");
  });

  it("shows what is worst first, gaps before the rest, and counts by rule", () => {
    const heads = render({ ...sample, findings: [bareLogger, { ...leak, severity: "high" }, silentLogin] }, context).match(
      /^ {2}(?:high|low) +\S+/gm,
    );
    expect(heads?.map((head) => head.trim().split(/ +/)[1])).toEqual([
      "missing-failure-log",
      "sensitive-data-in-log",
      "unprotected-logger",
    ]);
    expect(render(sample, context)).toMatch(/4 findings: 1 critical, 1 high, 1 medium, 1 low.*\n {2}missing-security-log +1 {2}1 medium\n/);
  });

  it("does not let many findings of one rule bury those of another", () => {
    const many: Finding[] = Array.from({ length: 80 }, (_, index) => ({
      ...leak,
      rule: "incomplete-security-log",
      severity: "medium",
      place: { ...leak.place, line: index + 1 },
      fingerprint: String(index).padStart(16, "0"),
    }));
    const low: Finding = { ...leak, rule: "log-injection", severity: "low" };
    const text = render({ ...sample, findings: [...many, low, leak, leak, leak] }, context);
    expect(text.split("because").length - 1).toBe(3 + 8 + 1);
    expect(text.indexOf("sensitive-data-in-log")).toBeLessThan(text.indexOf("incomplete-security-log"));
    expect(text).toContain("72 findings shown in one line");
  });

  it("names no handler where none is, and nothing in its place", () => {
    expect(render({ ...sample, findings: [bareLogger] }, context)).toContain("  low      unprotected-logger\n    src/logger.ts:3:23\n");
  });

  it("colours only when asked to", () => {
    expect(render(sample, context)).not.toContain("\u001b");
    expect(render(sample, { ...context, colour: true })).toContain("\u001b[31m");
  });

  it("keeps a long list readable and loses none of it", () => {
    const many: Finding[] = Array.from({ length: 100 }, (_, index) => ({
      ...silentLogin,
      severity: index === 99 ? "critical" : "low",
      place: { ...silentLogin.place, line: index + 1 },
      handler: `h${index}`,
      route: null,
    }));
    const short = render({ ...sample, findings: many }, context);
    const long = render({ ...sample, findings: many }, { ...context, verbose: true });
    for (const { handler } of many) expect(short).toMatch(new RegExp(`missing-failure-log  ${handler}\\b`));
    expect(short.split("because").length - 1).toBe(40);
    expect(short.split("h99")[1]).toContain("because");
    expect(short).toContain("60 findings shown in one line");
    expect(long.split("because").length - 1).toBe(100);
  });

  it("cuts the list of files that were not analysed, and all of it on demand", () => {
    const notAnalysed = Array.from({ length: 9 }, (_, index) => ({
      file: `f${index}.js`,
      reason: "minified" as const,
      message: "one line of 90 kB",
    }));
    const short = render({ ...sample, notAnalysed }, context);
    expect(short).toContain("9 files not analysed");
    expect(short).toContain("f4.js");
    expect(short).not.toContain("f5.js");
    expect(short).toContain("… and 4 more");
    expect(render({ ...sample, notAnalysed }, { ...context, verbose: true })).toContain("f8.js");
  });
});

describe("github", () => {
  it("keeps a message from ending its command or starting another", () => {
    const finding = { ...silentLogin, message: "a%b\n::error::c", handler: "x,y:z::", route: null };
    const text = report("github").render({ ...empty, findings: [finding] }, context);
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    expect(text).toMatch(/^::error file=src\/routes\/login\.ts,line=3,col=1,title=/);
    expect(text).toContain("x%2Cy%3Az%3A%3A");
    expect(text).toContain("a%25b\\n::error::c");
  });

  it("has a title also where nothing is named", () => {
    expect(report("github").render({ ...empty, findings: [bareLogger] }, context)).toContain(",title=unprotected-logger::");
  });
});

describe("json", () => {
  const validate = new Ajv({ strict: false }).compile(reportJsonSchema());

  it.each([sample, empty, hostileResult])("keeps its published schema", (result) => {
    const value: unknown = JSON.parse(report("json").render(result, context));
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
  });

  it("loses nothing", () => {
    expect(JSON.parse(report("json").render(hostileResult, context))).toEqual(hostileResult);
  });
});

describe("sarif", () => {
  const ajv = addFormats.default(new Ajv({ strict: false, unicodeRegExp: false }));
  const schema = JSON.parse(readFileSync(new URL("fixtures/sarif-schema-2.1.0.json", import.meta.url), "utf8"));
  // The schema is draft 4; what it uses means the same in draft 7 but for the name of its id.
  const { $schema: _, id: __, ...body } = schema;
  const validate = ajv.compile(body);

  it.each([
    ["a full result", sample],
    ["an empty result", empty],
    ["a hostile result", hostileResult],
  ])("of %s keeps the official schema", (_name, result) => {
    const value: unknown = JSON.parse(report("sarif").render(result, context));
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
  });

  it("is refused by the schema when broken", () => {
    const value = JSON.parse(report("sarif").render(sample, context));
    value.runs[0].results[0].level = "severe";
    expect(validate(value)).toBe(false);
  });

  const run = JSON.parse(report("sarif").render(sample, { ...context, prefix: "apps/the shop/" })).runs[0];

  it("carries fingerprint, flow and related places", () => {
    const [first, second] = run.results.filter((each: { ruleId: string }) => each.ruleId.startsWith("missing-"));
    const accepted = run.results.at(-1);
    expect(first.partialFingerprints).toEqual({ "telltale/v1": "0123456789abcdef" });
    expect(first.level).toBe("error");
    expect(run.tool.driver.rules[first.ruleIndex].id).toBe(first.ruleId);
    expect(second.codeFlows).toHaveLength(2);
    const steps = second.codeFlows[1].threadFlows[0].locations;
    expect(
      steps.map(
        (step: { location: { physicalLocation: { region: { startLine: number } } } }) => step.location.physicalLocation.region.startLine,
      ),
    ).toEqual([8, 9]);
    expect(accepted.suppressions).toEqual([{ kind: "inSource", status: "accepted", justification: "audited by the proxy" }]);
  });

  it("carries the way of a value, from its source to the place", () => {
    const result = run.results.find((each: { ruleId: string }) => each.ruleId === leak.rule);
    const [{ threadFlows }] = result.codeFlows;
    const told = threadFlows[0].locations.map(
      ({ location }: { location: { message: { text: string }; physicalLocation: { region: { startLine: number } } } }) =>
        `${location.physicalLocation.region.startLine} ${location.message.text}`,
    );
    expect(told).toEqual(leak.flow.map(({ line, note }) => `${line} ${note}`));
    expect(result.relatedLocations.map((each: { id: number }) => each.id)).toEqual([0, 1, 2]);
    expect(result.message.text).toContain("Write instead: logger.info");
  });

  it("names no function where there is none", () => {
    const result = run.results.find((each: { ruleId: string }) => each.ruleId === bareLogger.rule);
    expect(result.locations[0]).not.toHaveProperty("logicalLocations");
    expect(result.codeFlows).toEqual([]);
  });

  it("names every file that it refers to, as a reference from where the command was run", () => {
    const named = JSON.stringify(run.results).match(/"uri":"[^"]*"/g) ?? [];
    const artifacts = new Set(run.artifacts.map((each: { location: { uri: string } }) => `"uri":"${each.location.uri}"`));
    expect(named.length).toBeGreaterThan(0);
    for (const uri of named) expect(artifacts).toContain(uri);
    expect(run.artifacts[0].location).toEqual({ uri: "apps/the%20shop/src/app.ts", uriBaseId: "SRCROOT" });
  });

  it("tells what was not analysed", () => {
    const [notification] = run.invocations[0].toolExecutionNotifications;
    expect(notification.descriptor.id).toBe("not-analysed/too-large");
  });
});
