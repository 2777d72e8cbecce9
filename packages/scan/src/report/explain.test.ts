import { describe, expect, it } from "vitest";
import { explain, handlerAt } from "./explain.ts";
import { callback, context, login, sample } from "./fixtures/result.ts";

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

  it("names the call that could not be resolved", () => {
    const text = explain(sample, callback, context);
    expect(text).toContain("unknown whether recorded");
    expect(text).toContain("provider.exchange");
  });
});
