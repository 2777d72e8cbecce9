import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSettings } from "./settings.ts";

let top: string;

beforeEach(() => (top = mkdtempSync(join(tmpdir(), "telltale-settings-"))));
afterEach(() => rmSync(top, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), text);
}

it("takes the settings of the nearest folder", () => {
  write(".prettierrc", "printWidth: 120\n");
  write("apps/web/.prettierrc", '{ "singleQuote": true }');
  expect(createSettings(top)("apps/web/src")).toEqual({ single: true });
  expect(createSettings(top)("apps/api")).toEqual({ width: 120 });
});

it("looks above the project, as far as the repository goes", () => {
  write(".prettierrc", "printWidth: 60\n");
  write("repository/.git/HEAD", "ref: refs/heads/main\n");
  write("repository/apps/shop/package.json", "{}");
  expect(createSettings(join(top, "repository/apps/shop"))("src")).toEqual({});
  write("repository/.oxfmtrc.jsonc", '{ "printWidth": 140 }');
  expect(createSettings(join(top, "repository/apps/shop"))("src")).toEqual({ width: 140 });
});

it("reads package.json and .editorconfig where they say something of it", () => {
  write("package.json", '{ "prettier": { "semi": false, "tabWidth": 4 } }');
  expect(createSettings(top)("")).toEqual({ semi: false, step: 4 });
  write("sub/.editorconfig", "root = true\n[*]\nindent_style = tab\nmax_line_length = 90\n");
  expect(createSettings(top)("sub")).toEqual({ width: 90, tabs: true });
});
