import { describe, expect, it } from "vitest";
import { explain, handlerAt } from "./explain.ts";
import { badPassword, callback, context, login, place, sample } from "./fixtures/result.ts";

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
});
