import { expect, it } from "vitest";
import { bracketPath, isSource, tellingName } from "./file-paths.ts";

it.each([
  ["(shop)/users/[id]", "/users/:id"],
  ["@modal/users/[id=int]", "/users/:id"],
  ["[[lang]]/files/[...path]", "/:lang?/files/*"],
  ["docs/[[...slug]]", "/docs/*"],
  ["user-[name]", "/user-:name"],
  ["", "/"],
])("%s → %s", (folders, path) => {
  expect(bracketPath(folders.split("/"))).toBe(path);
});

it("leaves out tests and declarations", () => {
  expect(["a/route.ts", "a/route.test.ts", "a/route.d.ts", "__tests__/route.ts", "route.mjs", "route.css"].filter(isSource)).toEqual([
    "a/route.ts",
    "route.mjs",
  ]);
});

it.each([
  ["functions/login.ts", "login"],
  ["functions/login/index.ts", "login"],
  ["login/src/handler.mjs", "login"],
  ["index.js", "index"],
])("%s is called %s", (path, name) => {
  expect(tellingName(path)).toBe(name);
});
