import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { SetupError } from "../../errors.ts";
import { clientError, hostileValues, Kept, leaksIn, ORDINARY, PLANTED, safeRecord, secretValues } from "../harness/planted.ts";
import { redactingFormat } from "./format.ts";
import { winstonSink } from "./sink.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const { combine, errors, json, splat, timestamp, printf } = winston.format;
const redacting = () => redactingFormat() as unknown as winston.Logform.Format;

function logger(kept: Kept, options: winston.LoggerOptions = {}): winston.Logger {
  return winston.createLogger({
    level: "silly",
    format: combine(redacting(), json()),
    transports: [new winston.transports.Stream({ stream: kept })],
    ...options,
  });
}

describe("redactingFormat", () => {
  it.each(Object.keys(secretValues()))("lets no secret through of: %s", (name) => {
    for (const format of [combine(redacting(), json()), combine(redacting(), errors({ stack: true }), splat(), timestamp(), json())]) {
      const kept = new Kept();
      const log = logger(kept, { format });
      const value = secretValues()[name];
      log.info("meta", { [name]: value });
      log.info("text", value);
      log.info("%s %o %j", value, value, value, { [name]: value });
      log.info({ message: value as string, level: "info", more: { deep: [value] } });
      log.error("splat", value, [value], { [name]: value });
      log.child({ [name]: value }).info("child");
      log.log({ level: "info", message: "%s", splat: [value], token: PLANTED.token });
      expect(leaksIn(kept.bytes)).toEqual([]);
      expect(kept.lines.length).toBeGreaterThanOrEqual(7);
    }
  });

  it("redacts default metadata, errors with causes, messages and names", () => {
    const kept = new Kept();
    const log = logger(kept, { defaultMeta: { app: "shop", password: PLANTED.password } });
    log.info(`got ${PLANTED.jwt}`);
    log.info("got x%s of %s", PLANTED.jwt, "alice");
    log.info("password=%s", PLANTED.password);
    log.info("text", { [PLANTED.jwt]: 1 });
    log.error(clientError());
    log.error("failed", clientError());
    log.error({ message: clientError() });
    log.info("text", { err: clientError() });
    log.log("warn", "%s", PLANTED.jwt, { password: PLANTED.password, order: 7 });
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.lines).toHaveLength(9);
    expect(kept.lines[1]).toMatchObject({ app: "shop", level: "info", message: expect.stringMatching(/ of alice$/) as string });
    expect(kept.lines[4]).toMatchObject({
      level: "error",
      stack: expect.stringContaining("winston.test.ts") as string,
      cause: { type: "Error" },
    });
    expect(kept.lines[8]).toMatchObject({ level: "warn", order: 7 });
  });

  it("redacts a text that was finished before, where it stands last", () => {
    const kept = new Kept();
    const late = combine(timestamp(), json(), redacting());
    logger(kept, { format: late }).info("x", { password: PLANTED.password, jwt: PLANTED.jwt });
    expect(leaksIn(kept.bytes)).toEqual([]);
    const own = new Kept();
    logger(own, {
      format: combine(
        redacting(),
        printf(({ level, message, ...rest }) => `${level} ${String(message)} ${JSON.stringify(rest)}`),
      ),
    }).info("x %s", PLANTED.jwt, { password: PLANTED.password });
    expect(leaksIn(own.bytes)).toEqual([]);
    expect(own.bytes).toMatch(/^info x /);
  });

  it("leaves ordinary values alone, and the object that was logged", () => {
    const kept = new Kept();
    const log = logger(kept, { format: combine(redacting(), splat(), json()) });
    const meta = { ...ORDINARY, nested: { ...ORDINARY } };
    log.info("order %s took %d ms, 100%%", "ORD-1", 12, meta);
    expect(kept.last).toMatchObject({ ...ORDINARY, nested: ORDINARY, message: "order ORD-1 took 12 ms, 100%", level: "info" });
    log.info({ message: "own", deep: meta });
    expect(kept.last).toMatchObject({ message: "own", deep: { orderId: ORDINARY.orderId } });
    expect(meta).toEqual({ ...ORDINARY, nested: ORDINARY });
  });

  it.each(Object.keys(hostileValues()))("does not throw with: %s", (name) => {
    const value = hostileValues()[name]!;
    const format = redactingFormat();
    const symbols = { [Symbol.for("level")]: "warn", [Symbol.for("splat")]: [value(), value()] };
    for (const info of [
      { level: "warn", message: value(), ...symbols },
      { level: "warn", message: "%s %d", value: value(), ...symbols },
      value() as object,
    ]) {
      const line = format.transform(info as never) as unknown as Record<symbol, unknown>;
      expect(() => JSON.stringify(line)).not.toThrow();
      expect(line).toHaveProperty("level");
    }
    const kept = new Kept();
    logger(kept).warn("wrapped", { value: value() });
    expect(kept.lines).toHaveLength(1);
  });
});

describe("winstonSink", () => {
  const drops = winston.format(() => false);
  const silentTransport = (stream: Kept) => new winston.transports.Stream({ stream, silent: true });

  it("writes the record with the logger's format and default metadata", async () => {
    const kept = new Kept();
    const sink = winstonSink(
      logger(kept, { defaultMeta: { app: "shop", service: "other", password: PLANTED.password }, format: combine(timestamp(), json()) }),
    );
    sink.write(safeRecord());
    await sink.flush();
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.last).toMatchObject({
      level: "warn",
      message: "authn_login_fail",
      event: "authn_login_fail",
      app: "shop",
      service: "shop",
      event_level: "WARN",
      seq: 17,
    });
    expect(kept.last["timestamp"]).toBeDefined();
    expect(sink.stats()).toMatchObject({ written: 1, dropped: 0, buffered: 0 });
  });

  it.each<[string, (kept: Kept) => winston.Logger]>([
    ["the logger's level", (kept) => logger(kept, { level: "error" })],
    ["a level that does not exist", (kept) => logger(kept, { level: "off" })],
    ["a transport's level", (kept) => logger(kept, { transports: [new winston.transports.Stream({ stream: kept, level: "error" })] })],
    ["a silent logger", (kept) => logger(kept, { silent: true })],
    ["a silent transport", (kept) => logger(kept, { transports: [silentTransport(kept)] })],
    ["a format that filters", (kept) => logger(kept, { format: combine(drops(), json()) })],
    [
      "a format that throws",
      (kept) =>
        logger(kept, {
          format: winston.format(() => {
            throw new Error("format");
          })(),
        }),
    ],
    [
      "a transport's format that filters",
      (kept) => logger(kept, { transports: [new winston.transports.Stream({ stream: kept, format: drops() })] }),
    ],
    ["no format that makes a text", (kept) => logger(kept, { format: winston.format((info) => info)() })],
    ["levels of the application's own", (kept) => logger(kept, { level: "loud", levels: { loud: 0, quiet: 1 } })],
    ["syslog's levels", (kept) => logger(kept, { level: "emerg", levels: winston.config.syslog.levels })],
  ])("is not stopped by %s", async (_, make) => {
    const kept = new Kept();
    const sink = winstonSink(make(kept));
    for (const level of ["INFO", "WARN", "CRITICAL"] as const) sink.write(safeRecord({ level }));
    await sink.flush();
    expect(kept.lines.map((line) => line["event_level"])).toEqual(["INFO", "WARN", "CRITICAL"]);
    expect(sink.stats()).toMatchObject({ written: 3, dropped: 0 });
  });

  it("names the nearest level that the logger has", async () => {
    const kept = new Kept();
    const sink = winstonSink(logger(kept, { levels: winston.config.syslog.levels }));
    for (const level of ["INFO", "WARN", "CRITICAL"] as const) sink.write(safeRecord({ level }));
    await sink.flush();
    expect(kept.lines.map((line) => line["level"])).toEqual(["info", "warning", "crit"]);
  });

  it("leaves the levels of the application's own lines in force, and the order", async () => {
    const kept = new Kept();
    const log = logger(kept, { level: "error" });
    const sink = winstonSink(log);
    log.error("one");
    sink.write(safeRecord());
    log.info("not seen");
    log.error("three");
    await sink.flush();
    expect(kept.lines.map((line) => line["message"])).toEqual(["one", "authn_login_fail", "three"]);
  });

  it("waits behind a slow transport and loses nothing", async () => {
    const seen: string[] = [];
    class Slow extends Transport {
      override log(info: { message: string; event?: string }, done: () => void): void {
        setTimeout(() => {
          seen.push(info.event ?? info.message);
          done();
        }, 1);
      }
    }
    const log = winston.createLogger({ transports: [new Slow()] });
    const sink = winstonSink(log);
    for (let i = 0; i < 40; i++) {
      sink.write(safeRecord());
      log.info("own");
    }
    expect(sink.stats().buffered).toBeGreaterThan(0);
    await sink.flush();
    await new Promise((done) => setTimeout(done, 20));
    expect(seen.filter((one) => one === "authn_login_fail")).toHaveLength(40);
    expect(seen.slice(0, 4)).toEqual(["authn_login_fail", "own", "authn_login_fail", "own"]);
  });

  it("reaches a file", async () => {
    const dir = mkdtempSync(join(tmpdir(), "telltale-winston-"));
    folders.push(dir);
    const file = join(dir, "app.log");
    const log = winston.createLogger({ level: "error", transports: [new winston.transports.File({ filename: file, silent: true })] });
    const sink = winstonSink(log);
    for (let i = 0; i < 200; i++) sink.write(safeRecord({ seq: i + 1 }));
    await sink.flush();
    await new Promise<void>((done) => {
      log.on("finish", done);
      log.end();
    });
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(200);
  });

  it("counts what it cannot write: closed, ended, without transports, all failing", async () => {
    const kept = new Kept();
    const closed = logger(kept);
    const sink = winstonSink(closed);
    closed.close();
    sink.write(safeRecord());
    expect(sink.stats()).toMatchObject({ written: 0, dropped: 1, trouble: expect.stringContaining("no open transport") as string });

    const ended = logger(kept);
    const other = winstonSink(ended);
    await new Promise<void>((done) => {
      ended.on("finish", done);
      ended.end();
    });
    other.write(safeRecord());
    expect(other.stats()).toMatchObject({ dropped: 1 });
    expect(kept.bytes).toBe("");

    class Failing extends Transport {
      override log(): void {
        throw new Error("broken transport");
      }
    }
    const failing = winstonSink(winston.createLogger({ transports: [new Failing()] }));
    failing.write(safeRecord());
    await failing.flush();
    expect(failing.stats()).toMatchObject({ written: 0, dropped: 1, trouble: "Error: broken transport" });
    const half = winstonSink(winston.createLogger({ transports: [new Failing(), new winston.transports.Stream({ stream: kept })] }));
    half.write(safeRecord());
    await half.flush();
    expect(half.stats()).toMatchObject({ written: 1, dropped: 0 });
  });

  it("refuses what is no winston at start", () => {
    expect(() => winstonSink({ info: () => {} })).toThrow(SetupError);
  });
});
