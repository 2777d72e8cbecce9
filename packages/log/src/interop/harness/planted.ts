import { Writable } from "node:stream";
import type { SafeRecord, SecurityRecord } from "../../record.ts";
import { createRedactor } from "../../redact/index.ts";

/** Secrets that only their name gives away, and one that looks like what it is. None occurs in a line for another reason. */
export const PLANTED = {
  password: "Tr0ub4dor&3-planted",
  token: "planted-0a1b2c3d4e5f6a7b8c9d",
  jwt: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJwbGFudGVkIiwiaWF0IjoxfQ.c2lnbmF0dXJlLXBsYW50ZWQtMTIzNDU2Nzg5MA",
  bearer: "Bearer cGxhbnRlZC1iZWFyZXItdG9rZW4tMTIzNDU2",
} as const;

/** Parts of the secrets that may be found nowhere. */
const MARKS = ["Tr0ub4dor", "planted-0a1b", "cGxhbnRlZC1iZWFyZXI", "eyJzdWIiOiJwbGFudGVk", "c2lnbmF0dXJl"];

/** What of the secrets is found in the bytes. */
export function leaksIn(bytes: string): string[] {
  return MARKS.filter((mark) => bytes.includes(mark));
}

/** A destination that keeps its bytes. */
export class Kept extends Writable {
  bytes = "";

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.bytes += chunk.toString();
    done();
  }

  get lines(): Record<string, unknown>[] {
    return this.bytes
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  get last(): Record<string, unknown> {
    return this.lines.at(-1) ?? {};
  }
}

class Account {
  readonly #password = PLANTED.password;
  readonly id = 7;
  get password(): string {
    return this.#password;
  }
}

/** An error as HTTP clients make them, with a cause. */
export function clientError(): Error {
  const cause = new Error(`401 for ${PLANTED.bearer}`);
  const error = new Error(`request failed: token=${PLANTED.token}`, { cause });
  return Object.assign(error, {
    config: { url: `https://api.example/v1?token=${PLANTED.token}`, headers: { Authorization: PLANTED.bearer } },
  });
}

/** Values with secrets in them, of every shape that loggers stumble on. */
export function secretValues(): Record<string, unknown> {
  const cycle: Record<string, unknown> = { name: "cycle", password: PLANTED.password };
  cycle["self"] = cycle;
  return {
    nested: { a: { b: { c: { d: { user_password: PLANTED.password } } } } },
    array: [{ credentials: { Password: PLANTED.password } }, PLANTED.jwt],
    map: new Map<string, unknown>([
      ["password", PLANTED.password],
      ["nested", new Map([["apiToken", PLANTED.token]])],
    ]),
    set: new Set([PLANTED.jwt]),
    error: clientError(),
    aggregate: new AggregateError([clientError()], "several"),
    url: new URL(`https://alice:${encodeURIComponent(PLANTED.token)}@shop.example/?token=${PLANTED.token}`),
    json: JSON.stringify({ user: "alice", password: PLANTED.password }),
    headers: { Cookie: `sid=${PLANTED.token}`, AUTHORIZATION: PLANTED.bearer },
    key: { [PLANTED.jwt]: 1 },
    account: new Account(),
    toJSON: { toJSON: () => ({ password: PLANTED.password }) },
    cycle,
    text: `got ${PLANTED.jwt} from alice`,
  };
}

/** Values on which other loggers throw. Each is made anew: some are changed by being looked at. */
export function hostileValues(): Record<string, () => unknown> {
  const fail = (): never => {
    throw new Error("hostile");
  };
  return {
    "getter that throws": () => ({
      ok: 1,
      get bad() {
        return fail();
      },
    }),
    "proxy that throws": () => new Proxy({}, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail }),
    "revoked proxy": () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
    "object without prototype": () => Object.assign(Object.create(null) as object, { a: 1 }),
    BigInt: () => ({ big: 10n ** 30n }),
    "toJSON that throws": () => ({ toJSON: fail }),
    "toString that throws": () => ({ toString: fail }),
    "frozen error": () => Object.freeze(new Error("frozen")),
    "error whose message throws": () => Object.defineProperty(new Error("x"), "message", { get: fail }),
    cycle: () => {
      const cycle: Record<string, unknown> = {};
      cycle["self"] = cycle;
      return cycle;
    },
    URL: () => ({ link: new URL("https://shop.example/a?b=c") }),
    Buffer: () => ({ body: Buffer.from("abc"), bytes: new Uint8Array(3) }),
    "symbol and function": () => ({ s: Symbol("s"), f: () => 1 }),
    "invalid date": () => ({ at: new Date(Number.NaN) }),
    "deep nest": () => {
      let deep: unknown = 1;
      for (let i = 0; i < 20_000; i++) deep = { deep };
      return deep;
    },
  };
}

/** What must come out as it went in. */
export const ORDINARY = {
  orderId: "ORD-2026-000017",
  passwordChangedAt: "2026-11-21T10:00:00.000Z",
  tokenCount: 42,
  uuid: "7f2b3b0e-6a53-4f0e-9a55-3f6b5d1f2a10",
  author: "alice",
  items: [1, 2.5, true, null],
} as const;

/** A record as `createSecurityLog` makes it, through the redactor. */
export function safeRecord(more: Partial<SecurityRecord> = {}): SafeRecord {
  return createRedactor().record({
    time: Date.UTC(2026, 10, 21, 10, 0, 0, 123),
    level: "WARN",
    event: "authn_login_fail",
    category: "authentication",
    outcome: "failure",
    reason: "bad_password",
    actor: { id: "u-1", type: "user", effective: { id: "u-2" } },
    target: { type: "account", id: "a-9" },
    source: { ip: "203.0.113.9", peer: "10.0.0.2", via: "x-forwarded-for" },
    user_agent: "curl/8.5",
    request: { id: "req-1", method: "POST", route: "/login", trace_id: "4bf92f3577b34da6a3ce929d0e0e4736", span_id: "00f067aa0ba902b7" },
    session: "5e550123456789abcdef5e5501234567",
    details: { userid: "alice", attempts: 3 },
    service: "shop",
    hostname: "host-1",
    pid: 4711,
    writer: "00112233aabbccdd",
    seq: 17,
    msg: "authn_login_fail",
    ...more,
  });
}
