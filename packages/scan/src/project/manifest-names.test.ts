import { expect, test } from "vitest";
import { isManifest } from "./dependencies.ts";

test("setup.py names dependencies, but inside a Python package it is a module", () => {
  expect(isManifest("setup.py", ["setup.py", "README.md"])).toBe(true);
  expect(isManifest("setup.py", ["__init__.py", "setup.py"])).toBe(false);
  expect(isManifest("setup.cfg", ["__init__.py", "setup.cfg"])).toBe(true);
});
