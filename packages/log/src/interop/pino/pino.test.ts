import { EventEmitter } from "node:events";
import Fastify from "fastify";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { contextOf } from "../../context/request-context.ts";
import { contextSettings } from "../../context/settings.ts";
import { identify, runInContext } from "../../context/store.ts";
import { SetupError } from "../../errors.ts";
import { clientError, hostileValues, Kept, leaksIn, ORDINARY, PLANTED, secretValues } from "../harness/planted.ts";
import { redactedPino, redactPino } from "./pino.ts";

function logged(options: Parameters<typeof redactedPino>[0], act: (logger: ReturnType<typeof redactedPino>) => void): Kept {
  const kept = new Kept();
  act(redactedPino(options, kept));
  return kept;
}

/** As callers without types do. */
function freely(logger: ReturnType<typeof redactedPino>, ...args: unknown[]): void {
  (logger as { info: (...args: unknown[]) => void }).info(...args);
}

describe("what a pino logger writes", () => {
  it.each(Object.keys(secretValues()))("holds no secret of: %s", (name) => {
    const value = secretValues()[name];
    const kept = logged({}, (log) => {
      log.info({ [name]: value }, "merged");
      log.info({ deep: { deeper: [{ [name]: value }] } });
      freely(log, "%s %o %j %O", value, value, value, value);
      log.info(value as object);
      log.error({ err: value }, "as error");
      log.child({ [name]: value }).info("bound");
    });
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines).toHaveLength(6);
  });

  it("holds no secret that a name at the top gives away", () => {
    const kept = logged({}, (log) => {
      log.info({ password: PLANTED.password, apiToken: PLANTED.token, [PLANTED.jwt]: 1 });
      log
        .child({ password: PLANTED.password, [PLANTED.jwt]: 1 })
        .child({ token: PLANTED.token })
        .info("x");
    });
    expect(leaksIn(kept.bytes)).toEqual([]);
  });

  it("redacts messages: literal, interpolated, prefixed, split between template and argument", () => {
    const kept = logged({ msgPrefix: "[auth] " }, (log) => {
      log.info(`got ${PLANTED.jwt}`);
      log.info("got x%s", PLANTED.jwt);
      log.info({ ok: 1 }, "Authorization: %s", PLANTED.bearer);
      log.info("https://shop.example/?token=%s", PLANTED.token);
      log.info({}, { password: PLANTED.password } as unknown as string);
    });
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines[0]?.["msg"]).toMatch(/^\[auth\] got /);
  });

  it("redacts what serializers, formatters, mixins and base make", () => {
    const kept = logged(
      {
        base: { password: PLANTED.password, app: "shop" },
        name: `shop ${PLANTED.jwt}`,
        mixin: () => ({ mixed: { secret: PLANTED.token } }),
        serializers: { user: () => ({ password: PLANTED.password, kept: "yes" }), msg: (text: string) => `${text} ${PLANTED.jwt}` },
        formatters: {
          log: (object) => ({ ...object, formatted: { password: PLANTED.password } }),
          bindings: (one) => ({ ...one, bound: PLANTED.jwt }),
        },
      },
      (log) => {
        log.info({ user: 1 }, "m");
        log
          .child({ user: 2 }, { serializers: { order: () => PLANTED.jwt }, formatters: { log: (o) => ({ ...o, other: PLANTED.jwt }) } })
          .info({ order: 1 });
      },
    );
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines[0]).toMatchObject({ app: "shop", user: { kept: "yes" } });
    expect(kept.lines[1]).toHaveProperty("other");
  });

  it("redacts errors with their causes and keeps pino's shape of them", () => {
    const kept = logged({}, (log) => {
      log.error(clientError());
      log.error({ err: clientError() }, "with text");
      log.error(clientError(), "template %s", clientError());
    });
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines[0]).toMatchObject({ level: 50, err: { type: "Error" } });
    expect(kept.lines[2]?.["msg"]).toContain("template Error: request failed");
  });

  it("works with nestedKey, messageKey, errorKey, crlf, custom levels and setBindings", () => {
    const kept = new Kept();
    const log = redactedPino(
      {
        nestedKey: "payload",
        messageKey: "text",
        errorKey: "failure",
        crlf: true,
        customLevels: { audit: 35 },
        formatters: { level: (severity) => ({ severity }) },
      },
      kept,
    );
    log.setBindings({ token: PLANTED.token, region: "eu" });
    log.audit({ password: PLANTED.password, order: 7 }, `text ${PLANTED.jwt}`);
    log.error(clientError());
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines[0]).toMatchObject({ severity: "audit", region: "eu", payload: { order: 7 } });
    expect(kept.lines[1]).toHaveProperty("payload.failure.type");
    expect(kept.bytes.endsWith("\r\n")).toBe(true);
  });

  it("applies pino's own redact to what is left, also where that would throw", () => {
    const kept = logged({ redact: { paths: ["a.b", "*.password", "link.href", "*.email"], censor: "[own]" } }, (log) => {
      log.info(
        { a: { b: 1, c: 2 }, link: new URL("https://shop.example/"), user: { email: "a@b.example", password: PLANTED.password } },
        "%o",
        { a: { b: 1 } },
      );
      const child = log.child({ card: { pan: "x", ok: 1 } }, { redact: ["card.pan"] });
      child.info({ password: PLANTED.password, card: { pan: "y" } });
      child.child({}).info({ password: PLANTED.password, card: { pan: "z" } });
    });
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines[0]).toMatchObject({ a: { b: "[own]", c: 2 }, user: { email: "[own]" } });
    expect(kept.lines[2]).toMatchObject({ card: { pan: "[Redacted]" } });
    expect(kept.bytes).not.toContain('"pan":"x"');
  });

  it("hands redacted objects to destinations that read more than the line", () => {
    class Metadata extends EventEmitter {
      lastObj: unknown;
      lastMsg: unknown;
      constructor() {
        super();
        Object.assign(this, { [Symbol.for("pino.metadata")]: true });
      }
      seen = "";
      write(): void {
        this.seen += JSON.stringify([this.lastObj, this.lastMsg]);
      }
    }
    const direct = new Metadata();
    const inside = new Metadata();
    const multi = pino.multistream([{ level: "info", stream: inside }]);
    redactedPino({}, direct).info({ password: PLANTED.password, order: 1 }, `got ${PLANTED.jwt}`);
    redactedPino({}, multi).info({ password: PLANTED.password, order: 2 }, `got ${PLANTED.jwt}`);
    expect(leaksIn(direct.seen + inside.seen)).toEqual([]);
    expect(direct.seen).toContain('"order":1');
    expect(inside.seen).toContain('"order":2');
  });

  it("leaves ordinary values alone", () => {
    const kept = logged({}, (log) =>
      log.child({ bound: ORDINARY }).info({ ...ORDINARY, nested: ORDINARY }, "order %s took %d ms", "ORD-1", 12),
    );
    expect(kept.last).toMatchObject({ ...ORDINARY, nested: ORDINARY, bound: ORDINARY, msg: "order ORD-1 took 12 ms" });
  });

  it("ends no line inside a line", () => {
    const kept = logged({}, (log) => log.info({ user: "a\u2028b\u0085c\nd" }, "x\u2029y\u009b31m"));
    expect(kept.bytes.trimEnd()).not.toMatch(/[\n\u0080-\u009f\u2028\u2029]/);
    expect(kept.last).toMatchObject({ user: "a\u2028b\u0085c\nd" });
  });
});

describe("a call", () => {
  it.each(Object.keys(hostileValues()))("writes a line and does not throw with: %s", (name) => {
    const value = hostileValues()[name]!;
    const kept = logged({}, (log) => {
      expect(() => {
        log.info(value() as object);
        log.info({ value: value() }, "message");
        freely(log, "%s %d %o", value(), value(), value());
        log.info(value() as object, "with message");
        log.error({ err: value() });
        log.child({ value: value() }).info("child");
        log.child(value() as object).info("child");
      }).not.toThrow();
    });
    expect(kept.lines).toHaveLength(7);
  });

  it("does not throw where functions of the application do", () => {
    const fail = (): never => {
      throw new Error("own");
    };
    const kept = logged(
      {
        serializers: { user: fail, err: fail },
        mixin: fail,
        mixinMergeStrategy: fail,
        formatters: { log: fail },
        hooks: { streamWrite: fail },
      },
      (log) => {
        log.info({ user: { password: PLANTED.password, id: 7 } }, "m");
        log.error(clientError());
        log.child({ a: 1 }, { serializers: { a: fail }, formatters: { bindings: fail } }).info({ a: 2 });
      },
    );
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines).toHaveLength(3);
    expect(kept.lines[0]).toMatchObject({ user: { id: 7 }, msg: "m" });
  });

  it("writes a line where a hook throws, and lets hooks decide otherwise", () => {
    const kept = logged(
      {
        hooks: {
          logMethod(args, method, level) {
            if (args[0] === "drop") return;
            if (args[0] === "throw") throw new Error("hook");
            method.apply(this, [`hooked ${String(level)} %s`, PLANTED.jwt]);
          },
        },
      },
      (log) => {
        log.info("drop");
        log.info("throw");
        log.info("x");
      },
    );
    expect(kept.lines.map((line) => line["msg"])).toEqual(["throw", expect.stringMatching(/^hooked 30 /)]);
    expect(leaksIn(kept.bytes)).toEqual([]);
  });

  it("does not throw where the destination does", () => {
    const log = redactedPino(
      {},
      {
        write: () => {
          throw new Error("disk");
        },
      },
    );
    expect(() => log.info({ a: 1 }, "x")).not.toThrow();
  });
});

describe("the request's context", () => {
  const request = () => contextOf({ header: (name) => (name === "x-request-id" ? "req-42" : undefined) }, contextSettings({}));

  it("stands in every line of a request and in no other", () => {
    const kept = logged({}, (log) => {
      log.info("before");
      runInContext(request(), () => {
        log.info("anonymous");
        identify({ id: "u-1", type: "user", email: "alice@shop.example" });
        log.child({ a: 1 }).info({ order: 1 }, "identified");
        log.info({ request: "own" }, "own");
        log.child({ actor: "bound" }).info("bound");
      });
    });
    const [before, anonymous, identified, own, bound] = kept.lines;
    expect(before).not.toHaveProperty("request");
    expect(anonymous).toMatchObject({ request: { id: "req-42" } });
    expect(anonymous).not.toHaveProperty("actor");
    expect(identified).toMatchObject({ request: { id: "req-42" }, actor: { id: "u-1", type: "user" }, order: 1, a: 1 });
    expect(identified?.["actor"]).toEqual({ id: "u-1", type: "user" });
    expect(own).toMatchObject({ request: "own", actor: { id: "u-1" } });
    expect(bound).toMatchObject({ request: { id: "req-42" }, actor: "bound" });
    expect(kept.bytes.match(/"request":/g)).toHaveLength(4);
  });

  it("is left out on demand", () => {
    const kept = logged({ requestContext: false }, (log) => runInContext(request(), () => log.info("x")));
    expect(kept.last).not.toHaveProperty("request");
  });
});

describe("redactPino", () => {
  it("stands before an existing logger, which stays as it is", () => {
    const kept = new Kept();
    const plain = pino({ level: "debug", base: { password: PLANTED.password, app: "shop" } }, kept);
    let changes = 0;
    plain.on("level-change", () => changes++);
    const log = redactPino(plain.child({ token: PLANTED.token, mod: "auth" }));
    log.debug({ password: PLANTED.password }, "x");
    log.child({ user_password: PLANTED.password }).info("y");
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines[0]).toMatchObject({ app: "shop", mod: "auth", level: 20 });
    log.level = "error";
    plain.info({ password: "clear" }, "untouched");
    expect(kept.last).toMatchObject({ password: "clear" });
  });

  it("serves Fastify", async () => {
    const kept = new Kept();
    const app = Fastify({ loggerInstance: redactPino(pino({}, kept)) });
    app.get("/", (req) => {
      req.log.info({ headers: req.headers }, `token=${PLANTED.token}`);
      throw clientError();
    });
    await app.inject({ url: `/?token=${PLANTED.token}`, headers: { authorization: PLANTED.bearer, cookie: `sid=${PLANTED.token}` } });
    await app.close();
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines.map((line) => line["msg"])).toContain("request completed");
    expect(kept.lines[0]).toMatchObject({ reqId: "req-1", req: { method: "GET" } });
  });

  it("takes the pino of another major version", async () => {
    const { createRequire } = await import("node:module");
    const require = createRequire(import.meta.url);
    const pino9 = createRequire(require.resolve("fastify4"))("pino") as typeof pino;
    expect(pino9.version).toMatch(/^9\./);
    const kept = new Kept();
    const log = redactPino(pino9({}, kept));
    log.child({ password: PLANTED.password }).error({ err: clientError(), token: PLANTED.token }, "x %s", PLANTED.jwt);
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.last).toMatchObject({ level: 50 });
  });

  it("refuses what is no pino at start", () => {
    expect(() => redactPino({ info: () => {} })).toThrow(SetupError);
    expect(() => redactPino(null as unknown as object)).toThrow(SetupError);
  });
});
