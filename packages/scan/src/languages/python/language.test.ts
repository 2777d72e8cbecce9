import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printFile } from "../../ir/print.ts";
import { fileOf } from "../harness/reading.ts";
import { python } from "./index.ts";
import { pythonFinder } from "./linking.ts";

beforeAll(() => python.load?.());

const read = (text: string): FileIR => fileOf(python, "app/auth/views.py", text);

/** The body of a text, without its exports. */
function lowered(text: string): string {
  return printFile(read(text))
    .split("\n")
    .filter((line) => !line.startsWith("export "))
    .join("\n")
    .trimEnd();
}

describe("statements", () => {
  test.each([
    ["a first binding declares, the next assigns", "x = 1\nx = 2\nx += 3", "let x = 1\nx = 2\nx += 3"],
    ["several targets", "a = b = f()", "let b = f()\nlet a = b"],
    ["tuples", "a, (b, *c) = f()", "let (a, (b, ...c)) = f()"],
    ["declarations by type", "x: Optional[User]", "let x: Optional<User>"],
    ["keys that are deleted are popped", 'del session["user"]', 'session.pop("user")'],
    ["a class that is raised", "raise PermissionDenied", "throw new PermissionDenied()"],
    [
      "what was caught is raised again",
      "try:\n    f()\nexcept KeyError:\n    raise",
      "try {\n  f()\n} catch KeyError _raised {\n  throw _raised\n}",
    ],
    ["several types", "try:\n    f()\nexcept (A, b.B) as e:\n    g(e)", "try {\n  f()\n} catch A b.B e {\n  g(e)\n}"],
    ["else of try", "try:\n    f()\nexcept A:\n    g()\nelse:\n    h()", "try {\n  f()\n} catch A {\n  g()\n} else {\n  h()\n}"],
    ["context managers", "with open(p) as f, lock:\n    g(f)", "let f = open(p)\nlock\ng(f)"],
    ["suppress", "with suppress(KeyError):\n    f()", "suppress(KeyError)\ntry {\n  f()\n} catch KeyError {}"],
    ["loops with else", "for a in b:\n    f(a)\nelse:\n    g()", "loop a in b {\n  f(a)\n}\nif opaque() {\n  g()\n}"],
    ["matches with guards", "match x:\n    case [a, _] if a:\n        f(a)", "match maybe x {\n  [a, _] when a => {\n    f(a)\n  }\n}"],
    ["matches of classes", "match x:\n    case User(name=n):\n        f(n)", "match maybe x {\n  {name: n}: User => {\n    f(n)\n  }\n}"],
  ])("%s", (_, text, expected) => expect(lowered(text)).toBe(expected));
});

describe("expressions", () => {
  test.each([
    ["keyword arguments are one record", "f(a, b=1, **c)", "f(a, {b: 1, ...c})"],
    ["names in CapWords create", "User(name=n)", "new User({name: n})"],
    ["constants do not", "LIMIT(1)", "LIMIT(1)"],
    ["identity", "a is not None", "(a != null)"],
    ["membership", "a not in b", "not (a in b)"],
    ["chains of comparisons", "0 <= a < 3", "((0 <= a) and (a < 3))"],
    ["text that is filled", '"%s of %s" % (a, b)', "`%s of %s${a}${b}`"],
    ["text that is formatted", '"{} in".format(a)', "`{} in${a}`"],
    ["text that is joined", '"a" "b" + c', "`ab${c}`"],
    ["walrus", "f(x := g())", "f(x = g())"],
    ["subscripts", 'a["b"][0][c]', "a.b.0[c]"],
    ["comprehensions call for each", "[f(x) for x in xs if x.ok]", "opaque(xs.map(fn(x) {\n  return opaque(x.ok, f(x))\n}))"],
    ["nothing is known of what is empty", "[]", "opaque()"],
  ])("%s", (_, text, expected) => expect(lowered(text)).toBe(expected));
});

describe("definitions", () => {
  test("methods know their object, fields have types", () => {
    const [container] = read(
      [
        "class Users(Base, mixins.Audited):",
        "    model: Type[User] = User",
        "    def __init__(self, repo: Repo, log=None):",
        "        self.repo = repo",
        "        self.mail = Mailer()",
        "    def ban(me, id):",
        "        return me.repo.ban(id)",
        "    @classmethod",
        "    def make(cls):",
        "        return cls()",
        "    class Meta:",
        "        ordering = ['id']",
      ].join("\n"),
    ).containers;
    expect(container?.extends).toEqual([{ name: "Base" }, { name: "mixins.Audited" }]);
    expect(container?.fields.map(({ name, type }) => [name, type?.name])).toEqual([
      ["model", "Type"],
      ["repo", "Repo"],
      ["mail", "Mailer"],
    ]);
    const ban = container?.functions.find((fn) => fn.name === "ban");
    expect(ban?.params).toHaveLength(1);
    expect(lowered("class A:\n    def f(me):\n        return me.x")).toContain("return this.x");
    expect(container?.functions.find((fn) => fn.name === "make")?.isStatic).toBe(true);
  });

  test("decorators keep their order and arguments, and stand in the span of the function", () => {
    const text = '@a.route("/x", methods=["POST"])\n@login_required\ndef f(x):\n    return x';
    const [fn] = read(text).functions;
    expect(fn?.decorators.map(({ name, args }) => [name, args.length])).toEqual([
      ["a.route", 2],
      ["login_required", 0],
    ]);
    expect([fn?.start, fn?.end]).toEqual([0, text.length]);
  });

  test("what is annotated beside the type decorates the parameter", () => {
    const [fn] = read("def f(user: Annotated[User, Depends(current)], *, b: 'Team' = None): pass").functions;
    expect(
      fn?.params.map(({ pattern, decorators }) => [pattern.kind === "bind" ? pattern.type?.name : "", decorators.map((one) => one.name)]),
    ).toEqual([
      ["User", ["Depends"]],
      ["Team", []],
    ]);
  });

  test("documentation is no statement, a generator is one", () => {
    const [fn] = read('def f():\n    """Docs."""\n    yield 1').functions;
    expect(fn?.body).toHaveLength(1);
    expect(fn?.role).toBe("generator");
  });
});

describe("imports", () => {
  test("are found by the names that they bind", () => {
    const file = read("import a.b, c.d as e\nfrom . import x\nfrom ..p import y as z\nfrom q import *");
    expect(file.imports.map(({ local, imported, source }) => [local, imported, source])).toEqual([
      ["a", "*", "a"],
      ["e", "*", "c.d"],
      ["x", "x", "."],
      ["z", "y", "..p"],
      ["*", "*", "q"],
    ]);
    expect(file.exports.map((one) => one.exported)).toEqual(["a", "e", "x", "z", "*"]);
  });

  const find = pythonFinder({
    paths: [
      "manage.py",
      "app/__init__.py",
      "app/auth/__init__.py",
      "app/auth/views.py",
      "app/models.py",
      "src/lib/tools.py",
      "deep/in/pkg/one.py",
    ],
    manifests: [],
  });

  test.each([
    ["app/auth/views.py", ".", ["app/auth/__init__.py"]],
    ["app/auth/views.py", "..models", ["app/models.py"]],
    ["app/auth/views.py", "app.models", ["app/models.py"]],
    ["app/auth/views.py", "app", ["app/__init__.py"]],
    ["app/models.py", "lib.tools", ["src/lib/tools.py"]],
    ["app/models.py", "pkg.one", ["deep/in/pkg/one.py"]],
    ["app/models.py", "django.db", []],
    ["app/models.py", "models", ["app/models.py"]],
  ])("from %s, %s", (from, source, paths) => expect(find(from, source)).toEqual(paths));
});
