import { beforeAll, describe, expect, test } from "vitest";
import type { ContainerIR } from "../../ir/nodes.ts";
import { fileOf } from "../harness/reading.ts";
import { elixir } from "./index.ts";

beforeAll(() => elixir.load?.());

function modules(text: string): readonly ContainerIR[] {
  const result = fileOf(elixir, "p.ex", text);
  return result.containers;
}

/** What the first `use` of the last module brings in from the first module. */
function brought(text: string) {
  const all = modules(text);
  const [mixin] = all;
  const use = all.at(-1)?.mixins[0];
  if (!mixin || !use) throw new Error("nothing is used");
  const found = elixir.mixedIn?.(mixin, use.args);
  return {
    imports: found?.imports.map(({ local, source, only }) => [local, source, ...(only ?? [])].join(" ")),
    mixins: found?.mixins.map(({ name, args }) => [name, ...args.map((arg) => arg.kind)].join(" ")),
  };
}

describe("mixedIn", () => {
  test("the function that the argument names, and the helpers that it quotes", () => {
    const web = `
      defmodule AppWeb do
        alias AppWeb.Endpoint
        def controller do
          quote do
            use Phoenix.Controller, formats: [:html]
            import Plug.Conn, only: [halt: 1]
            alias Endpoint.Config, as: Settings
            alias AppWeb.{Auth, Audit}
            unquote(routes())
          end
        end
        def view do
          quote do
            import AppWeb.Views
          end
        end
        defp routes do
          quote do
            use Phoenix.VerifiedRoutes, endpoint: Endpoint
          end
        end
        defmacro __using__(which) when is_atom(which), do: apply(__MODULE__, which, [])
      end
      defmodule AppWeb.PageController do
        use AppWeb, :controller
      end`;
    expect(brought(web)).toEqual({
      imports: ["* Plug.Conn halt", "Settings AppWeb.Endpoint.Config", "Auth AppWeb.Auth", "Audit AppWeb.Audit"],
      mixins: ["Phoenix.Controller record", "Phoenix.VerifiedRoutes record"],
    });
    expect(modules(web)[0]?.imports.map(({ local }) => local)).toEqual(["Endpoint"]);
  });

  test("a plain __using__: its quote, conditions included, and the functions that it defines", () => {
    expect(
      brought(`
        defmodule Audited do
          defmacro __using__(opts) do
            quote bind_quoted: [opts: opts] do
              if opts[:db], do: import(Audited.Repo)
              require Logger
              def audit(event), do: Logger.info(event)
            end
          end
        end
        defmodule Job do
          use Audited, db: true
        end`),
    ).toEqual({ imports: ["* Audited.Repo", "Logger Logger", "* Audited audit"], mixins: [] });
  });

  test("functions that a macro defines are found in its module by name, unless it has its own", () => {
    const [module] = modules(`
      defmodule M do
        defmacro __using__(_) do
          quote do
            def given(x), do: x
            def own(x), do: x
          end
        end
        def own(y), do: y
      end`);
    expect(module?.functions.map(({ name }) => name)).toEqual(["__using__", "own", "given"]);
  });

  test("a module without __using__ brings nothing", () => {
    expect(brought("defmodule A do\nimport X\nend\ndefmodule B do\nuse A, :x\nend")).toEqual({
      imports: [],
      mixins: [],
    });
  });
});
