import { expect, test } from "vitest";
import { createRedactor } from "./index.ts";

const long = 100_000;
const redactor = createRedactor({ maxLength: 4 * long });

/** Texts that make expressions with nested or overlapping repetition read the same characters again and again. */
const repeated: readonly string[] = [
  ...[
    "a",
    "A",
    "0",
    "1",
    " ",
    "=",
    ":",
    '"',
    "'",
    "`",
    "\\",
    "{",
    "[",
    "<",
    ">",
    "@",
    "%",
    "-",
    "_",
    ".",
    "/",
    "&",
    "?",
    "\n",
    "\r\n",
    "é",
  ],
  ...[
    "eyJ",
    "ey",
    "eyJa.",
    "eyJhbGciOiJI.",
    "-ey",
    "sk-",
    "sk-a",
    "-sk-",
    "ghp_",
    "SG.",
    "key-",
    "AKIA",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN ",
    "----",
    "--a",
    " -a",
  ],
  ...["://", "a://", "a://b:", "postgres://a:b", "postgres://a:b@", "https://", "@a.b", "a@b.", "a@"],
  ...[
    "password=",
    "password:",
    "password: ",
    "password:\n",
    'password="',
    "password='a",
    "password={",
    'password={"',
    "password=[",
    "password=\\",
    "name=password ",
    'name="password" ',
    "name='password'\r\n",
  ],
  ...["Bearer ", "bearer bearer ", "Basic ", "basic a", "token ", "password is ", 'password "', "pin is "],
  ...["%41", "%25", "%2525", "%3D", "password%3D", "a%", "%4", "&quot;", "&#", "\\u0041", "\\u005cu0041", "\\x41"],
  ...["4111 ", "4111-1111-", "1 ", "1-", "12.", "123-45-", "DE89 3704 ", "DE89370400440532013", "ABCD", "A1", "2001:", "1.2.3.4."],
  ...[
    "<password>",
    "<a>",
    "a=b&",
    "code=1&",
    "a=b; ",
    "a, ",
    ",a=",
    " a:",
    "$2b$",
    "$argon2id$a",
    "s:a",
    "s%3Aa",
    "QUFB",
    "cGFzc3dvcmQ9",
    "gAAAAA",
    "v1.local.",
  ],
  ...['{"a":', '[{"a":[', '"\\"', '{"a":"', "[[", '\\"', '\\\\"', '"a":"b",'],
];

test.each(repeated)("time grows with the length of the text, not with its square: %j", { timeout: 20_000 }, (part) => {
  const text = part.repeat(Math.ceil(long / part.length));
  // A quadratic detector would take minutes here, and what fails instead of reading on is no answer.
  for (const whole of [text, `password=${text}`, `${text}password=hunter2`, `{"a":"${text}`]) {
    const out = redactor.text(whole);
    expect(out).not.toBe("[redaction failed]");
    expect(out.endsWith("password=hunter2")).toBe(false);
  }
});

test("a text is read a bounded number of times, whatever is encoded in it", () => {
  let nested = "password=hunter2";
  for (let level = 0; level < 12; level++) nested = level % 2 === 0 ? encodeURIComponent(nested) : JSON.stringify({ a: nested });
  expect(createRedactor().text(nested)).not.toContain("hunter2");
  let base64 = "password=hunter2 and so on";
  for (let level = 0; level < 20; level++) base64 = Buffer.from(base64).toString("base64");
  // Beyond five encodings a secret can stand there, but nobody can read it without undoing them.
  expect(createRedactor().text(base64)).not.toContain("hunter2");
});

const thrown = (): never => {
  throw new Error("hunter2");
};

const objects: Readonly<Record<string, () => unknown>> = {
  "getter that throws": () => ({
    get a() {
      return thrown();
    },
    password: "hunter2",
    b: 1,
  }),
  "toJSON that throws": () => ({ toJSON: thrown }),
  "toJSON without end": () => {
    const make = (): object => ({ toJSON: make });
    return make();
  },
  "toJSON that gives itself": () => {
    const a: Record<string, unknown> = { password: "hunter2" };
    a["toJSON"] = () => a;
    return a;
  },
  "revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return { a: proxy, b: [proxy] };
  },
  "revoked proxy of an array": () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  "proxy whose traps throw": () =>
    new Proxy({}, { get: thrown, ownKeys: thrown, getPrototypeOf: thrown, has: thrown, getOwnPropertyDescriptor: thrown }),
  "proxy without end": () => {
    const endless: object = new Proxy(
      {},
      {
        get: (_, key) => (key === "toJSON" ? undefined : endless),
        ownKeys: () => ["a", "b"],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      },
    );
    return endless;
  },
  "proxy with a million keys": () =>
    new Proxy(
      {},
      {
        ownKeys: () => Array.from({ length: 100_000 }, (_, at) => `k${at}`),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
        get: () => "x",
      },
    ),
  "message getter that throws": () => Object.defineProperty(new Error("a"), "message", { get: thrown }),
  "stack getter that throws": () => Object.defineProperty(new Error("a"), "stack", { get: thrown }),
  "error that is its own cause": () => {
    const error = new Error("a");
    error.cause = error;
    return error;
  },
  "name that is no text": () => Object.assign(new Error("a"), { name: { password: "hunter2" }, message: { password: "hunter2" } }),
  "sparse array": () => {
    const list: unknown[] = [];
    list[4_000_000_000] = "hunter2";
    return list;
  },
  "huge array": () => Array.from({ length: 1_000_000 }, (_, at) => at),
  "huge object": () => Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at])),
  "huge text": () => "password=hunter2 ".repeat(1_000_000),
  "endless iterable set": () => {
    const set = new Set<unknown>([1]);
    set[Symbol.iterator] = function* () {
      for (;;) yield 1;
    } as never;
    return set;
  },
  "deep object": () => {
    let deep: unknown = "hunter2";
    for (let level = 0; level < 100_000; level++) deep = { a: deep };
    return deep;
  },
  "deep JSON": () => `${"[".repeat(100_000)}"password=hunter2"${"]".repeat(100_000)}`,
  "deep causes": () => {
    let error = new Error("password=hunter2");
    for (let level = 0; level < 10_000; level++) error = new Error("a", { cause: error });
    return error;
  },
  "wide and shared": () => {
    let shared: unknown = "x";
    for (let level = 0; level < 50; level++) shared = [shared, shared];
    return shared;
  },
  "null prototype": () => Object.assign(Object.create(null) as object, { password: "hunter2" }),
  "array of another realm's shape": () => Object.setPrototypeOf(["password=", "hunter2"], null) as unknown,
  "map with itself as key": () => {
    const map = new Map<unknown, unknown>();
    map.set(map, map);
    return map;
  },
  "promise, weak map, generator": () => [
    Promise.resolve("hunter2"),
    new WeakMap(),
    (function* () {
      yield "hunter2";
    })(),
  ],
  "boxed values": () => [Object("password=hunter2"), Object(1), Object(true), Object(1n)],
  "lone surrogates": () => ({ "\ud800": "\udc00password=hunter2", a: "\ud83d" }),
  dates: () => [new Date(Number.NaN), new Date(0), Object.create(Date.prototype)],
  numbers: () => [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n ** 400n, 4111111111111111, 4111111111111111n],
  "symbols as keys": () => ({ [Symbol("a")]: "hunter2", a: Symbol("hunter2") }),
  "array with members": () => Object.assign(["a"], { password: "hunter2" }),
  "search parameters with a name for everything": () => new URLSearchParams("__proto__=1&constructor=2&toString=3&password=hunter2"),
  "fake Buffer": () => ({ type: "Buffer", data: [..."hunter2"].map((c) => c.charCodeAt(0)) }),
  "fake Headers": () => ({
    get [Symbol.toStringTag]() {
      return "Headers";
    },
    entries: thrown,
  }),
  "function with members": () => Object.assign(() => "hunter2", { password: "hunter2" }),
};

test.each(Object.entries(objects))("never throws, gives bounded plain JSON: %s", (_, make) => {
  const standard = createRedactor();
  const value = make();
  const json = standard.value(value);
  const text = JSON.stringify(json);
  expect(text.length).toBeLessThan(300_000);
  expect(text).not.toContain("hunter2");
  expect(text).not.toContain("4111111111111111");
  expect(JSON.parse(text)).toEqual(json);
  expect(text.includes("\ufffd") || !/\\ud[89a-f]/i.test(text)).toBe(true);
});

test("what is given is not changed", () => {
  const given = Object.freeze({ password: "hunter2", list: Object.freeze([Object.freeze({ token: "x" })]) });
  redactor.value(given);
  expect(given).toEqual({ password: "hunter2", list: [{ token: "x" }] });
});

test("bounds: what is left out is said", () => {
  const small = createRedactor({ maxDepth: 2, maxNodes: 3, maxLength: 64 });
  expect(small.value({ a: { b: { c: 1 } } })).toEqual({ a: { b: "[too deep]" } });
  expect(small.value([1, 2, 3, 4, 5])).toEqual([1, 2, 3, "[truncated: 2 more]"]);
  expect(small.value({ a: 1, b: 2, c: 3, d: 4 })).toEqual({ a: 1, b: 2, c: 3, "[truncated]": "1 more" });
  expect(small.value("x".repeat(100))).toBe(`${"x".repeat(64)}…[truncated 36 characters]`);
});

test("a secret across the cut of a long text goes whole", () => {
  const small = createRedactor({ maxLength: 64 });
  const secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  for (let before = 20; before < 70; before++) {
    const out = small.text(`${"x ".repeat(50).slice(0, before)} ${secret} end`);
    expect(out).not.toMatch(/ghp_|0123/);
  }
  expect(small.text(`{"a":"${"x".repeat(30)}","password":"${"y".repeat(5000)}"}`)).not.toContain("yy");
});
