import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DetectError } from "../errors.ts";
import { readRuleFiles, readSampleFile } from "./files.ts";

describe("rule files", () => {
  let folder = "";
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "rules-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text = name) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const read = (...names: string[]) =>
    readRuleFiles(names.map((name) => join(folder, name))).map(({ file, text }) => [file.slice(folder.length + 1), text]);

  it("are all below a folder, sorted, without samples and hidden ones", () => {
    for (const name of ["b.yml", "a.yaml", "sub/c.YML", "a.samples.yaml", ".hidden/x.yml", "readme.md"]) write(name);
    expect(read("")).toEqual([
      ["a.yaml", "a.yaml"],
      ["b.yml", "b.yml"],
      ["sub/c.YML", "sub/c.YML"],
    ]);
  });

  it("are read once, however they are reached, and links in a circle end", () => {
    write("a.yml");
    write("sub/b.yml");
    symlinkSync(folder, join(folder, "sub", "up"));
    symlinkSync(join(folder, "a.yml"), join(folder, "z.yml"));
    symlinkSync(join(folder, "nowhere.yml"), join(folder, "broken.yml"));
    expect(read("", "a.yml").map(([file]) => file)).toEqual(["a.yml", "sub/b.yml"]);
  });

  it.each([
    ["nowhere", "there is no such file or folder"],
    ["empty", "no *.yml or *.yaml is in this folder"],
    ["large.yml", "it has more than 8 MB"],
    ["circle.yml", "its links lead in a circle"],
  ])("that are not there to be read are named: %s", (name, reason) => {
    mkdirSync(join(folder, "empty"));
    write("large.yml");
    truncateSync(join(folder, "large.yml"), 9 * 1024 * 1024);
    symlinkSync("circle.yml", join(folder, "circle.yml"));
    expect(() => read(name)).toThrow(new DetectError("RULES_UNREADABLE", { place: join(folder, name), problem: reason }));
  });

  it("have samples beside them, or none", () => {
    write("a.yaml");
    write("a.samples.yaml", "[]");
    expect(readSampleFile(join(folder, "a.yaml"))).toEqual({ file: join(folder, "a.samples.yaml"), text: "[]" });
    expect(readSampleFile(join(folder, "b.yaml"))).toBeUndefined();
  });
});
