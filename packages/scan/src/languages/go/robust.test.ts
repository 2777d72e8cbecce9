import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
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
const battery = new URL("../battery/", import.meta.url);
const texts = [
  EVERYTHING,
  ...readdirSync(battery)
    .filter((file) => file.endsWith(".go"))
    .map((file) => readFileSync(new URL(file, battery), "utf8")),
];

/** Nodes that do not lie inside the text, and functions without a file. */
function strays(file: FileIR): string[] {
  const found: string[] = [];
  const seen = new Set<unknown>([file]);
  const open: unknown[] = [file.body, file.containers, file.functions, file.imports, file.comments];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    if (
      "start" in node &&
      "end" in node &&
      !(Number(node.start) >= 0 && Number(node.start) <= Number(node.end) && Number(node.end) <= file.text.length)
    ) {
      found.push(`${"kind" in node ? String(node.kind) : "part"} ${String(node.start)}-${String(node.end)}`);
    }
    open.push(...Object.values(node));
  }
  return [...found, ...file.functions.filter((fn) => fn.file !== file).map((fn) => `unlinked ${fn.name}`)];
}

function check(text: string): void {
  const result = go.parse("a.go", text);
  if (isFailure(result)) expect(result.message).not.toBe("");
  else expect(strays(result)).toEqual([]);
}

type Edit = readonly [at: number, from: number, length: number, how: "delete" | "duplicate" | "move"];
const edit = fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 40 }), fc.constantFrom<Edit[3][]>("delete", "duplicate", "move"));

function mutate(text: string, edits: readonly Edit[], separator: string): string {
  let pieces = text.split(separator);
  for (const [at, from, length, how] of edits) {
    const start = from % pieces.length;
    const slice = pieces.slice(start, start + (separator === "" ? length : 1 + (length % 4)));
    const rest = how === "duplicate" ? pieces : pieces.toSpliced(start, slice.length);
    pieces = how === "delete" ? rest : rest.toSpliced(at % (rest.length + 1), 0, ...slice);
  }
  return pieces.join(separator);
}

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(go.parse("a.go", text))).toBe(false);
      check(text);
    }
  });

  test("every function of a program is kept, closures included", () => {
    const result = go.parse("a.go", EVERYTHING);
    if (isFailure(result)) throw new Error(result.message);
    const kept = new Set(result.functions);
    for (const fn of result.functions)
      walkStmts(fn.body, (expr) => void (expr.kind === "function" && expect(kept.has(expr.fn)).toBe(true)));
    expect(result.functions.map((fn) => fn.name).filter((name) => name !== "")).toEqual(["Foo", "M"]);
  });

  test("mutated never throws, and spans stay inside", () => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, fc.constantFrom("", "\n", " "), (text, changes, separator) =>
        check(mutate(text, changes, separator)),
      ),
      { numRuns: 400 },
    );
  });

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
