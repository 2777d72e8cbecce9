import { describe, expect, it } from "vitest";
import { statusByName } from "./http/statuses.ts";
import { joinPaths, verbOf } from "./reading.ts";

describe("joinPaths", () => {
  it.each([
    [["/api/", "login"], "/api/login"],
    [["/api", "/"], "/api"],
    [["", undefined, "/x"], "/x"],
    [["/", "/"], "/"],
    [["/api", "*"], "/api/*"],
    [["*"], "*"],
    [[], "/"],
  ])("%j is %s", (pieces, path) => {
    expect(joinPaths(...pieces)).toBe(path);
  });
});

describe("statusByName", () => {
  it.each([
    ["UNAUTHORIZED", 401],
    ["NotFound", 404],
    ["too_many_requests", 429],
    ["HTTP_403_FORBIDDEN", 403],
    ["SC_UNAUTHORIZED", 401],
    ["status", undefined],
    ["toString", undefined],
  ])("%s is %s", (name, status) => {
    expect(statusByName(name)).toBe(status);
  });
});

describe("verbOf", () => {
  it("knows router methods and nothing that every object has", () => {
    expect([verbOf("del"), verbOf("post"), verbOf("constructor"), verbOf("use")]).toEqual(["DELETE", "POST", undefined, undefined]);
  });
});
