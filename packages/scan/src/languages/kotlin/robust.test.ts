import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { batteryPrograms, checkMutated, checkOf } from "../harness/robust.ts";
import { isFailure } from "../language.ts";
import { kotlin } from "./index.ts";

beforeAll(() => kotlin.load?.());

/** Every form, nested and in odd places. */
const EVERYTHING = `package com.é.shop
import a.B.* // 😀 comment
import a.B.c as D
@Rest(value = ["/x"], on = On("y")) abstract class X<T>(private val users: Users, @Inject val b: Int = 3, c: String) : Y<T>(c), Z {
  private val log = KotlinLogging.logger {}
  var k: Map<String, List<User?>>? = null
  val lazily by lazy { make() }
  val isAdmin: Boolean
    get() = role == "admin"
  companion object { const val A = "x"; fun make() = 1 }
  init { a() }
  constructor(q: Int) : this(q, 1)
  @Post("/😀") override suspend fun <R> m(@Body a: A, vararg rest: String, n: Int = 2): Entity<R> {
    val user = users.find(a.id)?.takeIf { it.ok } ?: return@m Entity.no()
    val (p, q) = pair
    try { x() } catch (e: E1) { throw e } finally { z() }
    for ((k, v) in map) { continue }
    do { while (a && !b || c) {} } while (x)
    val z = when (val y = x) { A, B -> 1; is C -> { 2 }; in 1..3 -> 3; !is D -> 4; else -> throw Error("no") }
    when { a > 1 -> b(); else -> c() }
    if (o is User) return o as User else if (o !in list) { y() }
    list.map { x -> x.y }.forEach { (a1, b1) -> println("$a1 \${b1.c} é😀") }
    call.respond(HttpStatusCode.Unauthorized, mapOf("a" to 1), b = 2)
    val o = object : Foo(1) { fun q() {} }
    x += 1; x.y = 2; i++; arr[0] = name!!.foo(*all)
    val f = fun(x: Int): Int { return x }
    user?.also { u -> u.go() }?.apply { stop() }; with(user) { run { 1 } }
    exception<Denied> { c, e -> c.no(e) }; users::find; User::class; this@X.a; super.m(a); -1; 'c'; 0x1F; 1.5f
    return a
  }
  abstract fun n()
}
enum class E(val c: Int) { A(1), B; fun q() = 1 }
data class R(val name: String)
object O { fun a() {} }
interface I : J { fun d() { } }
fun Application.module() = routing { post("/login") { } }`;

const texts = [EVERYTHING, ...batteryPrograms(".kt")];

const check = checkOf(kotlin, "A.kt");

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(kotlin.parse("A.kt", text))).toBe(false);
      check(text);
    }
  });

  test("mutated never throws, and spans stay inside", () => checkMutated(texts, check));

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      'a B 1 "c" "$a" "${b}" null ( ) [ ] { } < > , . ; -> :: ? ?. ?: : = == + ! !! && @ @A class interface enum object companion fun val var return return@a throw try catch finally when if else for while do is in as to let takeIf by lazy it this super import package 😀'.split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (tokens) => check(tokens.join(" "))),
      { numRuns: 1000 },
    );
  });

  test("nested deeper than anybody writes is still read", () => {
    const inside = (code: string): string => `fun a() {\n${code}\n}`;
    for (const text of [
      inside(`x = ${"(".repeat(3000)}1${")".repeat(3000)}`),
      inside(`x = ${'"a" + '.repeat(3000)}"b"`),
      inside("if (a) { ".repeat(2000) + "}".repeat(2000)),
      inside(`a${".b()".repeat(2000)}`),
      "class A { ".repeat(2000),
    ]) {
      check(text);
    }
  });
});
