import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { languagesAround } from "./project-languages.ts";

describe("the languages of a project", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "telltale-languages-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const having = (...paths: readonly string[]): void => {
    for (const path of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), "");
    }
  };
  const around = (path = ""): readonly string[] => [...languagesAround(join(root, path))].toSorted();

  it.each([
    ["package.json", ["js", "ts"]],
    ["mix.exs", ["elixir"]],
    ["requirements-dev.txt", ["python"]],
    ["Shop.csproj", ["csharp"]],
    ["build.gradle.kts", ["java", "kotlin"]],
  ])("are told by %s", (manifest, languages) => {
    having(manifest);
    expect(around()).toEqual(languages);
  });

  it("are those of the project that a folder lies in, and of its packages", () => {
    having(".git/HEAD", "apps/api/mix.exs", "apps/web/package.json", "apps/web/src/app.ts");
    expect(around()).toEqual(["elixir", "js", "ts"]);
    expect(around("apps/web/src")).toEqual(["js", "ts"]);
  });

  it("are not those of what it depends on", () => {
    having("mix.exs", "deps/plug/rebar.config", "deps/tool/Cargo.toml", "node_modules/x/package.json", ".venv/pyproject.toml");
    expect(around()).toEqual(["elixir"]);
  });
});
