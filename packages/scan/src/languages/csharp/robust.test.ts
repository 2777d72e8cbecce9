import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { batteryPrograms, checkMutated, checkOf } from "../harness/robust.ts";
import { isFailure } from "../language.ts";
import { csharp } from "./index.ts";

beforeAll(() => csharp.load?.());

/** Every form, nested and in odd places. */
const EVERYTHING = `#nullable enable
global using A.É; using static A.B; using X = A.B.C<D>; // 😀 comment
[assembly: Foo] namespace Shop.Users {
#region x
[ApiController, Route("api/[controller]"), On<A>(typeof(B), Name = nameof(C.D), Order: 1)]
public sealed partial class X<T>(IUsers users, [FromKeyedServices("a")] ILogger<X> log) : Base<T>(users), I.Q<T> where T : class, new() {
#if DEBUG
  int z;
#else
  int y = 1_000, w;
#endif
  private readonly ILogger _log = Log.ForContext<X>(); const string C = """raw "x" """; string s = @"ver""b"; event Handler E;
  public required string Name { get; init; } = "x"; bool Ok => _log != null; int V { get { return 1; } private set => x = value; }
  public X(A a) : this(a, null) => this.a = a; ~X() { } static X() { }
  [HttpPost("/😀", Name = "x"), AllowAnonymous] [return: NotNull]
  public override async Task<ActionResult<(int, string b)>> M([FromBody] Body? body, int n = 3, CancellationToken t = default, params string[] rest) {
    var user = await users.Where(u => u.Email == body.Email).SingleOrDefaultAsync().ConfigureAwait(false);
    if (user is not { LockedOut: false, Name.Length: > 3 } found || !await users.CheckAsync(found, body.Password)) return Unauthorized();
    if (await F() is User { A: null } uu and not { B: 1 }) { } else if (x is > 3 and < 5 or null) { } else ;
    using var scope = log.BeginScope("{User}", user!.Id); await using var q = Open(); using (var r = Open()) { a(); }
    log.LogInformation($"login {user.Id:N} {{x}} {(a ? b : c)}", a: 3, out var o, ref p); var (i, _) = F(); (int k, l) = G();
    x ??= 3; y = z ?? throw new E("e" + 1 + 'c'); a?.b?.c(); a?[1].d(); arr[^1] = 1; f.g += h; j++; --j; _ = F();
    foreach (var (a1, b1) in list) { continue; } await foreach (User e in es) break; for (int m = 0; m < 3; m++) { } while (a) { } do { } while (b);
    switch (x) { case 1: case 2: if (a) break; foo(); break; case User u2 when u2.A: return; case > 5 or "y": break; default: goto case 1; }
    try { } catch (FooException ex) when (ex.Code == 1) { throw; } catch (Exception) { } finally { z(); }
    int Local(int a2) => a2 + 1; static async Task L2() { } lock (x) { } checked { } unsafe { } yield return 3; yield break; end: ;
    var an = new { next = "t", user.Id, n }; Foo fo = new(1) { A = 1, B = { C = 2 } }; var d = new Dictionary<string, int> { ["a"] = 1, {"b", 2} };
    int[] c = [1, ..d]; var w2 = u with { A = 2 }; Func<int, int> fn = static x => x + 1; Action ac = async () => { await F(); }; var de = delegate (int a) { };
    var qu = from u in users where u.A orderby u.B select u.C; services.GetRequiredService<IAudit>().Log(); base.F(); return Task.FromResult(3);
    return found switch { { Two: true } => Ok(new { a }), User { A: 1 } u3 => 2, (1, var b) => 3, "a" or "b" => 4, > 5 => 3, null => throw new X(), _ when x => 1, _ => await G() };
  }
  [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "no {User}")] static partial void Denied(ILogger logger, string user);
  abstract void N(); public static bool operator ==(A a, B b) => true; public static implicit operator X(Y y) => new X(); int this[int i] => 3;
  void I.Bar() { } enum En : int { A, [X] B = 2 } record struct RS(int A) { } delegate void D(int x);
}
#endregion
public record Cmd([property: X] string A, int B = 1) : Base(A), IRequest<bool>; interface I<in T> : J { void M(); int Y { get; } void D() { a(); } }
public static class Ext { public static void AddX(this IServices s) { } }
}`;

const texts = [EVERYTHING, ...batteryPrograms(".cs")];

const check = checkOf(csharp, "A.cs");

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(csharp.parse("A.cs", text))).toBe(false);
      check(text);
    }
  });

  test("mutated never throws, and spans stay inside", () => checkMutated(texts, check));

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      'a B 1 "c" $" null ( ) [ ] { } < > , . ; => ? ?. ?? : = == + ! && is not and or switch case default _ when var new with out ref this base async await public static partial abstract override class record struct enum interface namespace using global if else for foreach in while do try catch finally throw return yield lock get set typeof nameof( #if #endif [A( 😀'.split(
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
