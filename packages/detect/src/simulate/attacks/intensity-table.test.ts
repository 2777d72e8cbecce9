import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { intensityTable } from "./intensity-table.ts";

it("stands in docs/simulate.md as it is", () => {
  const page = readFileSync(new URL("../../../../../docs/simulate.md", import.meta.url), "utf8");
  const table = page.slice(page.indexOf("<!-- intensities -->") + "<!-- intensities -->".length, page.indexOf("<!-- /intensities -->"));
  expect(table.trim()).toBe(intensityTable());
});
