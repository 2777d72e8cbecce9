import { beforeAll, describe, expect, test } from "vitest";
import { printer } from "../../ir/print.ts";
import { fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { elixir } from "./index.ts";

const { stmts } = printer();

beforeAll(() => elixir.load?.());

/** The body of a function with this body. */
function body(text: string): string {
  const result = fileOf(elixir, "p.ex", `defmodule P do\ndef f(x) do\n${text}\nend\nend`);
  return stmts(result.containers[0]?.functions[0]?.body ?? []).trimEnd();
}

describe("branches", () => {
  test("the last expression returns from each of its arms", () => {
    expect(body("if admin?(x) do\n  :ok\nend")).toBe("if admin?(x) {\n  return :ok\n}\nreturn null");
    expect(body("unless admin?(x), do: :denied, else: :ok")).toBe("if admin?(x) {\n  return :ok\n}\nreturn :denied");
    expect(body("case x do\n  {:ok, u} when u.admin -> u\n  ^y -> nil\nend")).toBe(
      "match x {\n  (:ok, u) when u.admin => {\n    return u\n  }\n  ^y => {\n    return null\n  }\n}",
    );
    expect(body("x |> find() |> case do\n  nil -> 1\nend")).toBe("match find(x) {\n  null => {\n    return 1\n  }\n}");
  });

  test("a branch that is not last only acts", () => {
    expect(body("if x do\n  log(x)\nend\n:ok")).toBe("if x {\n  log(x)\n}\nreturn :ok");
  });

  test("a test that binds holds after it", () => {
    expect(body("if user = find(x), do: user")).toBe("let user = find(x)\nif user {\n  return user\n}\nreturn null");
  });

  test("as a value: a choice, or a block that yields", () => {
    expect(body("y = if x, do: 1, else: 2\ny")).toBe("let y = (x ? 1 : 2)\nreturn y");
    expect(body("y =\n  case x do\n    1 -> log(x); 2\n  end\nsave(y)")).toBe(
      "let y = do {\n  match x {\n    1 => {\n      log(x)\n      yield 2\n    }\n  }\n}\nreturn save(y)",
    );
    expect(body("x || raise Denied")).toBe("return (x or do {\n  throw new Denied()\n})");
  });

  test("cond without a last resort raises", () => {
    expect(body("cond do\n  x > 1 -> :a\n  y = g(x) -> y\nend")).toBe(
      "if (x > 1) {\n  return :a\n}\nlet y = g(x)\nif y {\n  return y\n}\nthrow new CondClauseError()",
    );
  });

  test("a match that is last gives what it matched", () => {
    expect(body("{:ok, y} = g(x)")).toBe("let _matched & (:ok, y) = g(x)\nreturn _matched");
    expect(body("y = g(x)")).toBe("let y = g(x)\nreturn y");
  });
});

describe("with", () => {
  test("the else arms follow every clause", () => {
    expect(
      body(`
        with {:ok, user} <- find(x),
             name = user.name,
             true <- valid?(name) do
          {:ok, name}
        else
          {:error, reason} -> {:error, reason}
          false -> :denied
        end`),
    ).toBe(`match find(x) {
  (:ok, user) => {
    let name = user.name
    match valid?(name) {
      true => {
        return (:ok, name)
      }
      (:error, reason) => {
        return (:error, reason)
      }
      false => {
        return :denied
      }
    }
  }
  (:error, reason) => {
    return (:error, reason)
  }
  false => {
    return :denied
  }
}`);
  });

  test("without else, what does not fit is the value; a plain name always fits", () => {
    expect(body("with y <- g(x), %{id: id} when id > 1 <- y, do: id")).toBe(
      "let y = g(x)\nmatch y {\n  {id: id} when (id > 1) => {\n    return id\n  }\n  _unmatched => {\n    return _unmatched\n  }\n}",
    );
  });

  test("closures of the else arms are functions of the file once", () => {
    const result = elixir.parse(
      "p.ex",
      "defmodule P do\ndef f do\nwith 1 <- a(), 2 <- b() do\n:ok\nelse\n_ -> g(fn -> 1 end)\nend\nend\nend",
    );
    expect(isFailure(result) ? [] : result.functions.map(({ name }) => name)).toEqual(["f", ""]);
  });
});

describe("loops", () => {
  test("generators, filters and what they collect into", () => {
    expect(body("for {k, v} <- x, v > 1, w <- v do\n  save(k, w)\nend\n:ok")).toBe(
      "loop (k, v) in x {\n  if (v > 1) {\n    loop w in v {\n      save(k, w)\n    }\n  }\n}\nreturn :ok",
    );
    expect(body("for a <- x, into: %{}, do: g(a)")).toBe("loop a in x {\n  g(a)\n}\nreturn opaque({})");
    expect(body("for a <- x, reduce: 0 do\n  acc -> acc + a\nend")).toBe(
      "let _reduced = 0\nloop a in x {\n  _reduced = do {\n    match _reduced {\n      acc => {\n        yield (acc + a)\n      }\n    }\n  }\n}\nreturn _reduced",
    );
  });
});

describe("errors", () => {
  test("what raise, reraise, throw and exit throw", () => {
    expect(body('raise "no #{x}"')).toBe("throw new RuntimeError(`no ${x}`)");
    expect(body("raise Denied, actor: x")).toBe("throw new Denied({actor: x})");
    expect(body("raise x")).toBe("throw x");
    expect(body("reraise x, __STACKTRACE__")).toBe("throw x");
    expect(body("throw({:error, x})")).toBe("throw (:error, x)");
    expect(body("exit(:normal)")).toBe("throw new exit(:normal)");
  });

  test("try, and a rescue that asks for everything", () => {
    expect(body("try do\n  g(x)\nrescue\n  _ -> nil\ncatch\n  v when v > 1 -> v\nend")).toBe(
      "try {\n  return g(x)\n} catch _ {\n  return null\n} catch v {\n  if (v > 1) {\n    return v\n  }\n  throw\n}",
    );
  });

  test("receive waits for one of several messages", () => {
    expect(body("receive do\n  {:hi, y} -> y\nafter\n  10 -> :late\nend")).toBe(
      "match opaque() {\n  (:hi, y) => {\n    return y\n  }\n  _ => {\n    return :late\n  }\n}",
    );
  });

  test("a name that only looks like a special form is a call", () => {
    expect(body("case(x)\nx.if(1)\nMod.raise(x)")).toBe("case(x)\nx.if(1)\nreturn Mod.raise(x)");
  });
});
