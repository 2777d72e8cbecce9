import { describe, expect, it } from "vitest";
import { readOutputs } from "./output.ts";

const read = (...formats: readonly string[]): readonly (readonly [string, string | undefined])[] =>
  readOutputs(formats).map(({ report, file }) => [report.id, file]);

describe("readOutputs", () => {
  it("prints text where nothing is asked for", () => {
    expect(read()).toEqual([["text", undefined]]);
  });

  it("takes several, each to its place", () => {
    expect(read("text", "json=out/a=b.json", "sarif=x.sarif")).toEqual([
      ["text", undefined],
      ["json", "out/a=b.json"],
      ["sarif", "x.sarif"],
    ]);
  });

  it.each([
    [["jsn"], 'unknown format "jsn"; did you mean "json"?'],
    [["json", "text"], "two formats would be written to standard output"],
    [["json=a", "sarif=a"], "two formats would be written to a"],
    [["json="], "--format json= names no file"],
  ])("refuses %j", (formats, message) => {
    expect(() => readOutputs(formats)).toThrow(message);
  });
});
