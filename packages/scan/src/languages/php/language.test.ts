import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printFile } from "../../ir/print.ts";
import { fileOf } from "../harness/reading.ts";
import { php } from "./index.ts";

beforeAll(() => php.load?.());

const read = (text: string): FileIR => fileOf(php, "app/A.php", `<?php\n${text}`);

function lowered(text: string): string {
  return printFile(read(text)).trim();
}

describe("statements", () => {
  test.each([
    ["a first binding declares, the next assigns", "$x = 1; $x = 2; $x .= 'a';", 'let x = 1\nx = 2\nx += "a"'],
    ["alternative syntax", "if ($a): f(); else: g(); endif;", "if a {\n  f()\n} else {\n  g()\n}"],
    ["keys of a loop", "foreach ($a as $k => $v) f($k, $v);", "loop v in a {\n  let k = opaque()\n  f(k, v)\n}"],
    [
      "types that are caught",
      "try { f(); } catch (A | \\B\\C $e) { g($e); }",
      'import C = * of "B.C"\ntry {\n  f()\n} catch A C e {\n  g(e)\n}',
    ],
    ["what catches everything", "try { f(); } catch (\\Throwable) { g(); }", "try {\n  f()\n} catch {\n  g()\n}"],
    [
      "cases that fall through",
      "switch ($a) { case 1: f(); case 2: g(); break; }",
      "match maybe a {\n  1 => {\n    f()\n    g()\n  }\n  2 => {\n    g()\n  }\n}",
    ],
    ["guards that throw", "throw_unless($ok, Denied::class, 'no');", 'if not ok {\n  throw new Denied("no")\n}'],
    ["guards that end", "abort_if($bad, 403);", "if bad {\n  abort(403)\n}"],
    ["what a closure hands back is declared before", "f(function () use (&$y) { $y = 1; });", "let y\nf(fn() {\n  y = 1\n})"],
    [
      "what a closure is given by value stays outside",
      "$y = 1; f(function () use ($y) { $y = 2; });",
      "let y = 1\nf(fn() {\n  let y = 2\n})",
    ],
    ["pages around code", "if ($a): ?><p><?php f(); endif;", "if a {\n  f()\n}"],
  ])("%s", (_, text, expected) => expect(lowered(text)).toBe(expected));
});

describe("expressions", () => {
  test.each([
    ["lists", "f([1, 2]);", "f([1, 2])"],
    ["records, with what has no key", "f(['a' => 1, 2, ...$b]);", "f({a: 1, […]: 2, ...b})"],
    ["the keys of both", "f(['a' => 1] + $b);", "f({...{a: 1}, ...b})"],
    ["named arguments", "f($a, code: 3);", "f(a, {code: 3})"],
    ["text with holes", "f(\"a $b->c {$d['e']}\" . $g);", "f(`a ${b.c} ${d.e}${g}`)"],
    ["heredoc", "f(<<<EOT\na $b\nEOT);", "f(`a ${b}`)"],
    ["null-safe chains", "f($a?->b()?->c);", "f(a?.b()?.c)"],
    ["static members", "f(A::B, A::$c, A::class, A::d());", "f(A.B, A.c, A.class, A.d())"],
    ["what is asked of names", "f(isset($a, $b), empty($c), is_null($d));", "f(((a != null) and (b != null)), not c, (d == null))"],
    ["elvis", "f($a ?: $b, $a ?? $b);", "f((a or b), (a default b))"],
    ["types are tested", "f($a instanceof B, $a === 1, $a !== 2);", "f((a is B), (a == 1), (a != 2))"],
    ["services that are looked up", "app(A::class)->f(); resolve(A::class); app()->make(A::class);", "new A().f()\nnew A()\nnew A()"],
    ["functions as values", "f(g(...), $a->h(...));", "f(g, a.h)"],
    ["members that are computed", "$a->$b(); $a->{'x' . $c}; $a[$d];", "a[b]()\na[`x${c}`]\na[d]"],
    [
      "matches of conditions",
      "$x = match (true) { $a => 1, default => 2 };",
      "let x = do {\n  match true {\n    _ when a => {\n      yield 1\n    }\n    _ => {\n      yield 2\n    }\n  }\n}",
    ],
  ])("%s", (_, text, expected) => expect(lowered(text)).toBe(expected));
});

describe("names", () => {
  test("a class has its namespace, which is at hand", () => {
    const file = read("namespace App\\Http; class A extends B implements \\C\\D { use E; }");
    expect(file.containers.map((one) => one.name)).toEqual(["App.Http.A"]);
    expect(file.containers[0]!.extends.map((one) => one.name)).toEqual(["B", "E", "D"]);
    expect(file.imports.map(({ local, source }) => `${local} ${source}`)).toEqual(["* App.Http", "D C.D"]);
  });

  test("imports in groups, of functions and under other names", () => {
    const file = read("use A\\{B, C as D}; use function E\\f; use G;");
    expect(file.imports.map(({ local, imported, source }) => `${local} ${imported} ${source}`)).toEqual([
      "B * A.B",
      "D * A.C",
      "f f E",
      "G * G",
    ]);
  });

  test("a name in full is an import of its last part, unless that is taken", () => {
    const file = read("use A\\User; new \\B\\User(); new \\C\\Role();");
    expect(printFile(file)).toContain("new B.User()\nnew Role()");
  });

  test("self and static are the object, parent its parent, and what they create is the class", () => {
    expect(lowered("class A { function f() { self::g(); parent::f(); return new static(1); } }")).toContain(
      "this.g()\n    super.f()\n    return new A(1)",
    );
  });
});

describe("members", () => {
  test("types of fields: written, promoted, or of the parameter that fills them", () => {
    const file = read("class A { private B $b; private $c; function __construct(private D $d, C $c) { $this->c = $c; } }");
    const [container] = file.containers;
    expect(container!.fields.map(({ name, type }) => `${name} ${type?.name}`)).toEqual(["b B", "c C"]);
    expect(container!.functions[0]!.params.map(({ field }) => field)).toEqual([true, undefined]);
  });

  test("attributes are decorators", () => {
    const file = read("class A { #[Route('/x', methods: ['POST']), IsGranted('ADMIN')] public function f() {} }");
    expect(file.functions[0]!.decorators.map(({ name, args }) => `${name} ${args.length}`)).toEqual(["Route 2", "IsGranted 1"]);
  });

  test("what is private and what is static", () => {
    const file = read("class A { private function f() {} public static function g() {} function h() {} abstract function i(); }");
    expect(file.functions.map(({ name, isPrivate, isStatic }) => `${name} ${isPrivate} ${isStatic}`)).toEqual([
      "f true undefined",
      "g undefined true",
      "h undefined undefined",
    ]);
  });
});
