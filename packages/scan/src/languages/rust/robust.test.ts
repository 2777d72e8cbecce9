import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { walkStmts } from "../../ir/walk.ts";
import { batteryPrograms, checkMutated, checkOf } from "../harness/robust.ts";
import { fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { rust } from "./index.ts";

beforeAll(() => rust.load?.());

/** Every form of the language, nested and in odd places. */
const EVERYTHING = `// Package é😀 holds it all.
#[post("/login", data = "<data>")]
pub async fn login<T: Foo>(mut self: Box<Self>, State(app): State<AppState>, &x: &'a str, data: Json<Login>) -> Result<Json<Token>, AppError> where T: A {
    let user = app.users.by(&body.email).await?;
    let Some(user) = user else { return Err(E::A); };
    if let Ok(x) = f() && let Some(y) = x.z && q { a } else if b { c } else { d };
    match x { E::A | E::B(..) if x > 1 => { 1 } E::C { a, b: Some(c), .. } => foo!("x {}", a), ref y @ 1..=3 => 4, "s" => -1, (a, _) => 5, _ => loop { break 3; } }
    for (i, x) in xs.iter().enumerate() { continue }
    while let Some(x) = it.next() { x += 1; }
    let c = move |a, b: u8| a + b;
    let s = S { a, b: 1, ..Default::default() };
    let s2 = a::b::S::<T>::new::<X>(1)[0].0 as u8;
    info!(user = %user.id, ?x, "login {}", y);
    async move { 1 };
    unsafe { x };
    x = y;
    [1, 2]; [0; 3]; (1, 'a'); "a\\n\\u{e9}"; r#"raw"#; b"x"; 1u8; 1.5; true; ();
    a..b; *p; &mut x; !x; return;
    Ok(x)
}
mod foo;
mod tests { fn a() {} }
use crate::{a::{b as c, self}, d::*};
pub use x::y;
struct A<T> { pub a: Option<T>, #[serde] b: B }
struct W(pub String, u8);
enum E { A, B(String), C { x: u8 } }
impl<T> Foo<T> for Bar<T> { const X: u8 = 1; fn a(&self) -> Self { self.x } type Z = u8; }
trait Foo: Bar { fn x(&self); fn y() {} }
const X: &str = "a"; static Y: u8 = 1;
macro_rules! err { ($msg:expr) => {{ error!("{}", $msg); return Err(Error::new($msg)); }}; ($a:expr, $($b:expr),*) => { x }; }
type R<T> = Result<T, E>;
lazy_static! { static ref X: u8 = 1; }
`;

/** Texts to mutate: that one and the battery. */
const texts = [EVERYTHING, ...batteryPrograms(".rs")];

const check = checkOf(rust, "a.rs");

describe("any text", () => {
  test("whole programs are read whole", () => {
    for (const text of texts) {
      expect(isFailure(rust.parse("a.rs", text))).toBe(false);
      check(text);
    }
  });

  test("every function of a program is kept, closures included", () => {
    const result = fileOf(rust, "a.rs", EVERYTHING);
    const kept = new Set(result.functions);
    for (const fn of result.functions)
      walkStmts(fn.body, (expr) => void (expr.kind === "function" && expect(kept.has(expr.fn)).toBe(true)));
    expect(result.functions.map((fn) => fn.name).filter((name) => name !== "")).toEqual(["login", "c", "a", "x", "y", "err!"]);
  });

  test("mutated never throws, and spans stay inside", () => checkMutated(texts, check));

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      'a B "c" 1 None Some Ok Err ( ) [ ] { } , . ; : :: = == => -> <- & * ! + ? | || .. self fn struct enum impl trait mod use match if let else for in while loop return break async await move macro_rules! err! info! #[x] $a pub crate \n 😀 // /*'.split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (tokens) => {
        check(tokens.join(" "));
        check(`fn f() { ${tokens.join(" ")} }`);
      }),
      { numRuns: 600 },
    );
  });

  test("nested deeper than anybody writes is still read", () => {
    for (const inner of ["(".repeat(5000) + "a" + ")".repeat(5000), "a + ".repeat(5000) + "b", "f(".repeat(2000) + ")".repeat(2000)]) {
      check(`fn f() { let _ = ${inner}; }`);
    }
    check(`fn f() { ${"if a { ".repeat(2000)}${"} ".repeat(2000)} }`);
  });
});
