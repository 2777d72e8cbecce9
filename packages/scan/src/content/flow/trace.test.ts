import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Expr } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import { edit, mutate } from "../../languages/harness/robust.ts";
import { loadLanguages, projectOf, told, tracedIn } from "./harness/traced.ts";
import { createTrace } from "./trace.ts";

beforeAll(loadLanguages);

const traced = (path: string, text: string): readonly string[] => tracedIn({ [path]: text }).map(told);

describe("where a value comes from", () => {
  it("follows assignments, destructuring and records, and says under which keys it lies", () => {
    const text = `function login(req) {
      const { email, password: secret, ...rest } = req.body;
      sink({ user: { secret }, length: secret.length });
      sink(rest);
    }`;
    expect(traced("a.ts", text)).toEqual([
      "read req.body.password as password,secret at user.secret",
      "read req.body.password.length as length at length",
      "read req.body as body,rest without email,password",
    ]);
  });

  it("takes the nearest certain assignment, and all that may come in between", () => {
    const text = `function f(a, b, c) {
      let x = a;
      x = b;
      if (c.d) { x = c.e; } else { x = c.f; return; }
      sink(x);
    }`;
    expect(traced("a.ts", text)).toEqual(["read c.e as e,x", "parameter b as b,x"]);
  });

  it("goes into functions of other files with what they are given", () => {
    const origins = tracedIn({
      "a.ts": `import { audit } from "./b"; function h(req) { audit("x", { pw: req.body.password }); }`,
      "b.ts": `import { shorten } from "./c"; export function audit(text, data) { sink(shorten(data.pw)); }`,
      "c.ts": `export const shorten = (value) => value.trim();`,
    });
    expect(origins.map(told)).toContain("read req.body.password as password,pw,value,shorten() through trim");
    expect(origins.flatMap(({ steps }) => steps.map(({ note }) => note))).toEqual(
      expect.arrayContaining(["reads req.body.password", "passed to audit()"]),
    );
  });

  it("knows what a constructor keeps, elements of a collection, and what a catch is given", () => {
    const text = `class Mailer {
      constructor(config) { this.key = config.apiKey; }
      send(users) {
        sink(this.key);
        users.forEach((user) => sink(user.token));
        try { send(); } catch (error) { sink(error.message); }
      }
    }`;
    expect(traced("a.ts", text)).toEqual([
      "read config.apiKey as apiKey,key",
      "caught error.message as message",
      "read users.token as token",
    ]);
  });

  it.each([
    [
      "python",
      "a.py",
      `def h(request):\n    data = request.get_json()\n    sink(f"x {data['pin']}")\n`,
      "call request.get_json().pin as pin spliced",
    ],
    [
      "elixir",
      "a.ex",
      `defmodule A do\n  def h(conn, params), do: sink("x #{Map.get(params, "otp")}")\nend\n`,
      "read params.otp as otp spliced",
    ],
    ["ruby", "a.rb", `def h(user)\n  token = user.token\n  sink "x #{token}"\nend\n`, "read user.token as token spliced"],
    [
      "go",
      "a.go",
      `package a\nfunc h(r *http.Request) {\n\tpw := r.FormValue("password")\n\tsink(pw)\n}\n`,
      "read r.password as password,pw",
    ],
    [
      "java",
      "a.java",
      `class A { void h(Login body) { String pw = body.getPassword(); sink("x " + pw); } }`,
      "call body.getPassword() as getPassword,pw spliced",
    ],
    [
      "kotlin",
      "a.kt",
      `fun h(body: Login) { val pw = body.password ?: return; sink("x $pw") }`,
      "read body.password as password,pw spliced",
    ],
    [
      "php",
      "a.php",
      `<?php function h($request) { $pw = $request->input('password'); sink("x $pw"); }`,
      "read request.password as password,pw spliced",
    ],
    ["csharp", "a.cs", `class A { void H(Login m) { var pw = m.Password; sink($"x {pw}"); } }`, "read m.Password as Password,pw spliced"],
    [
      "rust",
      "a.rs",
      `fn h(form: Form) { let pw = form.password.clone(); sink(format!("x {}", pw)); }`,
      "read form.password as password,pw spliced",
    ],
  ])("reads %s", (_, path, text, expected) => {
    expect(traced(path, text)).toContain(expected);
  });

  it("takes {:error, reason} from nothing that gives {:ok, user}", () => {
    const text = `defmodule A do
      def h(id) do
        case find(id) do
          {:error, reason} -> sink(reason)
          {:ok, user} -> sink(user)
        end
      end
      defp find(id), do: {:ok, Repo.get(id)}
    end`;
    expect(traced("a.ex", text)).not.toContain("call Repo.get() as get,reason");
    expect(traced("a.ex", text)).toContain("call Repo.get() as get,user");
  });

  it.each([
    ["trim", "x.trim()", "keeps"],
    ["JSON.stringify", "JSON.stringify(x)", "escapes"],
    ["taking line breaks out", String.raw`x.replace(/\n/g, "")`, "escapes"],
    ["stars", `x.replace(/./g, "*")`, "masks"],
    ["the first characters", "x.slice(0, 4)", "cuts"],
    ["what stands behind a scheme", `x.slice("Bearer ".length)`, "keeps"],
    ["a digest", "sha256(x)", "digests"],
    ["a helper's promise", "maskToken(x)", "masks"],
  ])("tells what %s does to it", (_, code, effect) => {
    const origins = tracedIn({ "a.ts": `function f(x) { sink(${code}); }` });
    expect(origins.map((origin) => [origin.path, origin.effects])).toContainEqual(["x", [effect]]);
  });
});

describe("on any program", () => {
  const battery = new URL("../../languages/battery/", import.meta.url);
  const programs = readdirSync(battery)
    .filter((name) => !name.endsWith(".ir"))
    .map((name) => [name, readFileSync(new URL(name, battery), "utf8")] as const);

  function traceAll(path: string, text: string): number {
    const project = projectOf({ [path]: text });
    const file = project.file(path);
    if (file === undefined) return 0;
    const trace = createTrace(project);
    const asked: number[] = [];
    for (const { body, scope } of bodiesOf(file)) walkStmts(body, (expr: Expr) => void asked.push(trace(expr, { file, fn: scope }).length));
    return Math.max(0, ...asked);
  }

  it("ends, without throwing, with few origins", () => {
    for (const [name, text] of programs) expect(traceAll(name, text), name).toBeLessThanOrEqual(32);
  });

  it("ends on programs that are cut up and put together again", () => {
    fc.assert(
      fc.property(fc.constantFrom(...programs), fc.array(edit, { maxLength: 3 }), ([name, text], edits) => {
        expect(traceAll(name, mutate(text, edits, "\n"))).toBeLessThanOrEqual(32);
      }),
      { numRuns: 60 },
    );
  });

  it("ends where functions and names go in circles", () => {
    const text = `let a = b, b = a; function f(x) { return g(f(x)) + a; } function g(x) { x = x + x; return f(x) || g(b); } sink(f(a), g(b), a);`;
    expect(traceAll("a.ts", text)).toBeGreaterThan(0);
  });

  it("costs no more for a long chain than its budget", () => {
    const chain = Array.from({ length: 2000 }, (_, i) => `const x${i + 1} = x${i} + x${i};`).join("\n");
    const started = performance.now();
    expect(tracedIn({ "a.ts": `function f(x0) { ${chain} sink(x2000); }` }).length).toBeLessThanOrEqual(32);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
