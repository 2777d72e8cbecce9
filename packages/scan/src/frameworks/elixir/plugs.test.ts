import { beforeAll, describe, expect, it } from "vitest";
import type { ContainerIR } from "../../ir/nodes.ts";
import { fileOf } from "../../languages/harness/reading.ts";
import { elixir } from "../../languages/elixir/index.ts";
import { plugsAtTop, runsFor } from "./plugs.ts";

beforeAll(() => elixir.load?.());

function moduleWith(...lines: readonly string[]): ContainerIR {
  const file = fileOf(elixir, "sample.ex", `defmodule Sample do\n  use Web, :controller\n  ${lines.join("\n  ")}\nend\n`);
  return file.containers[0]!;
}

describe("plug with a guard", () => {
  const runs = (line: string, action: string) => plugsAtTop(moduleWith(line)).map((use) => runsFor(use, action));

  it.each([
    ["plug :auth when action in [:create, :delete]", "delete", true],
    ["plug :auth when action in [:create, :delete]", "index", false],
    ["plug :auth, role: :admin when action == :delete", "delete", true],
    ["plug :auth, role: :admin when action == :delete", "index", false],
    ["plug :auth, [role: :admin] when action not in [:index]", "delete", true],
    ["plug :auth, [role: :admin] when action not in [:index]", "index", false],
    ["plug :auth when action != :index", "index", false],
    ["plug :auth when action in [:show] or action == :edit", "edit", true],
    ["plug Web.Auth when action not in [:show] and action != :edit", "edit", false],
    ["plug :auth when action in ~w(show edit)a", "edit", true],
    ["plug :auth when action in ~w(show edit)a", "index", false],
    ["plug :auth when action in @guarded", "index", true],
    ["plug :auth", "index", true],
  ])("%s, %s: %s", (line, action, expected) => {
    expect(runs(line, action)).toEqual([expected]);
  });
});
