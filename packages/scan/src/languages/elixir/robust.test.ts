import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { walkStmts } from "../../ir/walk.ts";
import { batteryPrograms, checkMutated, checkOf } from "../harness/robust.ts";
import { isFailure } from "../language.ts";
import { elixir } from "./index.ts";

beforeAll(() => elixir.load?.());

/** Every special form, nested and in odd places. */
const EVERYTHING = `
defmodule App.All do
  @moduledoc """
  Text with "quotes" and #{no} holes é😀
  """
  use App, :all # 😀 comment
  alias App.{A, B.C}
  import Ecto.Query, only: [from: 2]
  @limit 10
  plug :auth, [a: 1] when action in [:x]
  defguard ok?(x) when x > 1
  defdelegate get(id, o \\\\ []), to: A, as: :fetch
  defmacro __using__(_), do: quote(do: (import A; unquote(b()); def z(q), do: q))
  def f(a, b \\\\ nil)
  def f(%{"k" => v} = a, [h | t]) when is_map(a) and v != ^h do
    with {:ok, u} <- a |> get(1), x = u.name, true <- x do
      for {k, w} <- t, w, into: %{}, do: {k, ~w(a b)a}
    else
      {:error, _} = e -> e
      <<c::8, _::binary>> -> raise Denied, message: "no #{c}"
    end
  rescue
    e in [X, Y] -> reraise e, __STACKTRACE__
  catch
    :exit, r -> exit(r)
  after
    if z = g.(1), do: &(&1 + z), else: fn 1, x when x -> x; _, _ -> nil end
  end
  defp g(x) do
    receive do {:m, y} -> y after 10 -> throw(:late) end
    cond do x[:a] -> %App{x | b: -1}; true -> unless x do 1..2 end end
    try do x |> case do nil -> 'c'; _ -> ?a end rescue _ -> :"q #{x}" end
    x |> tap(&IO.inspect/1) |> then(fn y -> y <> "t" end)
  end
end`;

/** Texts to mutate: that one and the battery. */
const texts = [EVERYTHING, ...batteryPrograms(".ex")];

const check = checkOf(elixir, "lib/a.ex");

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(elixir.parse("a.ex", text))).toBe(false);
      check(text);
    }
  });

  test("mutated never throws, and spans stay inside", () => checkMutated(texts, check, 500));

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      'a B :c "d" 1 nil ( ) [ ] { } %{ %B{ << >> , . | |> -> <- = => \\\\ :: & &1 @ ^ ! not in when do end else rescue after fn def defmodule defdelegate alias use import quote unquote if case cond with for try receive raise then tap apply match? do: to: as: only: ; \n #{ ~w( ~H" """ # 😀'.split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (tokens) => check(tokens.join(" "))),
      { numRuns: 1500 },
    );
  });

  test("nested deeper than anybody writes is still read", () => {
    for (const text of [
      "(".repeat(9000) + ")".repeat(9000),
      "a |> ".repeat(9000) + "b",
      "if a do\n".repeat(3000) + "end\n".repeat(3000),
      "[".repeat(9000),
    ]) {
      check(text);
    }
  });

  test("else inside else does not multiply without end", () => {
    const levels = 40;
    const text = `def f do ${"with 1 <- a(), 2 <- b(), 3 <- c() do g() else _ -> ".repeat(levels)} h() ${"end ".repeat(levels)} end`;
    const result = elixir.parse("a.exs", text);
    let calls = 0;
    if (!isFailure(result)) for (const fn of result.functions) walkStmts(fn.body, (expr) => void (calls += expr.kind === "call" ? 1 : 0));
    expect(calls).toBeGreaterThan(levels * 4);
    expect(calls).toBeLessThan(50_000);
  });
});

describe("what does not parse", () => {
  test("a text without sense is a failure that names the line", () => {
    expect(elixir.parse("a.ex", "\n\n) ) ( end end do , , ) >> %{ ( ( (")).toEqual({
      message: "syntax error near line 3",
      offset: 2,
    });
  });

  test("an error in one function leaves the others", () => {
    const result = elixir.parse("a.ex", "defmodule A do\n  def a(x), do: log(x)\n\n  def b(x), do: {x ]}\n\n  def c(x), do: log(x)\nend\n");
    expect(isFailure(result) ? [] : result.functions.map(({ name }) => name)).toEqual(expect.arrayContaining(["a", "c"]));
  });

  test("comments are kept, where they stand", () => {
    const text = '# é😀\nx = "# no"\n  # telltale-ignore y: z\n';
    const result = elixir.parse("a.exs", text);
    const comments = isFailure(result) ? [] : result.comments.map(({ start, end }) => text.slice(start, end));
    expect(comments).toEqual(["# é😀", "# telltale-ignore y: z"]);
  });
});
