import { beforeAll, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printer } from "../../ir/print.ts";
import { bodyLines, fileOf } from "../harness/reading.ts";
import { rust } from "./index.ts";
import { createFinder } from "./modules.ts";

beforeAll(() => rust.load?.());

const { method, container, imported } = printer({ name: (name) => name, symbol: (value) => `:${value}` });

const parsed = (text: string): FileIR => fileOf(rust, "src/a.rs", text);

/** The statements of a function body, as the IR prints them. */
function body(text: string, head = "fn f() -> Result<X, E>"): string {
  const fn = parsed(`${head} {\n${text}\n}`).functions.find((one) => one.name === "f")!;
  return bodyLines(method(fn)).join("\n");
}

test("a handler of axum: extractors, let else, a match on what a call gives", () => {
  expect(
    body(
      `let user = app.users.by_email(&body.email).await?;
    let Some(user) = user else { return Err(AppError::Unauthorized); };
    match verify(&body.password, &user.hash) {
        Ok(true) => { info!(user = %user.id, "login"); Ok(Json(user)) }
        Ok(false) => Err(AppError::Unauthorized),
        Err(e) => Err(e.into()),
    }`,
      "async fn f(State(app): State<AppState>, Json(body): Json<LoginBody>) -> Result<Json<Token>, AppError>",
    ),
  ).toBe(`let user = await app.users.by_email(body.email)
let user = user
if (user == null) {
  throw new AppError.Unauthorized()
}
try {
  let _value = verify(body.password, user.hash)
} catch e {
  throw e
} else {
  match _value {
    true => {
      info!({user: user.id}, "login")
      return Json(user)
    }
    false => {
      throw new AppError.Unauthorized()
    }
  }
}`);
});

test("errors are thrown, mapped, made of nothing, and looked at", () => {
  expect(body("Ok(())")).toBe("return :ok");
  expect(body("Err(AppError::Bad(1))")).toBe("throw new AppError.Bad(1)");
  expect(body(`Err((StatusCode::FORBIDDEN, "no"))`)).toBe(`throw new ResponseError(403, "no")`);
  expect(body("let u = find().ok_or(E::Gone)?;\nOk(u)")).toContain("default do {\n  throw new E.Gone()\n}");
  expect(body("decode(t).map_err(|_| E::Denied)?;\nOk(())")).toContain("throw new E.Denied()");
  expect(body("if check().is_err() { return Err(E::No); }\nOk(())")).toContain("yield true");
  expect(body('if let Err(e) = send() { warn!("{e}"); }\nOk(())')).toBe(`try {
  send()
} catch e {
  warn!(\`\${e}\`)
}
return :ok`);
});

test("a result that a variable holds is a tuple, and thrown where it is given back", () => {
  const text = body("let r = login();\nmatch &r { Ok(u) => audit(u), Err(e) => deny(e) }\nr");
  expect(text).toContain("yield (:ok, _value)");
  expect(text).toContain("(:error, e) => {\n    deny(e)");
  expect(text).toMatch(/throw _error/);
});

test("options are values or null", () => {
  expect(body("if let Some(u) = find() { a(u) } else { b() }", "fn f()")).toBe(`let u = find()
if (u == null) {
  b()
} else {
  a(u)
}`);
  expect(body("let u = find()?;\nSome(u.id)", "fn f() -> Option<u8>")).toContain("return null");
  expect(body("match find() { Some(u) => a(u), None => b() }", "fn f()")).toMatch(/null => \{\s+b\(\)[\s\S]+u => \{\s+a\(u\)/);
  expect(body("if a && let Some(u) = b { c(u) }", "fn f()")).toContain("if a");
});

test("macros are calls; those that end the function throw", () => {
  expect(body('tracing::warn!(target: "auth", %ip, "failed {}", name);', "fn f()")).toBe(
    'tracing.warn!({target: "auth"}, ip, `failed ${name}`)',
  );
  expect(body('bail!("no {}", x);')).toBe("throw new Error(`no ${x}`)");
  expect(body("ensure!(ok, E::Denied);")).toContain("if ok");
  expect(body("if matches!(x, A::B | A::C) { d() }", "fn f()")).toContain("yield true");
  const file = parsed(
    'macro_rules! err { ($msg:expr) => {{ error!("{}", $msg); return Err(Error::new($msg)); }}; }\nfn g() -> R { err!("x") }',
  );
  expect(method(file.functions[0]!)).toBe("err!(msg) {\n  error!(`${msg}`)\n}");
  expect(method(file.functions[1]!)).toContain('err!("x")\n  throw');
});

test("impl blocks, traits, attributes, and code for tests", () => {
  const file = parsed(`struct A { db: Arc<Db> }
impl A { pub fn new(db: Db) -> Self { Self { db } } fn get(&self) -> u8 { self.db.get() } }
impl Store for A { fn put(&self) {} }
#[cfg(test)] mod tests { fn t() {} }
#[post("/x", data = "<b>")] fn h() {}`);
  expect(file.containers.map(container).join("\n")).toBe(`class A {
  field db: Db
}
class A {
  static new(db: Db): A {
    return new A({db: db})
  }
  get(): u8 {
    return this.db.get()
  }
}
class A extends Store {
  put() {}
}`);
  const handler = file.functions.at(-1)!;
  expect(method(handler)).toBe('@post("/x", {data: "<b>"}) h() {}');
  expect(file.text.slice(handler.start).startsWith("#[post")).toBe(true);
  expect(file.functions.map((fn) => fn.name)).not.toContain("t");
});

test("use, modules, and paths through the crate", () => {
  const file = parsed("use crate::{auth::{self, Claims as C}, db::*};\nmod mail;\nfn f() { crate::audit::write(1); mail::send() }");
  expect(file.imports.map(imported)).toEqual([
    'import auth = auth of "crate"',
    'import C = Claims of "crate::auth"',
    'import * = * of "crate::db"',
    'import mail = * of "self::mail"',
    'import write = write of "crate::audit"',
  ]);
  const find = createFinder({
    paths: ["app/src/main.rs", "app/src/db/mod.rs", "app/src/db/user.rs", "core_lib/src/lib.rs", "core_lib/src/x.rs"],
    manifests: [
      { path: "app/Cargo.toml", text: '[package]\nname = "app"\n' },
      { path: "core_lib/Cargo.toml", text: '[package]\nedition = "2024"\nname = "core-lib"\n' },
    ],
  });
  expect(find("app/src/main.rs", "crate::db::user")).toEqual(["app/src/db/user.rs"]);
  expect(find("app/src/db/user.rs", "super")).toEqual(["app/src/db/mod.rs"]);
  expect(find("app/src/db/mod.rs", "self::user")).toEqual(["app/src/db/user.rs"]);
  expect(find("app/src/main.rs", "core_lib::x")).toEqual(["core_lib/src/x.rs"]);
  expect(find("app/src/main.rs", "serde::de")).toEqual([]);
});
