import { describe, expect, it } from "vitest";
import { explain, explainLine, handlerAt } from "./explain.ts";
import { badPassword, bareLogger, callback, context, leak, login, place, sample } from "./fixtures/result.ts";

describe("explain", () => {
  it("finds the innermost handler of a line", () => {
    const inner = { ...login, line: 5, endLine: 7, handler: "inner" };
    const result = { ...sample, handlers: [login, inner] };
    expect(handlerAt(result, login.file, 6)?.handler).toBe("inner");
    expect(handlerAt(result, login.file, 9)?.handler).toBe("login");
    expect(handlerAt(result, login.file, 11)).toBeUndefined();
    expect(handlerAt(result, "other.ts", 6)).toBeUndefined();
  });

  it("reads as in its fixture", async () => {
    await expect(explain(sample, login, context)).toMatchFileSnapshot("fixtures/sample.explain.txt");
  });

  it("leaves out what calls did that came back", () => {
    const step = (file: string, line: number, note: string) => ({ ...place(file, line), note });
    const way = [step(login.file, 4, "calls check"), step("src/check.ts", 2, "if cached"), step(login.file, 5, "if !user")];
    const elsewhere = {
      ...badPassword,
      file: "src/refuse.ts",
      line: 9,
      path: [
        ...way,
        step(login.file, 6, "calls refuse"),
        step("src/refuse.ts", 8, "unless admin"),
        step("src/refuse.ts", 9, badPassword.end),
      ],
    };
    const text = explain(sample, { ...login, outcomes: [{ ...badPassword, path: way }, elsewhere] }, context);
    const told = text
      .split("\n")
      .filter((line) => /^ {4}(?:via|ends)/.test(line))
      .map((line) => line.trim().split(/ {2,}/).at(-1));
    expect(told).toEqual(["if !user", badPassword.end, "if !user", "calls refuse", "unless admin", badPassword.end]);
  });

  it("names the call that could not be resolved", () => {
    const text = explain(sample, callback, context);
    expect(text).toContain("unknown whether recorded");
    expect(text).toContain("provider.exchange");
  });

  it("tells of a finding elsewhere whose value passes through the handler", () => {
    const text = explain(sample, login, context);
    expect(text).toContain(`critical sensitive-data-in-log: ${leak.message}\n    at src/mail.ts:5`);
    expect(explain(sample, { ...login, line: 8, endLine: 9 }, context)).not.toContain("sensitive-data-in-log");
  });
});

describe("explain where no handler stands", () => {
  it("tells the finding of a line, of the steps to it, and of the same function", () => {
    const other = { ...leak, place: { ...leak.place, line: 30, endLine: 30 }, flow: [], message: "another line of the same function" };
    const result = { ...sample, findings: [leak, other, bareLogger] };
    for (const line of [5, 3]) {
      const text = explainLine(result, leak.place.file, line, context);
      expect(text).toContain("no handler stands at this line");
      expect(text).toContain("flow 1. reads req.body.password (src/routes/login.ts:4)");
      expect(text).toContain('write instead: logger.info({ to: email }, "invited");');
      expect(text).toContain(other.message);
      expect(text).not.toContain(bareLogger.rule);
    }
  });

  it("tells only what stands there at the top level, also what was accepted", () => {
    const suppressed = [{ finding: bareLogger, by: "comment" as const, reason: "a test double" }];
    const text = explainLine({ ...sample, findings: [], suppressed }, bareLogger.place.file, 3, context);
    expect(text).toMatch(/^src\/logger\.ts:3\n/);
    expect(text).toContain("accepted by comment: a test double");
  });

  it("has nothing to tell of a line without findings", () => {
    expect(explainLine(sample, leak.place.file, 1, context)).toBeUndefined();
    expect(explainLine(sample, "src/other.ts", 5, context)).toBeUndefined();
  });
});
