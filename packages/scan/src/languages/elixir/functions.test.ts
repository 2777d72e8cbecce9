import { beforeAll, describe, expect, test } from "vitest";
import { printer } from "../../ir/print.ts";
import type { FileIR } from "../../ir/nodes.ts";
import { fileOf } from "../harness/reading.ts";
import { elixir } from "./index.ts";

const { stmts, method, container, file: printFile } = printer();

beforeAll(() => elixir.load?.());

function parse(text: string): FileIR {
  const result = fileOf(elixir, "lib/program.ex", text);
  return result;
}

/** The functions of a module with this body. */
function functions(body: string): string {
  const [module] = parse(`defmodule App.Program do\n${body}\nend`).containers;
  return (module?.functions ?? []).map(method).join("\n");
}

/** The body of a function with this body. */
function body(text: string): string {
  const fn = parse(`defmodule P do\ndef f(x) do\n${text}\nend\nend`).containers[0]?.functions[0];
  return stmts(fn?.body ?? []).trimEnd();
}

describe("definitions", () => {
  test("every clause is a function of its own, with patterns and guard", () => {
    expect(
      functions(`
        def role(%User{admin: true} = user, "x" <> rest), do: {:ok, user, rest}
        def role(^pinned, [head | tail]) when is_list(tail), do: nil
        defp role({:error, _}, %{"k" => v, a: [1]}), do: v
      `),
    ).toBe(
      [
        'role(user & {admin: true}: User, ["x", rest]) {\n  return (:ok, user, rest)\n}',
        "role(^pinned, [head, ...tail]) when is_list(tail) {\n  return null\n}",
        "private role((:error, _), {k: v, a: [1]}) {\n  return v\n}",
      ].join("\n"),
    );
  });

  test("a second guard is an alternative", () => {
    expect(functions("def f(x) when is_nil(x) when x > 1, do: x")).toBe("f(x) when ((x == null) or (x > 1)) {\n  return x\n}");
  });

  test("a head without body gives its defaults to the clauses and is no clause", () => {
    expect(functions("def page(n, size \\\\ 20)\ndef page(n, size) when n > 0, do: fetch(n, size)\ndef page(_, 5), do: nil")).toBe(
      ["page(n, size = 20) when (n > 0) {\n  return fetch(n, size)\n}", "page(_, _ & 5 = 20) {\n  return null\n}"].join("\n"),
    );
  });

  test("defdelegate calls the other function, under its full name", () => {
    expect(
      functions("alias App.Accounts\ndefdelegate get(id, opts \\\\ []), to: Accounts, as: :fetch\ndefdelegate ping(), to: __MODULE__.Net"),
    ).toBe(["get(id, opts = []) {\n  return App.Accounts.fetch(id, opts)\n}", "ping() {\n  return App.Program.Net.ping()\n}"].join("\n"));
  });

  test("rescue, catch, else and after of a function body", () => {
    expect(
      functions(`
        def charge(card) do
          pay(card)
        rescue
          e in [Denied, Timeout] -> {:error, e}
          Broken -> :broken
        catch
          :exit, reason -> reason
        else
          :ok -> :paid
        after
          release(card)
        end
      `),
    ).toBe(`charge(card) {
  try {
    let _result = do {
      yield pay(card)
    }
  } catch Denied Timeout e {
    return (:error, e)
  } catch Broken {
    return :broken
  } catch exit reason {
    return reason
  } else {
    match _result {
      :ok => {
        return :paid
      }
    }
  } finally {
    release(card)
  }
}`);
  });

  test("macros and guards are told from functions", () => {
    const [module] = parse("defmodule P do\ndefmacro m(x), do: x\ndefguardp is_big(x) when x > 9\nend").containers;
    expect(module?.functions.map(({ name, role, isPrivate }) => [name, role, isPrivate])).toEqual([
      ["m", "macro", undefined],
      ["is_big", "macro", true],
    ]);
    expect(module?.functions.map((fn) => stmts(fn.body).trimEnd())).toEqual(["return x", "return (x > 9)"]);
  });

  test("@decorate goes to the function after it and to no other", () => {
    const [module] = parse("defmodule P do\n@decorate audit(:login)\ndef a(x), do: x\ndef b(x), do: x\nend").containers;
    expect(module?.functions.map(method)).toEqual(["@audit(:login) a(x) {\n  return x\n}", "b(x) {\n  return x\n}"]);
  });
});

describe("calls", () => {
  test("pipes are nested calls, whatever they lead into", () => {
    expect(body("x |> trim() |> Repo.get(1, lock: true) |> mod.run |> f.() |> save")).toBe(
      "return save(f(mod.run(Repo.get(trim(x), 1, {lock: true}))))",
    );
    expect(body("x |> then(fn y -> y end)")).toBe("return fn(y) {\n  return y\n}(x)");
    expect(body("x |> tap(&log/1)\n:ok")).toBe("let _tapped = x\nfn(&1) {\n  return log(&1)\n}(_tapped)\nreturn :ok");
  });

  test("an Ecto.Multi chain", () => {
    expect(
      body(`
        Multi.new()
        |> Multi.insert(:user, User.changeset(%User{}, params))
        |> Multi.run(:log, fn repo, %{user: user} -> repo.insert(user) end)
        |> Repo.transaction()`),
    ).toBe(
      "return Repo.transaction(Multi.run(Multi.insert(Multi.new(), :user, User.changeset(new User({}), params)), :log, fn(repo, {user: user}) {\n  return repo.insert(user)\n}))",
    );
  });

  test("captures are closures", () => {
    expect(body("map(x, &f/1)")).toBe("return map(x, fn(&1) {\n  return f(&1)\n})");
    expect(body("map(x, &M.f/2)")).toBe("return map(x, fn(&1, &2) {\n  return M.f(&1, &2)\n})");
    expect(body("map(x, &(&2.id + length(&1)))")).toBe("return map(x, fn(&1, &2) {\n  return (&2.id + length(&1))\n})");
  });

  test("fn with several clauses matches inside one function", () => {
    expect(body("each(x, fn\n  :ok, a when a > 1 -> a\n  _, b -> b\nend)")).toBe(`return each(x, fn(&1, &2) {
  match (&1, &2) {
    (:ok, a) when (a > 1) => {
      return a
    }
    (_, b) => {
      return b
    }
  }
})`);
  });

  test("a field is a member, a function of a module is called without parentheses too", () => {
    expect(body("{x.name, Mod.name, x.name(), :crypto.hash, __MODULE__.go, x[:audit], x[key], @limit}")).toBe(
      "return (x.name, Mod.name(), x.name(), :crypto.hash(), P.go(), x.audit, x[key], @limit)",
    );
  });

  test("do blocks of macros are closures, several a record of them", () => {
    expect(body("transact x do\n  a()\nend")).toBe("return transact(x, fn() {\n  return a()\n})");
    expect(body("lock x, do: a(), else: b()")).toBe("return lock(x, {do: fn() {\n  return a()\n}, else: fn() {\n  return b()\n}})");
  });

  test("apply with everything written out is a call", () => {
    expect(body("apply(Mod, :run, [x, 1])")).toBe("return Mod.run(x, 1)");
    expect(body("apply(Mod, x, [1])")).toBe("return apply(Mod, x, [1])");
  });
});

describe("values", () => {
  test("maps, structs, keywords, lists and tuples", () => {
    expect(body('%{"a" => 1, k => 3, b: 2}')).toBe("return {a: 1, […]: 3, b: 2}");
    expect(body("%__MODULE__{}")).toBe("return new P({})");
    expect(body("[a: 1, b: {:ok, true}]")).toBe("return {a: 1, b: (:ok, true)}");
    expect(body("[:x, [h | t], a: 1]")).toBe("return [:x, [h, ...t], {a: 1}]");
  });

  test("updates keep what they are updates of", () => {
    for (const text of ["%{x | name: nil}", '%{x | "name" => nil}', "%User{x | name: nil}"]) {
      const last = parse(`defmodule P do\ndef f(x), do: ${text}\nend`).functions[0]?.body[0];
      const value = last?.kind === "return" ? last.value : null;
      const record = value?.kind === "call" ? value.args[0] : value;
      expect(record).toMatchObject({
        kind: "record",
        base: { name: "x" },
        entries: [{ key: "name", value: { value: null } }],
      });
    }
  });

  test("text: interpolation, joins, heredocs, sigils, escapes", () => {
    expect(body('"a\\n#{x.id}!" <> name <> "."')).toBe("return `a\n${x.id}!${name}.`");
    expect(body('"""\n  one\n    two\n  """')).toBe('return "one\\n  two\\n"');
    expect(body("~w(a b)a ++ ~w(c)")).toBe('return ([:a, :b] ++ ["c"])');
    expect(body('~H"<p>{@x}</p>"')).toBe('return "<p>{@x}</p>"');
    expect(body("'list #{x}'")).toBe("return `list ${x}`");
    expect(body('{:"a b", "\\u{1F600}", ?a, 0x1F, 1_000.5, -2}')).toBe('return (:a b, "😀", 97, 31, 1000.5, -2)');
  });

  test("operators", () => {
    expect(body("a === b and c !== d or !e && f in [1] || g not in h")).toBe(
      "return ((((a == b) and (c != d)) or (not e and (f in [1]))) or not (g in h))",
    );
    expect(body("is_nil(x)")).toBe("return (x == null)");
  });
});

describe("modules", () => {
  test("names, aliases, imports, mixins, fields", () => {
    const text = `
      defmodule App.Outer do
        use App.Web, :controller
        alias App.{Users, Repo}
        alias Users.Token, as: T
        import App.Guards, only: [is_admin: 1]
        require Logger
        @behaviour Plug
        @limit 10
        defstruct [:id, name: "x"]
        defmodule Inner do
          def go, do: Users.Admin.run(T, __MODULE__)
        end
        defimpl Jason.Encoder, for: User do
          def encode(v, _), do: Inner.go(v)
        end
      end`;
    const file = parse(text);
    expect(file.containers.map(({ name }) => name)).toEqual(["App.Outer", "App.Outer.Inner", "Jason.Encoder.User"]);
    const [outer, inner, impl] = file.containers;
    expect(outer?.imports.map(({ local, source, only }) => [local, source, only])).toEqual([
      ["Users", "App.Users", undefined],
      ["Repo", "App.Repo", undefined],
      ["T", "App.Users.Token", undefined],
      ["*", "App.Guards", ["is_admin"]],
      ["Logger", "Logger", undefined],
      ["Inner", "App.Outer.Inner", undefined],
    ]);
    expect(outer?.mixins.map(({ name, args }) => [name, args.length])).toEqual([["App.Web", 1]]);
    expect(outer?.extends).toEqual([{ name: "Plug" }]);
    expect(outer?.fields.map(({ name }) => name)).toEqual(["@limit", "id", "name"]);
    expect(inner?.functions.map(method)).toEqual(["go() {\n  return App.Users.Admin.run(T, App.Outer.Inner)\n}"]);
    expect(inner?.imports.some(({ local }) => local === "Users")).toBe(true);
    expect(impl?.extends).toEqual([{ name: "Jason.Encoder" }]);
    expect(inner?.parent).toBe(outer);
    expect(inner?.functions[0]?.container).toBe(inner);
  });

  test("router macros stand in the body, with their blocks and conditions", () => {
    const text = `
      defmodule App.Router do
        use Plug.Router
        plug :auth, [role: :admin] when action in [:delete]
        plug :login when action != :show
        post "/login", do: send_resp(conn, 200, "")
        scope "/api", App do
          pipe_through [:api]
          delete "/users/:id", UserController, :delete, as: :user
        end
        if Mix.env() == :dev do
          forward "/mail", to: Mail
          def dev, do: true
        end
      end`;
    expect(parse(text).containers.map(container).join("\n")).toBe(`module App.Router {
  use Plug.Router()
  dev() {
    return true
  }
  plug(:auth, {role: :admin}, {when: (action in [:delete])})
  plug(:login, {when: (action != :show)})
  post("/login", fn() {
    return send_resp(conn, 200, "")
  })
  scope("/api", App, fn() {
    pipe_through([:api])
    return delete("/users/:id", UserController, :delete, {as: :user})
  })
  if (Mix.env() == :dev) {
    forward("/mail", {to: Mail})
  }
}`);
  });

  test("a script without a module has its code at the top level", () => {
    expect(printFile(parse("import Config\nconfig :app, key: 1\n")).trimEnd()).toBe('import * = * of "Config"\nconfig(:app, {key: 1})');
  });

  test("the declaring pattern finds module names", () => {
    const { linking } = elixir;
    const text = "defmodule A.B do\n  defmodule C do end\nend\ndefprotocol D do end\n# defmodulex E";
    const found = linking.by === "name" ? [...text.matchAll(linking.declares)].map(([, name]) => name) : [];
    expect(found).toEqual(["A.B", "C", "D"]);
  });
});
