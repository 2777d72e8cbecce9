import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printer } from "../../ir/print.ts";
import { bodyLines, fileOf } from "../harness/reading.ts";
import { java } from "./index.ts";

beforeAll(() => java.load?.());

const { container, imported, method } = printer();

const read = (text: string): FileIR => fileOf(java, "Sample.java", text);

/** The body of a method as printed lines, without its head and indentation. */
function body(statements: string, around = (code: string) => `class Sample { Object run() { ${code} } }`): string[] {
  const fn = read(around(statements)).functions.find((one) => one.name === "run");
  return bodyLines(method(fn!));
}

const classOf = (text: string, name: string): string => container(read(text).containers.find((one) => one.name === name)!);

describe("names", () => {
  test("members without receiver are those of this, of an outer class, or imported", () => {
    const text = `package shop;
import static shop.Checks.require;
class Outer {
  private final Users users;
  static final int LIMIT = 3;
  void run(Users given) { users.find(given); given.find(LIMIT); helper(); require(1); }
  void helper() {}
  class Inner { void go() { users.find(null); helper(); own(); } void own() {} }
}`;
    expect(classOf(text, "shop.Outer")).toContain("this.users.find(given)\n    given.find(this.LIMIT)\n    this.helper()\n    require(1)");
    expect(classOf(text, "shop.Outer.Inner")).toContain("Outer.users.find(null)\n    Outer.helper()\n    this.own()");
  });

  test("what a parent may have is a member of this", () => {
    expect(body("log(id); Users.all();", (code) => `class Sample extends Base { void run() { ${code} } }`)).toEqual([
      "this.log(this.id)",
      "Users.all()",
    ]);
  });

  test("variables hide fields, parameters of lambdas as well", () => {
    const around = (code: string) => `class Sample { int a; int b; void run(int b) { ${code} } }`;
    expect(body("use(a, b); { int a = 1; use(a); } each(a -> a); use(a);", around)).toEqual([
      "use(this.a, b)",
      "let a: int = 1",
      "use(a)",
      "each(fn(a) {",
      "  return a",
      "})",
      "use(this.a)",
    ]);
  });

  test("a full name is one name", () => {
    expect(body("com.shop.Users.find(1); java.util.List.of();")).toEqual(["com.shop.Users.find(1)", "java.util.List.of()"]);
  });
});

describe("classes", () => {
  test("annotations are decorators; named values are a record", () => {
    const text = `@RestController @RequestMapping(value = "/users", method = {POST, PUT})
class Users { @Autowired private Repo repo; @PostMapping("/login") public Token login(@Valid Login body) { return null; } }`;
    expect(classOf(text, "Users")).toBe(`@RestController() @RequestMapping({value: "/users", method: [POST, PUT]}) class Users {
  @Autowired() field repo: Repo
  @PostMapping("/login") login(@Valid() body: Login): Token {
    return null
  }
}`);
  });

  test("records, enums and interfaces", () => {
    expect(classOf("record Login(String email, String password) {}", "Login")).toContain(
      "constructor(field email: String, field password: String)",
    );
    expect(classOf('enum Code { OK, DENIED(403, "no"); }', "Code")).toBe(
      'enum Code {\n  static field OK\n  static field DENIED = new Code.DENIED(403, "no")\n}',
    );
    expect(classOf("interface A extends B<C> { void a(); default int b() { return 1; } }", "A")).toBe(
      "interface A extends B<C> {\n  a() {}\n  b(): int {\n    return 1\n  }\n}",
    );
  });

  test("an abstract method is found where it is written", () => {
    const [base] = read("abstract class Base { abstract void a(); void b() {} }").containers;
    expect([base?.isAbstract, base?.functions.map((fn) => fn.name)]).toEqual([true, ["b"]]);
  });

  test("Lombok's logger is a field; an annotation of the application's own is none", () => {
    const [slf4j] = read("@Slf4j class A {}").containers;
    const [own] = read("import shop.Log; @Log class A {}").containers;
    const [lombok] = read("import lombok.extern.java.Log; @Log class A {}").containers;
    expect([slf4j, own, lombok].map((one) => one?.fields.map((field) => field.type?.name))).toEqual([
      ["org.slf4j.Logger"],
      [],
      ["java.util.logging.Logger"],
    ]);
  });

  test("imports bring in the own package, classes, members and all of a package", () => {
    const { imports } = read("package shop; import a.B; import a.*; import static a.B.c; import static a.B.*; class X {}");
    expect(imports.map(imported)).toEqual([
      'import * = * of "shop"',
      'import B = * of "a.B"',
      'import * = * of "a"',
      'import c = c of "a.B"',
      'import * = * of "a.B"',
    ]);
  });
});

describe("statements", () => {
  test("switch: arms without fall-through, break gone, default last", () => {
    expect(body("switch (x) { default: a(); break; case 1: b(); case 2: c(); break; }")).toEqual([
      "match x {",
      "  1 => {",
      "    b()",
      "    c()",
      "  }",
      "  2 => {",
      "    c()",
      "  }",
      "  _ => {",
      "    a()",
      "  }",
      "}",
    ]);
  });

  test("switch as a value yields", () => {
    expect(
      body('return switch (x) { case A, B -> 1; case User u when u.ok() -> { yield 2; } default -> throw new Denied("no"); };'),
    ).toEqual([
      "return do {",
      "  match x {",
      "    ^A | ^B => {",
      "      yield 1",
      "    }",
      "    u: User & {}: User when u.ok() => {",
      "      yield 2",
      "    }",
      "    _ => {",
      '      throw new Denied("no")',
      "    }",
      "  }",
      "}",
    ]);
  });

  test("a break of a loop inside a switch is the loop's", () => {
    expect(body("switch (x) { case 1: for (;;) { break; } a(); break; case 2: b(); }")).toEqual([
      "match maybe x {",
      "  1 => {",
      "    loop {",
      "      jump",
      "    }",
      "    a()",
      "  }",
      "  2 => {",
      "    b()",
      "  }",
      "}",
    ]);
  });

  test("resources are closed however the body ends; Exception catches everything", () => {
    expect(body("try (var a = open()) { use(a); } catch (Denied | Locked e) { no(e); } catch (Exception e) { throw e; }")).toEqual([
      "try {",
      "  let a = open()",
      "  try {",
      "    use(a)",
      "  } finally {",
      "    a.close()",
      "  }",
      "} catch Denied Locked e {",
      "  no(e)",
      "} catch e {",
      "  throw e",
      "}",
    ]);
  });

  test("a pattern test declares its name before the statement", () => {
    expect(body("if (x instanceof User u && u.admin()) a(u);")).toEqual([
      "let u: User",
      "if ((u = x is User) and u.admin()) {",
      "  a(u)",
      "}",
    ]);
  });

  test("loops", () => {
    expect(body("for (User u : users()) a(u); for (int i = 0; i < 3; i++) b(); while (c) d(); do { e(); } while (f);")).toEqual([
      "loop u: User in users() {",
      "  a(u)",
      "}",
      "let i: int = 0",
      "loop while (i < 3) {",
      "  b()",
      "  i += 1",
      "}",
      "loop while c {",
      "  d()",
      "}",
      "loop once {",
      "  e()",
      "  f",
      "}",
    ]);
  });
});

describe("optional values and publishers", () => {
  test("orElseThrow, orElse and orElseGet stand in for nothing", () => {
    expect(body('return users.find(1).orElseThrow(() -> new Denied("no"));')).toEqual([
      "return (users.find(1) default do {",
      '  throw new Denied("no")',
      "})",
    ]);
    expect(body("return find().orElseThrow(Denied::new);")).toEqual(["return (find() default do {", "  throw new Denied()", "})"]);
    expect(body("return find().orElseThrow();")).toEqual(["return find()"]);
    expect(body("return a().orElse(b).orElseGet(() -> c());")).toEqual(["return ((a() default b) default c())"]);
  });

  test("ifPresent runs its function only where there is a value", () => {
    expect(body("find().ifPresent(u -> a(u));").join("\n")).toContain("if (_present != null)");
  });

  test("Mono.error throws, switchIfEmpty and onErrorResume decide", () => {
    expect(body("return users.find(1).switchIfEmpty(Mono.error(new Denied()));")).toEqual([
      "return (users.find(1) default do {",
      "  throw new Denied()",
      "})",
    ]);
    expect(body("return a().onErrorResume(Denied.class, e -> b(e));")).toEqual([
      "return do {",
      "  try {",
      "    yield a()",
      "  } catch Denied e {",
      "    yield b(e)",
      "  }",
      "}",
    ]);
  });
});

describe("expressions", () => {
  test("texts are joined, casts and parentheses gone", () => {
    expect(body('return "a" + "b" + (String) x + 1 + "c";')).toEqual(["return `ab${x}${1}c`"]);
    expect(body('return """\n  line\n  two""";')).toEqual(['return "line\\ntwo"']);
  });

  test("numbers of every spelling", () => {
    expect(body("return f(1_000L, 0x1F, 017, 1.5f, -2, 'c');")).toEqual(['return f(1000, 31, 15, 1.5, -2, "c")']);
  });

  test("anonymous classes and method references", () => {
    expect(body("start(new Task() { public void go() { stop(); } });")).toEqual([
      "start(new class  extends Task {",
      "  go() {",
      "    this.stop()",
      "  }",
      "}())",
    ]);
    expect(body("map(users::find, Users::all, this::go);")).toEqual(["map(users.find, Users.all, this.go)"]);
  });
});

test("what does not parse is a failure that names the line", () => {
  expect(java.parse("A.java", ") ) } class { ( [ = = = ;;; ) ) ) @ @ @ { { (")).toMatchObject({
    message: expect.stringMatching(/^syntax error near line 1$/) as string,
  });
});
