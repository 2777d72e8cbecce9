import { describe, expect, test } from "vitest";
import type { FileIR, FunctionIR } from "../../ir/nodes.ts";
import { printFile } from "../../ir/print.ts";
import { fileOf } from "../harness/reading.ts";
import { javascript } from "./index.ts";

function lowered(text: string, path = "a.tsx"): FileIR {
  const file = fileOf(javascript, path, text);
  return file;
}

const printed = (text: string, path?: string) => printFile(lowered(text, path)).trimEnd();
const names = (text: string) => lowered(text).functions.map((fn) => fn.name);

function named(file: FileIR, name: string): FunctionIR {
  const fn = file.functions.find((one) => one.name === name);
  if (fn === undefined) throw new Error(`no function ${name}`);
  return fn;
}

describe("functions", () => {
  test("are called by their declaration, else by what they are assigned to", () => {
    expect(names("const login = async () => 1")).toEqual(["login"]);
    expect(names("const x = { login: () => 1, logout() {}, 'sign-up': function () {} }")).toEqual(["login", "logout", "sign-up"]);
    expect(names("exports.login = function () {}; User.prototype.save = function () {}; this.go = () => {}")).toEqual([
      "login",
      "save",
      "go",
    ]);
    expect(names("const a = function own() {}; class C { handle = () => {} }")).toEqual(["own", "handle"]);
    expect(names("const a = wrap(() => {})")).toEqual([""]);
    expect(names("export default () => 1")).toEqual(["default"]);
  });

  test("hoist to the start of their block", () => {
    expect(printed("go(); function go() { return f; function f() {} }")).toBe("let go = fn() {\n  let f = fn() {}\n  return f\n}\ngo()");
  });

  test("know the function and the class they stand in", () => {
    const file = lowered("class A { m() { return () => 1; } n() { return class B { inner() {} }; } } function f() {}");
    expect(named(file, "").parent).toBe(named(file, "m"));
    expect(named(file, "").container?.name).toBe("A");
    expect(named(file, "inner").container?.name).toBe("B");
    expect(named(file, "inner").container?.parent?.name).toBe("A");
    expect(named(file, "f").container).toBeUndefined();
    expect(named(file, "f").file).toBe(file);
  });

  test("keep the types of parameters and of what they return", () => {
    expect(printed("const f = (a: null | User, b: string[], c: Pick<User, 'id'>, { d }: typeof e): Promise<void> => {}")).toBe(
      "let f = fn(a: User, b: Array<string>, c: Pick<User, id>, {d: d}: typeof<e>): Promise<void> {}",
    );
  });

  test("keep directives apart from statements", () => {
    const file = lowered("'use server'; export async function save() { 'use server'; 'use strict'; go(); 'not one' }");
    expect(file.directives).toEqual(["use server"]);
    expect(named(file, "save").directives).toEqual(["use server", "use strict"]);
    expect(named(file, "save").body).toHaveLength(2);
  });
});

describe("classes", () => {
  test("have decorators with arguments on class, method, parameter and field", () => {
    const file = lowered("@Controller('auth') export class Auth { @Inject() x: X; @Post('in') @Guard(Jwt) login(@Body('a') a) {} }");
    const [auth] = file.containers;
    const shown = [...(auth?.decorators ?? []), ...(auth?.fields[0]?.decorators ?? []), ...named(file, "login").decorators];
    expect(shown.map(({ name, args }) => [name, args.length])).toEqual([
      ["Controller", 1],
      ["Inject", 0],
      ["Post", 1],
      ["Guard", 1],
    ]);
    expect(named(file, "login").params[0]?.decorators[0]?.name).toBe("Body");
  });

  test("start at the first decorator, and so do methods", () => {
    const text = "x; @A export class B { @C() m() {} }";
    const file = lowered(text);
    expect(text.slice(file.containers[0]?.start)).toMatch(/^@A/);
    expect(text.slice(named(file, "m").start, named(file, "m").end)).toBe("@C() m() {}");
  });

  test("have parameter properties and fields with types", () => {
    expect(
      printed("class A extends Base<T> implements I { #n = 1; static s: S; constructor(private readonly jwt: Jwt, b) { super() } }"),
    ).toBe(
      "let A = class A extends Base<T>, I {\n  field #n = 1\n  static field s: S\n  constructor(field jwt: Jwt, b) {\n    super()\n  }\n}",
    );
  });

  test("in plain JavaScript have the fields that the constructor assigns", () => {
    const [one] = lowered(
      "class A { constructor(db) { this.db = db; this.log = new Logger(); this.db = null; other.x = 1 } }",
      "a.js",
    ).containers;
    expect(one?.fields.map(({ name, type }) => [name, type?.name])).toEqual([
      ["db", undefined],
      ["log", "Logger"],
    ]);
    const [typed] = lowered("class A { private db: Db; constructor(db: Other) { this.db = db } }").containers;
    expect(typed?.fields.map(({ name, type }) => [name, type?.name])).toEqual([["db", "Db"]]);
  });

  test("know getters, setters, static and private methods", () => {
    const file = lowered("class A { get a() {} set b(x) {} static c() {} private d() {} #e() {} *f() {} constructor() {} }");
    expect(file.containers[0]?.functions.map((fn) => [fn.name, fn.role, fn.isStatic ?? false, fn.isPrivate ?? false])).toEqual([
      ["a", "getter", false, false],
      ["b", "setter", false, false],
      ["c", undefined, true, false],
      ["d", undefined, false, true],
      ["#e", undefined, false, true],
      ["f", "generator", false, false],
      ["constructor", "constructor", false, false],
    ]);
  });
});

describe("TypeScript", () => {
  test("is erased from expressions", () => {
    expect(printed("go(a as B, c!.d satisfies E, f<G>(h))")).toBe("go(a, c.d, f(h))");
    expect(printed("go(<A>b)", "a.ts")).toBe("go(b)");
  });

  test("leaves nothing of overloads, abstract methods, declarations and types", () => {
    const text =
      "declare const a: A; declare function b(): void; function c(x: string): void; function c(x: unknown) {} type T = A | B; abstract class K { abstract m(): void; n(): void; n(x?: A) {} } declare module 'm' { const q: Q }";
    expect(printed(text)).toBe("let c = fn(x: unknown) {}\nlet K = class K {\n  n(x: A) {}\n}");
  });

  test("enums are containers, namespaces their content, interfaces only types", () => {
    expect(printed("enum Role { Admin = 'admin', 'Some One' } namespace N { export const x = 1 } interface D { log: Logger }")).toBe(
      'interface D {\n  field log: Logger\n}\nlet Role = enum Role {\n  static field Admin = "admin"\n  static field Some One\n}\nlet x = 1',
    );
  });

  test("JavaScript with type annotations is read as well", () => {
    expect(printed("const f = (a: User) => a", "a.js")).toBe("let f = fn(a: User) {\n  return a\n}");
  });
});

describe("switch", () => {
  const arms = (cases: string) =>
    printed(`function f() { switch (k) { ${cases} } }`).replaceAll(/\s+/g, " ").replace("let f = fn() { ", "").replace(/ \}$/, "");

  test("copies what a case falls through to and drops breaks", () => {
    expect(arms("case 1: a(); case 2: b(); break; case 3: c()")).toBe("match maybe k { 1 => { a() b() } 2 => { b() } 3 => { c() } }");
  });

  test("joins empty cases, puts default last", () => {
    expect(arms("default: d(); break; case 1: case A.B: a()")).toBe("match k { 1 | ^A.B => { a() } _ => { d() } }");
    expect(arms("case 1: default: d()")).toBe("match k { _ => { d() } }");
  });

  test("spells out a conditional break, in blocks too", () => {
    expect(arms("case 1: if (x) break; a(); break; case 2: b()")).toBe("match maybe k { 1 => { if x {} else { a() } } 2 => { b() } }");
    expect(arms("case 1: { if (x) { a(); break; } else { b() } } c(); break; case 2: d()")).toBe(
      "match maybe k { 1 => { if x { a() } else { b() c() } } 2 => { d() } }",
    );
  });

  test("leaves the breaks of loops inside alone", () => {
    expect(arms("case 1: for (const x of y) { break } a(); break; case 2: return 1")).toBe(
      "match maybe k { 1 => { loop x in y { jump } a() } 2 => { return 1 } }",
    );
  });

  test("on true is arms with guards", () => {
    expect(printed("switch (true) { case x > 1: a(); break; default: b() }").replaceAll(/\s+/g, " ")).toBe(
      "match true { _ when (x > 1) => { a() } _ => { b() } }",
    );
  });
});

describe("expressions", () => {
  test.each([
    ["a === b", "(a == b)"],
    ["a !== b", "(a != b)"],
    ["a instanceof B", "(a is B)"],
    ["typeof a !== 'string'", 'not (a is "string")'],
    ["a?.b?.['c']?.(d)", "a?.b?.c?(d)"],
    ["a[b] + 1", "(a[b] + 1)"],
    ["'a' + b + 1 + `c${d}`", "`a${b}1c${d}`"],
    ["b + c + 'a'", "`${(b + c)}a`"],
    ["`plain`", '"plain"'],
    ["(a ?? b) || (c && !d)", "((a default b) or (c and not d))"],
    ["x.y ??= z", "x.y = (x.y default z)"],
    ["i++", "i += 1"],
    ["new a.B(...c)", "new a.B(...c)"],
    ["{ ...a, b, 'c-d': 1, [e]: 2, get f() { return 1 } }", "{...a, b: b, c-d: 1, […]: 2, f: fn() {\n  return 1\n}}"],
    ["import('./x')", 'import("./x")'],
    ["tag`a${b}`", "tag(`a${b}`)"],
    [
      "<Form onSubmit={() => save()} off {...p}>Hi <b>{n}</b></Form>",
      'new Form({onSubmit: fn() {\n  return save()\n}, off: true, ...p}, "Hi", new "b"({}, n))',
    ],
    ["[-1, 10n, /x/, void 0, undefined, , null]", "[-1, 10, opaque(), null, null, null, null]"],
    ["delete a.b, c", "opaque(opaque(a.b), c)"],
  ])("%s", (source, shown) => {
    expect(printed(`(${source})`)).toBe(shown);
  });

  test("handlers in JSX attributes are functions of the file", () => {
    expect(names("const el = <Form onSubmit={() => save()} />")).toEqual(["onSubmit"]);
  });

  test("offsets count UTF-16 units, whatever stands before", () => {
    const emoji = "const a = '😀'; go()";
    expect(lowered(emoji).body[1]?.start).toBe(emoji.indexOf("go"));
    expect(lowered("\uFEFFgo()").body[0]?.start).toBe(1);
  });
});

describe("loops and handlers", () => {
  test.each([
    ["for (let i = 0; i < 3; i++) go(i)", "let i = 0\nloop while (i < 3) {\n  go(i)\n  i += 1\n}"],
    ["for (const [a, b] of c) go(a)", "loop [a, b] in c {\n  go(a)\n}"],
    ["for (k in o) go(k)", "loop k in o {\n  go(k)\n}"],
    ["do { go() } while (x)", "loop once while x {\n  go()\n}"],
    ["out: while (x) { continue out }", "loop while x {\n  jump\n}"],
    ["try { a() } catch { b() } finally { c() }", "try {\n  a()\n} catch {\n  b()\n} finally {\n  c()\n}"],
  ])("%s", (source, shown) => {
    expect(printed(source)).toBe(shown);
  });
});
