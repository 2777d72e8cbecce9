import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { createRedactor } from "./index.ts";

const redactor = createRedactor();
/** Every secret of this file has it in it. */
const mark = "hunter2";
const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.hunter2abcDEF";

class Account {
  readonly id = 1;
  readonly password = mark;
  readonly #hidden = mark;
  get hidden(): string {
    return this.#hidden;
  }
}

function httpError(): Error {
  return Object.assign(new Error("Request failed with status code 401"), {
    config: { url: "/orders", headers: { Authorization: `Bearer ${mark}`, "x-api-key": mark }, auth: { username: "jane", password: mark } },
    response: { status: 401, headers: { "set-cookie": [`sid=${mark}; Path=/`] } },
  });
}

const cases: Readonly<Record<string, () => unknown>> = {
  // The table of research into what peers leak.
  "depth 1": () => ({ password: mark }),
  "depth 3": () => ({ a: { b: { password: mark } } }),
  "array of objects": () => [{ password: mark }, { password: mark }],
  "depth 5": () => ({ a: { b: { c: { d: { password: mark } } } } }),
  "other case": () => ({ Password: mark, PASSWORD: mark }),
  prefix: () => ({ user_password: mark }),
  camel: () => ({ newPassword: mark, userPassword2: mark }),
  "capital header": () => ({ headers: { Authorization: `Basic ${mark}`, "Set-Cookie": mark, "X-API-Key": mark } }),
  "spliced into the message": () => `login with password=${mark}`,
  "formatted into the message": () => ({ msg: `token: ${mark}` }),
  "JSON in a string": () => ({ body: JSON.stringify({ user: "jane", password: mark }) }),
  "error.message": () => new Error(`bad password=${mark}`),
  "HTTP client error": httpError,
  "error.cause": () => new Error("failed", { cause: new Error(`token=${mark}`, { cause: httpError() }) }),
  "URL with a token": () => ({ url: `https://shop.example/cb?token=${mark}&x=1` }),
  "toJSON that returns the secret": () => ({ toJSON: () => ({ password: mark }) }),
  Map: () =>
    new Map<unknown, unknown>([
      ["password", mark],
      [{ a: 1 }, { token: mark }],
    ]),
  "secret as a key": () => ({ [`Bearer ${jwt}`]: 1, [`password=${mark}`]: 2 }),
  "class with a private field": () => new Account(),
  "Buffer under a sensitive name": () => ({ a: { password: Buffer.from(mark) }, b: Buffer.from(mark) }),
  "URL object": () => ({ a: new URL(`https://jane:${mark}@shop.example/?api_key=${mark}`) }),
  cycle: () => {
    const a: Record<string, unknown> = { password: mark };
    a["b"] = { a, c: { a, password: mark } };
    return a;
  },
  "words of a quoted value": () => `token="hunter2 two words of hunter2"`,
  "JSON in a text": () => `sent {"api_key": "hunter2"} to shop`,

  // Names.
  "spellings of names": () =>
    Object.fromEntries(
      `passwd PASSWD2 pwd pass user.password new-password passphrase API_KEY apiKey apikey x-api-key secretAccessKey aws_secret_access_key
       clientSecret client-secret privateKey accessToken refresh_token id_token otp mfaCode verification_code recoveryCodes backup_codes
       cvv cardNumber creditCard ssn nationalId iban connectionString sessionId SESSID PHPSESSID connect.sid cookie authorization
       proxy-authorization csrfToken password_hash hashedPassword encryptedPassword passwordConfirmation repeatPassword passwordAgain
       dbPassword DATABASE_PASSWORD smtpPass tokenFoo passwordBar resetToken magicLink seedPhrase mnemonic securityAnswer samlResponse
       codeVerifier webhookSecret signingKey encryptionKey contraseña Passwort motDePasse пpassword ｐａｓｓｗｏｒｄ pass\u200bword userpassword`
        .split(/\s+/)
        .filter((name) => name !== "")
        .map((name) => [name, mark]),
    ),
  "names of the application": () => createRedactor({ names: ["badge number"] }).value({ employeeBadgeNumber: mark, badge_number: mark }),

  // Structures.
  "header lists": () => ({
    rawHeaders: ["Host", "x", "Authorization", `Bearer ${mark}`, "X-Api-Key", mark],
    entries: [
      ["authorization", mark],
      ["cookie", mark],
    ],
    har: [{ name: "Authorization", value: mark }],
    headers: ["X-Custom", "1", "Api-Key", mark],
  }),
  "fetch objects": () => [
    new Headers({ authorization: mark, "x-api-key": mark }),
    new URLSearchParams({ password: mark, code: mark }),
    Object.assign(new FormData(), {}),
    formWith("password", mark),
  ],
  "issue of a validator": () => [
    { type: "field", path: "password", value: mark, msg: "Invalid value", location: "body" },
    { path: ["user", "password"], context: { value: mark, key: "password" }, input: mark },
    { property: "password", value: mark, constraints: {} },
    { instancePath: "/password", data: mark },
  ],
  "OAuth exchange": () => [{ code: mark, grant_type: "authorization_code" }, { query: { code: mark, state: "1" } }],
  "pair of credentials": () => ({ auth: ["jane", mark], options: { auth: `jane:${mark}` } }),
  "private JWK": () => ({ kty: "OKP", crv: "Ed25519", x: "abc", d: mark }),
  "words that their parent makes telling": () => ({
    session: { id: mark },
    card: { number: mark, cvc: mark },
    mfa: { code: mark },
    api: { key: mark },
  }),
  "statement with values": () => [
    { sql: "update users set password = ? where id = ?", parameters: [mark, 1] },
    { strings: ["insert into users (token) values (", ")"], values: [mark] },
  ],
  "parts of a template": () => [
    ["password=", mark],
    ["Authorization: ", mark],
    ["Bearer ", mark],
    ["user x, token: ", mark, " end"],
  ],
  "arguments of a command": () => ({ spawnargs: ["mysql", "--password", mark, "-u", "root"], cmd: `mysql --password ${mark} -u root` }),
  "serialised Buffer": () => JSON.parse(JSON.stringify({ a: Buffer.from(mark) })),
  "errors with parts": () => [new AggregateError([new Error(`token=${mark}`), httpError()], `secret=${mark}`)],
  "stack alone": () => Object.assign(new Error("x"), { stack: `Error: password=${mark}\n    at a.ts:1:2` }),
  "prototype key": () => JSON.parse(`{"__proto__": {"password": "${mark}"}, "constructor": {"token": "${mark}"}}`),
  "getter of the object itself": () => ({
    get password(): string {
      return mark;
    },
  }),
  "Set and nested Maps": () => new Set([new Map([["token", new Map([["a", mark]])]])]),
  "value seen elsewhere": () => ({ password: mark, note: `tried ${mark}`, list: [`${mark}!`] }),
  "symbols, functions": () => ({ [Symbol("password")]: mark, f: () => mark, s: Symbol(mark) }),
  stream: () => ({ a: Readable.from([mark]) }),
  "number under a sensitive name": () => ({ pin: 1234, nested: { otp: 123_456 }, marker: redactor.value({ pin: 1234 }) }),

  // Texts.
  "pairs in a text": () => [
    `password=${mark} two`,
    `password: ${mark}, two ${mark}`,
    `pwd = "${mark}"`,
    `password => '${mark}'`,
    `Password:\n  ${mark}`,
    `api key: ${mark}`,
    `user[password]=${mark}&x=1`,
    `params["password"]="${mark}"`,
    `{'password': '${mark}'}`,
    `<password>${mark}</password>`,
    `<add key="password" value="${mark}"/>`,
    `Server=x;User Id=sa;Password=${mark};Encrypt=true`,
    `AccountKey=${mark}==;EndpointSuffix=core.windows.net`,
    `password is ${mark}`,
    `with password '${mark}'`,
    `?password=${mark}`,
    `grant_type=authorization_code&code=${mark}&state=1`,
    `code=${mark}&grant_type=authorization_code`,
    `Cookie: theme=dark; custom=${mark}; sid=${mark}`,
    `theme=dark; connect.sid=${mark}`,
    `Authorization: Digest username="jane", response="${mark}"`,
    `curl -H 'Authorization: Bearer ${mark}' https://shop.example`,
  ],
  "escaped JSON": () => [
    JSON.stringify(JSON.stringify({ password: mark })),
    `cut ${JSON.stringify(JSON.stringify({ user: "jane", password: `a"${mark}"b` }))}`.slice(0, -2),
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: mark }) }) }),
    `{"user":"jane","password":"${mark}`,
    `{"user":"jane","credentials":{"a":["${mark}`,
    `{"pass\\u0077ord":"${mark}"`,
    `{&quot;password&quot;:&quot;${mark}&quot;}`,
    String.raw`{\"password\":\"${mark}\\\"${mark}\",\"a\":1}`,
    `{"password":"${mark}","password":"ok","x":"token=${mark}","x":1}`,
  ],
  "encoded text": () => [
    `password%3D${mark}%20two`,
    `next=${encodeURIComponent(`/cb?token=${mark}&x=1`)}`,
    encodeURIComponent(encodeURIComponent(`token=${mark}`)),
    `q=${encodeURIComponent(JSON.stringify({ password: mark }))}`,
    `pass%77ord=${mark}`,
    `password=a%26${mark}`,
    `password:a%2C%20x:${mark}`,
    `password=%41${mark}-${jwt}`,
  ],
  URLs: () => [
    `postgres://app:p@ss/${mark}@db/shop`,
    `https://${mark}@shop.example/`,
    `https://shop.example/#access_token=${mark}&token_type=bearer`,
    `https://s3.example/a?X-Amz-Signature=${mark}`,
    `amqp://user:${mark}@mq:5672`,
  ],
  "multipart form": () => `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${mark}\r\n--b--`,
  "message of JSON.parse": () => {
    try {
      return JSON.parse(`{"password":"${mark}"`);
    } catch (error) {
      return error;
    }
  },
};

function formWith(name: string, value: string): FormData {
  const form = new FormData();
  form.set(name, value);
  return form;
}

test.each(Object.entries(cases))("nothing leaks: %s", (_, make) => {
  const text = JSON.stringify(redactor.value(make()));
  expect(text).not.toContain(mark);
  expect(text).not.toMatch(/123456|1234\b/);
  expect(text).toMatch(/redacted|function|bytes|Stream|^\[?\{/);
});

test("base64 and base64url of a text that names a secret", () => {
  for (const encoding of ["base64", "base64url"] as const) {
    const text = Buffer.from(JSON.stringify({ user: "jane", password: mark })).toString(encoding);
    expect(redactor.text(`body ${text} end`)).toBe("body [redacted:encoded] end");
  }
  expect(redactor.text(`Basic ${Buffer.from("jane:x").toString("base64")}`)).toBe("Basic [redacted:basic]");
});

test("a value is not replaced in part, and what stands around it stays", () => {
  expect(redactor.text(`body: {"api_key": "x", "n": 1} failed`)).toBe(`body: {"api_key": "[redacted]", "n": 1} failed`);
  expect(redactor.text(`user=jane password=x y, ip=203.0.113.7`)).toBe("user=jane password=[redacted], ip=203.0.113.7");
  expect(redactor.text("https://a.example/?token=abc&x=1 failed")).toBe("https://a.example/?token=[redacted]&x=1 failed");
  expect(redactor.text(`got Bearer ${jwt} from jane`)).toBe("got Bearer [redacted:bearer] from jane");
  expect(redactor.text(`id ${jwt}, ok`)).toBe("id [redacted:jwt], ok");
  expect(redactor.text("postgres://app:x@db:5432/shop")).toBe("postgres://[redacted]@db:5432/shop");
});

test("what was redacted stays as it is", () => {
  for (const [name, make] of Object.entries(cases)) {
    // What was cleaned of a key can be a sensitive name itself.
    if (name === "secret as a key") continue;
    const once = redactor.value(make());
    expect(redactor.value(once)).toEqual(once);
  }
});
