import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printer } from "../../ir/print.ts";
import { createProject } from "../../project/project.ts";
import { bodyLines, fileOf } from "../harness/reading.ts";
import { csharp } from "./index.ts";

beforeAll(() => csharp.load?.());

const { container, imported, method } = printer();

const read = (text: string): FileIR => fileOf(csharp, "Sample.cs", text);

/** The body of a method as printed lines, without its head and indentation. */
function body(statements: string, around = (code: string) => `class Sample { object Run() { ${code} } }`): string[] {
  const fn = read(around(statements)).functions.find((one) => one.name === "Run");
  return bodyLines(method(fn!));
}

const classOf = (text: string, name: string): string => container(read(text).containers.find((one) => one.name === name)!);

describe("names", () => {
  test("members without receiver are those of this or of a class around, parameters hide them", () => {
    const text = `class Outer {
  IUsers users; const int Limit = 3;
  public void Run(IUsers given, int Limit) { users.Find(given); given.Find(Limit); Helper(); }
  void Helper() { use(Limit); }
  class Inner { void Go() { users.Find(null); Own(); } void Own() {} }
}`;
    expect(classOf(text, "Outer")).toContain("this.users.Find(given)\n    given.Find(Limit)\n    this.Helper()");
    expect(classOf(text, "Outer")).toContain("use(this.Limit)");
    expect(classOf(text, "Outer.Inner")).toContain("Outer.users.Find(null)\n    this.Own()");
  });

  test("what a base class or another part may have is a member of this; what looks like a type is a name", () => {
    const inherits = (code: string) => `class Sample : Base { object Run() { ${code} } }`;
    expect(body("Ok(id); User.Find();", inherits)).toEqual(["this.Ok(this.id)", "User.Find()"]);
    expect(body("Ok(id);", (code) => `partial class Sample { object Run() { ${code} } }`)).toEqual(["this.Ok(this.id)"]);
    expect(body("Ok(id);", (code) => `class Sample : ISample { object Run() { ${code} } }`)).toEqual(["Ok(id)"]);
  });

  test("namespaces name what stands in them, and bring in what stands around them before what is imported", () => {
    const file = read("using A.B;\nusing static A.Checks;\nusing Old = A.V1.Users;\nnamespace Shop.Users;\nclass Login {}");
    expect(file.containers.map((one) => one.name)).toEqual(["Shop.Users.Login"]);
    expect(file.imports.map(imported)).toEqual([
      'import * = * of "Shop.Users"',
      'import * = * of "Shop"',
      'import * = * of "A.B"',
      'import * = * of "A.Checks"',
      'import Old = * of "A.V1.Users"',
    ]);
    expect(read("namespace Shop { namespace Users { class Login { class Row {} } } }").containers.map((one) => one.name)).toEqual([
      "Shop.Users.Login",
      "Shop.Users.Login.Row",
    ]);
  });

  test("a function inside a block is known in all of it", () => {
    expect(body("go(); void go() { stop(); }")).toEqual(["let go = fn() {", "  stop()", "}", "go()"]);
  });
});

describe("classes", () => {
  test("a primary constructor has fields for parameters, properties are fields with functions beside them", () => {
    const text =
      'record Command(string Name, int Age = 3) : Base(Name), ICommand { public bool Ok => Age > 3; public string Note { get; set; } = "x"; }';
    expect(classOf(text, "Command")).toBe(
      [
        "class Command extends Base, ICommand {",
        "  field Ok: bool",
        '  field Note: string = "x"',
        "  constructor(field Name: string, field Age: int = 3) {",
        "    super()",
        "  }",
        "  getter Ok() {",
        "    return (this.Age > 3)",
        "  }",
        "}",
      ].join("\n"),
    );
  });

  test("attributes are decorators, several in one bracket too; those of what is returned are left out", () => {
    const text =
      'class A { [HttpPost("x", Name = "y"), Filter<Key>(typeof(Log))] [return: NotNull] public void Run([FromBody] Body body) {} }';
    expect(classOf(text, "A")).toContain('@HttpPost("x", {Name: "y"}) @Filter(Key, Log) Run(@FromBody() body: Body) {}');
  });

  test("members are private where nothing else is said, tasks are what they give", () => {
    expect(classOf("class A { Task<User> Run() => Find(); public Task Go() => null; }", "A")).toBe(
      "class A {\n  private Run(): User {\n    return Find()\n  }\n  Go() {\n    return null\n  }\n}",
    );
  });

  test("a logger's message method has the body that the compiler writes", () => {
    const text =
      'partial class A { ILogger _logger; [LoggerMessage(Level = LogLevel.Warning, Message = "no {User}")] static partial void No(ILogger log, string user); [LoggerMessage(1, LogLevel.Error, "x")] partial void Own(); partial void Other(); }';
    expect(classOf(text, "A")).toContain('log.LogWarning("no {User}", user)');
    expect(classOf(text, "A")).toContain('this._logger.LogError("x")');
    expect(classOf(text, "A")).not.toContain("Other");
  });
});

describe("expressions", () => {
  test("texts, with holes, verbatim and raw", () => {
    expect(body('a($"u {user.Id:N}", @"c:\\x ""q""", """say "hi" """, "a" + 1 + "b", nameof(User.Id));')).toEqual([
      'a(`u ${user.Id}`, "c:\\\\x \\"q\\"", "say \\"hi\\" ", `a${1}b`, "Id")',
    ]);
  });

  test("what may be absent, what stands in for it, and what is thrown instead", () => {
    expect(body('a?.B?.C(1); x ??= 3; var y = z ?? throw new Denied("no");')).toEqual([
      "a?.B?.C(1)",
      "x = (x default 3)",
      "let y = (z default do {",
      '  throw new Denied("no")',
      "})",
    ]);
  });

  test("creations: what stands in braces comes last, collections are lists and records", () => {
    expect(
      body(
        'var a = new User(1) { Name = "x" }; Foo f = new(2); var d = new Dictionary<string, int> { ["a"] = 1 }; var l = new List<int> { 1 };',
      ),
    ).toEqual(['let a = new User(1, {Name: "x"})', "let f: Foo = new Foo(2)", "let d = {a: 1}", "let l = [1]"]);
    expect(body("var o = new { next = 1, user.Id, name }; var w = u with { A = 2 }; int[] c = [1, 2];")).toEqual([
      "let o = {next: 1, Id: user.Id, name: name}",
      "let w = {u |, A: 2}",
      "let c: Array<int> = [1, 2]",
    ]);
  });

  test("named arguments are a record, an out variable is declared before", () => {
    expect(body("if (!TryGet(id, out var user, mode: 1)) return null;")).toEqual([
      "let user = opaque()",
      "if not TryGet(id, user, {mode: 1}) {",
      "  return null",
      "}",
    ]);
  });

  test("how a task is awaited says nothing", () => {
    expect(body("var a = await Find(1).ConfigureAwait(false); return Task.FromResult(a);")).toEqual(["let a = await Find(1)", "return a"]);
  });

  test("a service that is fetched by its type is one of that type", () => {
    expect(body("services.GetRequiredService<IAudit>().Write(1);")[1]).toMatch(
      /let _service\d+: IAudit = services\.GetRequiredService\(\)/,
    );
  });
});

describe("patterns", () => {
  test("in conditions they are comparisons that bind", () => {
    expect(body("if (user is not { Locked: false } found || x is null) return 1;")).toEqual([
      "let found",
      "if (not ((found = user != null) and (user.Locked == false)) or (x == null)) {",
      "  return 1",
      "}",
    ]);
    expect(body("if (x is User u && y is > 3 and not 5) use(u);")).toEqual([
      "let u: User",
      "if ((u = x is User) and ((y > 3) and (y != 5))) {",
      "  use(u)",
      "}",
    ]);
  });

  test("what is no plain name is evaluated once", () => {
    expect(body('if (await Find() is "a" or "b") go();').join("\n")).toMatch(
      /let _tested\d+\nif do \{\n {2}_tested\d+ = await Find\(\)\n {2}yield \(\(_tested\d+ == "a"\) or \(_tested\d+ == "b"\)\)/,
    );
  });

  test("a switch expression is a match that gives", () => {
    expect(body('return user switch { { Admin: true } => "a", null => throw new Denied(), var x when x.Old => "b", _ => "c" };')).toEqual([
      "return do {",
      "  match user {",
      "    {Admin: true} => {",
      '      yield "a"',
      "    }",
      "    null => {",
      "      throw new Denied()",
      "    }",
      "    x when x.Old => {",
      '      yield "b"',
      "    }",
      "    _ => {",
      '      yield "c"',
      "    }",
      "  }",
      "}",
    ]);
  });

  test("sections that are empty join the next one, and break is gone", () => {
    expect(body("switch (x) { case 1: case 2: a(); break; case User u when u.Old: b(); return 1; }")).toEqual([
      "match maybe x {",
      "  1 | 2 => {",
      "    a()",
      "  }",
      "  u: User & {}: User when u.Old => {",
      "    b()",
      "    return 1",
      "  }",
      "}",
    ]);
  });
});

describe("statements", () => {
  test("a using declaration is disposed of after the rest of its block", () => {
    expect(body("using var a = Open(); a.Read(); using (var b = Open()) { b.Read(); }")).toEqual([
      "let a = Open()",
      "try {",
      "  a.Read()",
      "  let b = Open()",
      "  try {",
      "    b.Read()",
      "  } finally {",
      "    b.Dispose()",
      "  }",
      "} finally {",
      "  a.Dispose()",
      "}",
    ]);
  });

  test("a catch with a condition throws again where it does not hold", () => {
    expect(body("try { a(); } catch (Denied e) when (e.Code == 1) { b(e); } catch { c(); }")).toEqual([
      "try {",
      "  a()",
      "} catch Denied e: Denied {",
      "  if (e.Code == 1) {",
      "    b(e)",
      "  } else {",
      "    throw",
      "  }",
      "} catch {",
      "  c()",
      "}",
    ]);
  });

  test("all branches of the preprocessor count", () => {
    expect(body("#if DEBUG\na();\n#else\nb();\n#endif\n", (code) => `class Sample { object Run() {\n${code}} }`)).toEqual(["a()", "b()"]);
  });
});

describe("projects", () => {
  const project = (files: Readonly<Record<string, string>>) =>
    createProject(
      "/",
      {
        texts: new Map(Object.entries(files)),
        manifests: [{ path: "shop/Shop.csproj", text: '<Project Sdk="Microsoft.NET.Sdk.Web"/>' }],
        notAnalysed: [],
      },
      [csharp],
    );

  test("classes are found by their full names, all parts of one together", () => {
    const shop = project({
      "shop/A.cs": "namespace Shop;\npublic partial class Users { void A() {} }",
      "shop/B.cs": "namespace Shop\n{\n    public partial class Users { void B() {} }\n}",
    });
    expect(shop.container("Shop.Users")?.file.path).toBe("shop/A.cs");
    expect(shop.containers("Shop.Users").map((one) => one.file.path)).toEqual(["shop/A.cs", "shop/B.cs"]);
    expect(shop.container("Users")).toBeUndefined();
  });

  test("global usings hold in all files of the package, and in no other", () => {
    const shop = project({
      "shop/GlobalUsings.cs": "global using Shop.Core;\nglobal using static Shop.Checks;",
      "shop/web/Login.cs": "namespace Shop.Web;\nclass Login {}",
      "other/Login.cs": "class Login {}",
    });
    expect(shop.file("shop/web/Login.cs")?.imports.map((one) => one.source)).toEqual(["Shop.Web", "Shop", "Shop.Core", "Shop.Checks"]);
    expect(shop.file("other/Login.cs")?.imports).toEqual([]);
  });

  test("manifests name packages, frameworks and other projects", () => {
    const text =
      '<Project Sdk="Microsoft.NET.Sdk.Web"><!-- <PackageReference Include="Old"/> --><PackageReference Include="Serilog.AspNetCore" Version="9"/><ProjectReference Include="..\\Core\\Core.csproj" /></Project>';
    const tree = { texts: new Map([["web/A.cs", ""]]), manifests: [{ path: "web/Web.csproj", text }], notAnalysed: [] };
    expect([...createProject("/", tree, [csharp]).packages[0]!.dependencies].toSorted()).toEqual([
      "Microsoft.NET.Sdk.Web",
      "Serilog.AspNetCore",
      "project:Core",
    ]);
  });
});
