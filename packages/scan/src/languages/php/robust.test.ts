import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { batteryPrograms, checkOf, checkSpliced, strays } from "../harness/robust.ts";
import { fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { php } from "./index.ts";

beforeAll(() => php.load?.());

/** Every statement and expression, nested and in odd places. */
const EVERYTHING = `<?php // é😀
declare(strict_types=1);
namespace App\\Http\\Controllers;

use App\\Models\\User;
use Illuminate\\Support\\Facades\\{Auth, Log as Logger};
use function App\\helper;

/** doc */
#[Route('/login', methods: ['POST']), IsGranted("ROLE")]
final class LoginController extends Controller implements Foo, Bar
{
    use AuthorizesRequests, \\Dispatches { foo as protected bar; }
    const LIMIT = 5;
    private static ?User $user = null;
    protected $listen = [Login::class => [A::class]];
    public function __construct(private readonly UserService $users, protected int $n = 3, ...$rest) {}
    #[Get]
    abstract protected function x(): static|null;
    public static function login(LoginRequest $request, ?User &$u, A|B $c): JsonResponse
    {
        $x = $request->user()?->name ?? 'a';
        [$a, 'k' => $b] = f();
        list($q, , $r) = g();
        $this->users->find($id)->{$name}(...$args);
        self::foo(); static::$user; parent::bar(); User::class; User::LIMIT; $cls::make();
        $y = "hi $name and {$user->id} $user->name $arr[0] \${z}\\n";
        $h = <<<EOT
          a {$b} c
          EOT;
        $n = <<<'X'
        raw
        X;
        $fn = fn (int $a) => $a + 1;
        $cl = function () use ($a, &$b): void { return; };
        throw new Foo(code: 3);
        $m = match (true) { $a, $b => 1, default => throw new E() };
        switch ($x) { case 1: a(); break; case 2: default: b(); }
        foreach ($xs as $k => &$v) { continue; }
        for ($i = 0; $i < 3; $i++) {}
        while (true) {} do { a(); } while ($b);
        try { a(); } catch (A | \\B\\C $e) { b(); } catch (D) {} finally { c(); }
        if ($a): x(); elseif ($b): y(); else: z(); endif;
        if ($a) x(); elseif ($b) y(); else if ($c) { w(); } else { z(); }
        $a .= 'x'; $a ??= 3; $a = &$b; $i++; (int) $a; @foo(); !$a; -3;
        $a instanceof Foo; $a && $b and $c; $a ?: $b; $a ? 1 : 2; $a === 3; $a . 'x' . $b;
        $arr['x']['y'] = 3; $arr[] = 4; unset($a['b']); isset($a, $b['c']); empty($x);
        echo 'a', 'b'; print 'x'; exit(1); die('x'); global $zz; static $cc = 3;
        new class($a) extends Foo { public function z() {} };
        $f = strlen(...); $g = $this->foo(...); clone $a; yield $x; yield $k => $v; yield from $z;
        include 'x.php'; return $a <=> $b; goto end; 
        ['a' => 1, ...$other, 2];
        array('x' => 2);
        Foo\\bar(); \\foo(); namespace\\baz(); new Foo\\Bar; new $cls(3); new static; $x?->y; A::{$m}();
    }
    public string $name { get => $this->x; set { $this->y = $value; } }
}
enum Status: string { case A = 'a'; case B = 'b'; public function label() { return 1; } }
interface I extends J { public function a(); }
trait T { abstract function q(); }
function top() { }
?>
<div><?= $x ?></div>
<?php foreach ($a as $b): ?>
<p><?php endforeach; ?>
`;

/** Texts to mutate: that one and the battery. */
const texts = [EVERYTHING, ...batteryPrograms(".php")];

const check = checkOf(php, "app/a.php");

test("reads every construct without an error", () => {
  const result = fileOf(php, "app/a.php", EVERYTHING);
  expect(strays(result)).toEqual([]);
  expect(result.functions.map((fn) => fn.name)).toEqual(expect.arrayContaining(["constructor", "login", "label", "top"]));
  expect(result.containers.map((one) => one.name)).toEqual(
    expect.arrayContaining(["App.Http.Controllers.LoginController", "", "App.Http.Controllers.Status"]),
  );
});

describe("mutated", () => {
  test("never throws, and spans stay inside", () => checkSpliced(texts, check));

  test("any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: 200 });
  });
});

test("deep nesting ends", () => {
  check(`<?php $x = ${"(".repeat(3000)}1${")".repeat(3000)};`);
  check(`<?php $x = ${"$a . ".repeat(3000)}1;`);
});

test("a page without code says nothing", () => {
  const result = php.parse("app/a.php", "<html><?= $x ?></html>");
  expect(isFailure(result) ? [] : result.functions).toEqual([]);
});

test("text that is no PHP is a failure with a place", () => {
  const result = php.parse("app/a.php", `<?php ${"% ) ] ".repeat(40)}`);
  expect(isFailure(result) && result.message).toMatch(/syntax error near line 1/);
});
