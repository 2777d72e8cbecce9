import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { frameworks } from "../packages/scan/src/frameworks/index.ts";
import { loggers } from "../packages/scan/src/loggers/index.ts";
import { catalogue } from "../packages/scan/src/rules/catalogue.ts";
import { fill, fixBlock, runBlocks, runExamples, runFix, tableBlocks } from "./readme.mjs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("README.md", () => {
  it("has current tables", () => {
    const filled = fill(readme, tableBlocks(frameworks, loggers, catalogue));
    expect(readme, "run: npm run docs").toBe(filled);
  });

  it("shows what the examples print today", () => {
    const run = runExamples();
    const filled = fill(readme, { ...runBlocks(run), ...fixBlock(runFix(run)) });
    expect(readme, "run: npm run docs").toBe(filled);
  });

  it("links to files that exist", () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(() => readFileSync(new URL(`../${link}`, import.meta.url)), link).not.toThrow();
  });
});

describe("fill", () => {
  it("replaces what stands between the marks, and refuses a text without them", () => {
    expect(fill("a <!-- x -->old<!-- /x --> b", { x: "new" })).toBe("a <!-- x -->\nnew\n<!-- /x --> b");
    expect(() => fill("no marks", { x: "new" })).toThrow(/no block/);
  });
});
