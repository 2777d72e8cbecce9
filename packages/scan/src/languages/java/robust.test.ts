import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { batteryPrograms, checkMutated, checkOf } from "../harness/robust.ts";
import { isFailure } from "../language.ts";
import { java } from "./index.ts";

beforeAll(() => java.load?.());

/** Every form, nested and in odd places. */
const EVERYTHING = `package com.é.shop; import static a.B.*; import a.B.C; // 😀 comment
@Rest(value = "/x", on = {@On, @On("y")}) public abstract class X<T extends Y & Z> extends Y<T> implements W.Q<T> {
  private static final Logger log = LoggerFactory.getLogger(X.class), other; @A Map<String, ? extends List<T>> m[] = {};
  static { a(); } { b(); }
  public X(A a) throws E { super(a); this.a = a; } X() { this(null); }
  @Post("/😀") <R> Entity<R> m(@Body final A a, String... rest) throws E1 {
    try (var c = open(); d) { x(); } catch (E1 | E2 e) { throw e; } finally { z(); }
    outer: for (User u : us) { continue outer; }
    for (int i = 0, j = 1; i < 3; i++, j--) { break; }
    int k = switch (x) { case A, B -> 1; case C(int p, var q) when p > 1 -> { yield 2; } default -> throw new E(); };
    switch (y) { case 1: case 2: if (a) break; foo(); default: bar(); }
    if (o instanceof User u2 && !(o instanceof P(var z))) return (User) o; else if (o instanceof A) {} else ;
    list.stream().map(User::name).filter(v -> { return v != null; }).findFirst().orElseThrow(() -> new E("x" + 1 + 'c'));
    opt.ifPresentOrElse(v -> a(v), () -> b()); mono.onErrorResume(E.class, e -> Mono.error(e)).doOnError(e -> log(e));
    new Foo<>(1) {{ put("a", b); }}; int[] arr = new int[]{1, 2}; int[][] g = new int[3][n()]; arr[0] += 1;
    synchronized (this) { y(); } assert x : "y"; X.this.m(); super.m(a); o.new Inner(); class Local { void q() { a(); } }
    do { t = """
      text \\t "quoted" """; } while (a ? b : c); return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
  }
  abstract void n(); enum E { A("x") { void z() {} }, B; int q; E() {} }
  record R(@NotNull String name, int... age) { R { check(); } } @interface Anno { String value() default "x"; int N = 1; }
}
sealed interface I extends J permits K { default void d() {} @Get void e(); }
int top(int a) { return a; }`;

const texts = [EVERYTHING, ...batteryPrograms(".java")];

const check = checkOf(java, "A.java");

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(java.parse("A.java", text))).toBe(false);
      check(text);
    }
  });

  test("mutated never throws, and spans stay inside", () => checkMutated(texts, check));

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      'a B 1 "c" null ( ) [ ] { } < > , . ; -> :: ? : = == + ! && @ @A class interface enum record extends implements new return throw try catch finally switch case default if else for while do instanceof static final void this super yield """ import package orElseThrow Mono.error( 😀'.split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (tokens) => check(tokens.join(" "))),
      { numRuns: 1000 },
    );
  });

  test("nested deeper than anybody writes is still read", () => {
    const inside = (code: string): string => `class A { void a() { ${code} } }`;
    for (const text of [
      inside(`x = ${"(".repeat(9000)}1${")".repeat(9000)};`),
      inside(`x = ${'"a" + '.repeat(9000)}"b";`),
      inside("if (a) { ".repeat(3000) + "}".repeat(3000)),
      inside(`a${".b()".repeat(5000)};`),
      "class A { ".repeat(2000),
    ]) {
      check(text);
    }
  });
});
