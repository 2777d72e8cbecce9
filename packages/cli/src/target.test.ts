import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insideRoot, targetOf } from "./target.ts";

let base: string;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "telltale-target-")));
  for (const folder of ["mono/.git", "mono/shop/src/auth", "mono/api", "loose/src"]) mkdirSync(join(base, folder), { recursive: true });
  for (const file of ["mono/package.json", "mono/shop/package.json", "mono/shop/src/auth/login.ts", "mono/api/a.ts", "loose/src/b.ts"])
    writeFileSync(join(base, file), "");
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("targetOf", () => {
  it.each([
    ["nothing: the current folder", "mono/shop", [], { root: "mono/shop", prefix: "" }],
    ["a project in it", "mono", ["shop"], { root: "mono/shop", prefix: "shop/" }],
    ["a part of the project", "mono/shop", ["src/auth"], { root: "mono/shop", prefix: "", paths: ["src/auth"] }],
    ["a part of a project in it", "mono", ["shop/src"], { root: "mono/shop", prefix: "shop/", paths: ["src"] }],
    ["a file", "mono", ["shop/src/auth/login.ts"], { root: "mono/shop", prefix: "shop/", paths: ["src/auth/login.ts"] }],
    ["several of one repository", "mono", ["shop/src", "api/a.ts"], { root: "mono", prefix: "", paths: ["shop/src", "api/a.ts"] }],
    ["a part, from outside", "loose", ["../mono/shop/src"], { root: "mono/shop", prefix: "<base>/mono/shop/", paths: ["src"] }],
    ["a folder that belongs to no project", "mono", ["../loose"], { root: "loose", prefix: "<base>/loose/" }],
    ["the same in the current folder", ".", ["loose"], { root: "loose", prefix: "loose/" }],
    ["the current folder by name", "mono/shop", ["."], { root: "mono/shop", prefix: "" }],
  ])("takes %s", (_name, cwd, paths, expected) => {
    expect(targetOf(paths, join(base, cwd))).toEqual({
      ...expected,
      root: join(base, expected.root),
      prefix: expected.prefix.replace("<base>", base),
    });
  });

  it("names a path that is not there", () => {
    expect(() => targetOf(["gone"], base)).toThrow('"gone" cannot be scanned: no such file or directory');
  });
});

describe("insideRoot", () => {
  it("names a file as the scan does", () => {
    expect(insideRoot("shop/src/auth/login.ts", join(base, "mono"), join(base, "mono/shop"))).toBe("src/auth/login.ts");
  });
});
