import { beforeAll, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printer } from "../../ir/print.ts";
import { bodyLines, fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { go } from "./index.ts";
import { createFinder, createImplementers, OWN_PACKAGE } from "./packages.ts";

beforeAll(() => go.load?.());

const { method, container } = printer({ name: (name) => name, symbol: (value) => JSON.stringify(value) });

const parsed = (text: string): FileIR => fileOf(go, "a.go", `package a\n${text}`);

/** The statements of a function body, as the IR prints them. */
function body(text: string, head = "func f()"): string {
  const file = parsed(`import (\n"errors"\n"fmt"\n"net/http"\n"os"\n)\n${head} {\n${text}\n}`);
  const fn = file.functions.find((one) => one.name === "f")!;
  return bodyLines(method(fn)).join("\n");
}

test("a handler of net/http, with its receiver, its pairs and what it defers", () => {
  const text = body(
    `user, err := h.users.ByEmail(r.Context(), body.Email)
	if err != nil || !check(user) {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	defer h.metrics.Observe("login")
	log.Info("login", "user", user.ID)`,
    "func (h *Handler) f(w http.ResponseWriter, r *http.Request)",
  );
  expect(text).toBe(`let (user, err) = this.users.ByEmail(r.Context(), body.Email)
if ((err != null) or not check(user)) {
  http.Error(w, "no", 401)
  return
}
try {
  log.Info("login", "user", user.ID)
} finally {
  this.metrics.Observe("login")
}`);
});

test("errors are created, compared, told apart by their type, and wrapped", () => {
  expect(body(`return errors.New("no")`, "func f() error")).toBe(`return new Error("no")`);
  expect(body(`return fmt.Errorf("no %s: %w", name, err)`, "func f() error")).toBe(`return new Error("no %s: %w", name, err)`);
  expect(body("if errors.Is(err, ErrNo) { a() }")).toContain("if (err == ErrNo)");
  expect(body("var no *NoError\nif errors.As(err, &no) { a() }")).toContain("if (err is NoError)");
  expect(body("_, ok := err.(ErrNo)\nreturn ok")).toContain("let ok = (err is ErrNo)");
  expect(body(`return errors.Wrap(err, "x")`)).toBe(`return ((err == null) ? null : new Error("x", err))`);
});

test("an error that a variable keeps goes by the variable's name", () => {
  const [stmt] = parsed(`import "errors"\nvar ErrNoAccess = errors.New("no access")`).body;
  expect(stmt?.kind === "let" && stmt.value?.kind === "call" && stmt.value.callee).toMatchObject({ kind: "name", name: "ErrNoAccess" });
});

test("calls say which of their values is an error", () => {
  const calls = (text: string, head?: string): unknown[] => {
    const file = parsed(`${head ?? "func f()"} {\n${text}\n}`);
    const found: unknown[] = [];
    for (const stmt of file.functions.at(-1)!.body) {
      const value = stmt.kind === "let" || stmt.kind === "return" || stmt.kind === "expr" ? stmt.value : null;
      const call = value?.kind === "assign" ? value.value : value;
      if (call?.kind === "call") found.push([call.fails, call.asks]);
    }
    return found;
  };
  expect(calls("err := a()")).toEqual([[1, undefined]]);
  expect(calls("user, err := a()")).toEqual([[2, undefined]]);
  expect(calls("ok, err = a()")).toEqual([[2, true]]);
  expect(calls("user := a()")).toEqual([[undefined, undefined]]);
  expect(calls("return a()", "func f() (int, error)")).toEqual([[2, undefined]]);
  expect(calls("return a()", "func f() int")).toEqual([[undefined, undefined]]);
});

test("a switch without a subject, one on types and one on an error are chains of tests", () => {
  expect(body("switch { case a: b(); case c: d(); default: e() }").replaceAll(/\s+/g, " ")).toBe(
    "if a { b() } else { if c { d() } else { e() } }",
  );
  expect(body("switch v := x.(type) { case *A: v.b() }")).toContain("if (x is A)");
  expect(body("switch err { case ErrA, ErrB: b() }")).toContain("if ((err == ErrA) or (err == ErrB))");
});

test("fallthrough copies the next body, and a break at the end is nothing", () => {
  const text = body("switch x { case 1: a(); fallthrough; case 2: b(); break }");
  expect(text.replaceAll(/\s+/g, " ")).toBe("match maybe x { 1 => { a() b() } 2 => { b() } }");
});

test("panic throws, and what ends the program ends the way", () => {
  expect(body(`panic("no")`)).toBe(`throw "no"`);
  expect(body(`log.Fatal("no")`)).toBe(`log.Fatal("no")\nthrow new Exit()`);
  expect(body("os.Exit(1)")).toBe("os.Exit(1)\nthrow new Exit()");
});

test("a deferred function that recovers catches", () => {
  const text = body("defer func() { if r := recover(); r != nil { b() } }()\na()");
  expect(text).toMatch(/^try \{\n {2}a\(\)\n\} catch/);
});

test("structs are created with their fields, maps are records, slices lists", () => {
  expect(body(`return &T{A: 1}`)).toBe("return new T({A: 1})");
  expect(body(`return gin.H{"error": "no"}`)).toBe(`return {error: "no"}`);
  expect(body(`return []string{"a"}`)).toBe(`return ["a"]`);
  expect(body(`return pkg.T{}`)).toBe("return new pkg.T()");
});

test("named results are given where nothing else is", () => {
  expect(body("return", "func f() (user *User, err error)")).toBe("let user: User = null\nlet err: error = null\nreturn (user, err)");
});

test("what is embedded is a parent and a field; a method stands in a container of its type's name", () => {
  const file = parsed("type H struct {\n\t*Base\n\tusers models.Store\n}\nfunc (h *H) Login() {}");
  expect(container(file.containers[0]!)).toBe("class H extends Base {\n  field Base: Base\n  field users: models.Store\n}");
  expect(file.functions[0]?.container?.name).toBe("H");
});

test("formatted text is a template, and conversions of functions are the function", () => {
  expect(body('return fmt.Sprintf("%d%% of %s", 3, name)')).toBe("return `${3}% of ${name}`");
  expect(body("return http.HandlerFunc(login)")).toBe("return login");
});

const MODULES = {
  paths: ["go.mod", "main.go", "users/a.go", "users/b.go", "users/b_test.go", "mock/users.go", "other/x/y.go"],
  manifests: [
    { path: "go.mod", text: "module example.com/app\n\ngo 1.22\n" },
    { path: "other/go.mod", text: "module example.com/app/other\n" },
  ],
};

test("an import means the folder below its module, the own package its own folder", () => {
  const find = createFinder(MODULES);
  expect(find("main.go", "example.com/app/users")).toEqual(["users/a.go", "users/b.go"]);
  expect(find("users/a.go", OWN_PACKAGE)).toEqual(["users/a.go", "users/b.go"]);
  expect(find("main.go", "example.com/app/other/x")).toEqual(["other/x/y.go"]);
  expect(find("main.go", "example.com/app")).toEqual(["main.go"]);
  expect(find("main.go", "github.com/gin-gonic/gin")).toEqual([]);
});

test("an interface is implemented by the type that has all its methods, stand-ins aside", () => {
  const texts: Readonly<Record<string, string>> = {
    "users/a.go": "func (s *Store) Find(id int) {}\nfunc (s *Store) Save() {}\nfunc (o Other) Find(id int) {}",
    "mock/users.go": "func (m *MockStore) Find(id int) {}\nfunc (m *MockStore) Save() {}",
  };
  const find = createImplementers({ ...MODULES, text: (path) => texts[path] });
  const [users] = parsed("type Users interface {\n\tFind(id int)\n\tSave()\n}").containers;
  expect(find(users!)).toMatchObject([{ path: "users/a.go", name: "Store" }]);
  const [empty] = parsed("type Any interface{}").containers;
  expect(find(empty!)).toEqual([]);
});

test("what is no Go is a failure with a place", () => {
  const result = go.parse("a.go", "func func func {{{ ))) === ''' }");
  expect(isFailure(result) && result.message).toMatch(/syntax error/);
});
