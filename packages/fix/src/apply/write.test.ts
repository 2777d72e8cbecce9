import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeChanges } from "./write.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-write-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("writing what was fixed", () => {
  it("keeps byte order mark, line ends and mode", () => {
    const before = "\uFEFFa\r\nb";
    writeFileSync(join(root, "a.js"), before);
    chmodSync(join(root, "a.js"), 0o755);
    expect(writeChanges(root, [{ file: "a.js", before, after: "\uFEFFa\r\nc\r\nb" }])).toEqual([]);
    expect(readFileSync(join(root, "a.js"))).toEqual(Buffer.from("\uFEFFa\r\nc\r\nb"));
    expect(readdirSync(root)).toEqual(["a.js"]);
  });

  it("leaves a file alone that changed since it was read", () => {
    writeFileSync(join(root, "a.js"), "newer");
    const [left] = writeChanges(root, [{ file: "a.js", before: "older", after: "fixed" }]);
    expect(left?.reason).toContain("changed since it was read");
    expect(readFileSync(join(root, "a.js"), "utf8")).toBe("newer");
  });

  it("leaves a file alone that is not UTF-8", () => {
    const bytes = Buffer.from([0x61, 0xe9, 0x0a]);
    writeFileSync(join(root, "a.js"), bytes);
    expect(writeChanges(root, [{ file: "a.js", before: bytes.toString("utf8"), after: "fixed" }])).toHaveLength(1);
    expect(readFileSync(join(root, "a.js"))).toEqual(bytes);
  });

  it("writes the others where one cannot be written", () => {
    writeFileSync(join(root, "a.js"), "a");
    writeFileSync(join(root, "b.js"), "b");
    chmodSync(join(root, "a.js"), 0o444);
    const left = writeChanges(root, [
      { file: "a.js", before: "a", after: "A" },
      { file: "b.js", before: "b", after: "B" },
    ]);
    expect(left).toEqual([{ file: "a.js", reason: "it may not be written" }]);
    expect([readFileSync(join(root, "a.js"), "utf8"), readFileSync(join(root, "b.js"), "utf8")]).toEqual(["a", "B"]);
  });
});
