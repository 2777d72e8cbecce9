import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { walkStmts } from "../../ir/walk.ts";
import { batteryPrograms, checkMutated, checkOf } from "../harness/robust.ts";
import { fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { go } from "./index.ts";

beforeAll(() => go.load?.());

/** Every form of the language, nested and in odd places. */
const EVERYTHING = `// Package é😀 holds it all.
package all

import (
	"errors"
	l "log"
	. "fmt"
	_ "embed"
)

const A, B = iota, "é😀"

var (
	ErrX = errors.New("x")
	u, v *models.User
)

type T[K comparable] struct {
	*Base
	a, b string \`json:"a"\`
	f    func(a int) (x, y error)
	c    map[string][]chan<- int
}
type I interface {
	Foo(a int, b ...string) (string, error)
	~int | Base
}
type Al = T[int]

func (t *T[K]) M(a, b int, c ...string) (x int, err error) {
	defer func() { if r := recover(); r != nil { err = r.(error) } }()
	if y, err := f(a, c...); err != nil && !t.ok { return 0, err } else if y == 1 { x = -1 } else { x ^= 2 }
	switch v := any(x).(type) { case A, *B: foo(v); default: }
	switch y := z; y { case 1, 2: fallthrough; case 3: break }
	switch { case a > b: return }
	for i := 0; i < 3; i++ { continue }
	for k, v := range m { _ = k; m[k], t.a = v, "x" }
	for range 10 { }
out:
	for { break out }
	select { case m := <-ch: _ = m; case ch <- 1: default: }
	go func() { panic("x") }()
	p := &T[int]{a: "1", c: map[string][]chan<- int{"k": {nil}}}
	s := [...]string{0: "a", "b"}[1:2]
	w, ok := x.(interface{ Bar() })
	if errors.Is(err, ErrX) || errors.As(err, &w) { l.Fatalf("%d%% %s", s, p) }
	q := \`raw\` + "s\\n\\u00e9" + string('c') + Sprintf("%[1]d", 0x1_f)
	return g[int, string](q, ok)(), errors.Join(err, nil)
}
`;

/** Texts to mutate: that one and the battery. */
const texts = [EVERYTHING, ...batteryPrograms(".go")];

const check = checkOf(go, "a.go");

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(go.parse("a.go", text))).toBe(false);
      check(text);
    }
  });

  test("every function of a program is kept, closures included", () => {
    const result = fileOf(go, "a.go", EVERYTHING);
    const kept = new Set(result.functions);
    for (const fn of result.functions)
      walkStmts(fn.body, (expr) => void (expr.kind === "function" && expect(kept.has(expr.fn)).toBe(true)));
    expect(result.functions.map((fn) => fn.name).filter((name) => name !== "")).toEqual(["Foo", "M"]);
  });

  test("mutated never throws, and spans stay inside", () => checkMutated(texts, check));

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      'a B "c" `d` 1 nil ( ) [ ] { } , . ; : := = == != <- & * ! + -1 ... func type struct interface map chan if else for range switch case default select go defer return break continue goto fallthrough var const package import iota \n 😀 // /*'.split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (tokens) => {
        check(tokens.join(" "));
        check(`package a\nfunc f() { ${tokens.join(" ")} }`);
      }),
      { numRuns: 600 },
    );
  });

  test("nested deeper than anybody writes is still read", () => {
    for (const inner of ["(".repeat(5000) + "a" + ")".repeat(5000), "a + ".repeat(5000) + "b", "f(".repeat(2000) + ")".repeat(2000)]) {
      check(`package a\nfunc f() { _ = ${inner} }`);
    }
    check(`package a\nfunc f() { ${"if a { ".repeat(2000)}${"} ".repeat(2000)} }`);
  });
});
