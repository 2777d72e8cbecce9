import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errors, TelltaleError } from "./errors.ts";
import type { ErrorCode } from "./errors.ts";
import { published } from "./published.ts";

describe("pages and schemas written from tables", () => {
  it.each(Object.entries(published))("%s is current", (path, text) => {
    const stands = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
    expect(stands, "run: npm run build && node packages/scan/scripts/publish.mjs").toBe(text());
  });
});

describe("errors", () => {
  it.each(Object.keys(errors) as ErrorCode[])("%s leaves no hole in its sentence", (code) => {
    const names = [...errors[code].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const error = new TelltaleError(code, Object.fromEntries(names.map((name) => [name, "<value>"])));
    expect(error.message).not.toMatch(/[{}]/);
    expect(error.message.split("<value>")).toHaveLength(names.length + 1);
  });

  it("put the place in front", () => {
    const error = new TelltaleError("TT1002", { cause: "x" }, { file: "a.yaml", line: 3, column: 1 });
    expect(error.message).toBe("a.yaml:3:1: the config is not valid YAML: x");
  });
});
