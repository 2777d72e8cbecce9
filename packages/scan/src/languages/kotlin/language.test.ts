import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printer } from "../../ir/print.ts";
import { bodyLines, fileOf } from "../harness/reading.ts";
import { kotlin } from "./index.ts";

beforeAll(() => kotlin.load?.());

const { container, imported, method } = printer();

const read = (text: string): FileIR => fileOf(kotlin, "Sample.kt", text);

/** The body of a function as printed lines, without its head and indentation. */
function body(statements: string): string[] {
  const fn = read(`fun run(user: User, x: Int) {\n${statements}\n}`).functions.find((one) => one.name === "run");
  return bodyLines(method(fn!));
}

const classOf = (text: string, name: string): string => container(read(text).containers.find((one) => one.name === name)!);

describe("classes", () => {
  test("parameters are fields, a companion's members static, annotations decorators", () => {
    const text = `package shop
@RestController
@RequestMapping(value = ["/users"])
class Users(private val repo: Repo) : Base(), Api {
  @PostMapping("/login") fun login(@RequestBody body: Login) = repo.find(body)
  companion object { const val LIMIT = 3 }
}`;
    expect(classOf(text, "shop.Users")).toBe(`@RestController() @RequestMapping({value: ["/users"]}) class shop.Users extends Base, Api {
  static field LIMIT = 3
  constructor(field repo: Repo) {}
  @PostMapping("/login") login(@RequestBody() body: Login) {
    return this.repo.find(body)
  }
}`);
  });

  test("objects, enums and interfaces", () => {
    expect(classOf("object Audit { fun log() {} }", "Audit")).toBe("class Audit {\n  static log() {}\n}");
    expect(classOf("enum class Code(val status: Int) {\n  OK(200), DENIED(403)\n}", "Code")).toContain(
      "static field DENIED = new Code.DENIED(403)",
    );
    expect(classOf("interface Users {\n  fun find(id: Long): User?\n}", "Users")).toBe("interface Users {\n  find(id: Long): User {}\n}");
  });

  test("imports bring in the own package, classes under other names, and members", () => {
    const { imports } = read("package shop\nimport a.B as C\nimport a.*\nimport a.B.c\nimport a.run");
    expect(imports.map(imported)).toEqual([
      'import * = * of "shop"',
      'import C = * of "a.B"',
      'import * = * of "a"',
      'import c = c of "a.B"',
      'import run = * of "a.run"',
    ]);
  });
});

describe("what decides", () => {
  test("Elvis with return or throw ends the way", () => {
    expect(body("val a = find() ?: return no()")).toEqual(["let a = (find() default do {", "  return no()", "})"]);
    expect(body('val a = find() ?: throw Denied("no")')).toEqual(["let a = (find() default do {", '  throw new Denied("no")', "})"]);
  });

  test("when with a subject is a match, without one a chain of ifs", () => {
    expect(body("when (x) {\n  1, 2 -> a()\n  is User -> b()\n  else -> c()\n}")).toEqual([
      "match x {",
      "  1 | 2 => {",
      "    a()",
      "  }",
      "  {}: User => {",
      "    b()",
      "  }",
      "  _ => {",
      "    c()",
      "  }",
      "}",
    ]);
    expect(body("val y = when {\n  x > 1 -> a()\n  else -> b()\n}")).toEqual([
      "let y = do {",
      "  if (x > 1) {",
      "    yield a()",
      "  }",
      "  yield b()",
      "}",
    ]);
  });

  test("try as a value yields", () => {
    expect(body("val y = try { a() } catch (e: Denied) { null }")).toEqual([
      "let y = do {",
      "  try {",
      "    yield a()",
      "  } catch Denied e: Denied {",
      "    yield null",
      "  }",
      "}",
    ]);
  });
});

describe("scope functions", () => {
  test("run their block at once; return leaves the function", () => {
    expect(body("user?.let { u -> return u.go() }")).toEqual([
      "do {",
      "  let u = user",
      "  if (u != null) {",
      "    return u.go()",
      "  }",
      "  yield null",
      "}",
    ]);
  });

  test("also gives what it was called on, takeIf that or nothing", () => {
    expect(body("val a = make().also { log(it) }")).toEqual(["let a = do {", "  let it = make()", "  log(it)", "  yield it", "}"]);
    expect(body("val a = make().takeIf { it.ok }")).toEqual(["let a = do {", "  let it = make()", "  yield (it.ok ? it : null)", "}"]);
  });
});

describe("calls", () => {
  test("a block behind the arguments is the last argument, named arguments one record after it", () => {
    expect(body('post("/login", a = 1) { go() }')).toEqual(['post("/login", fn() {', "  return go()", "}, {a: 1})"]);
    expect(body("exception<Denied> { c -> c }")).toEqual(["exception(fn(c) {", "  return c", "})"]);
  });

  test("maps and lists are records and lists; a capital creates", () => {
    expect(body('save(mapOf("a" to 1), listOf(x), User(x))')).toEqual(["save({a: 1}, [x], new User(x))"]);
  });

  test("texts have holes of both spellings", () => {
    expect(body('log("a $x b ${user.id}")')).toEqual(["log(`a ${x} b ${user.id}`)"]);
  });
});

test("a call of get behind a property is no getter of it", () => {
  expect(body('val users = load()\n  get("/x") { go() }')).toEqual(["let users = load()", 'get("/x", fn() {', "  return go()", "})"]);
});

test("what does not parse is a failure that names the line", () => {
  expect(kotlin.parse("A.kt", ") ) } class { ( [ = = = ;;; ) ) ) @ @ @ { { (")).toMatchObject({
    message: expect.stringMatching(/^syntax error near line 1$/) as string,
  });
});
