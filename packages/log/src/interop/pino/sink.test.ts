import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { SetupError } from "../../errors.ts";
import { Kept, leaksIn, PLANTED, safeRecord } from "../harness/planted.ts";
import { pinoSink } from "./sink.ts";
import { redactedPino } from "./pino.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "telltale-pino-"));
  folders.push(made);
  return made;
}

describe("pinoSink", () => {
  it("writes a line of the logger's shape", () => {
    const kept = new Kept();
    const logger = pino({ base: { app: "shop", pid: 1 }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: "text" }, kept);
    pinoSink(logger.child({ mod: "auth" })).write(safeRecord());
    const record = safeRecord();
    expect(kept.last).toMatchObject({
      level: 40,
      time: "2026-11-21T10:00:00.123Z",
      app: "shop",
      mod: "auth",
      pid: record.pid,
      event: "authn_login_fail",
      event_level: "WARN",
      actor: { id: "u-1" },
      text: "authn_login_fail",
    });
    expect(kept.bytes.match(/"pid":/g)).toHaveLength(1);
  });

  it("keeps to time formats, labels and nested keys", () => {
    const write = (options: pino.LoggerOptions) => {
      const kept = new Kept();
      pinoSink(pino(options, kept)).write(safeRecord());
      return kept.last;
    };
    expect(write({})).toMatchObject({ time: Date.UTC(2026, 10, 21, 10, 0, 0, 123) });
    expect(write({ timestamp: pino.stdTimeFunctions.unixTime })).toMatchObject({ time: Date.UTC(2026, 10, 21, 10) / 1000 });
    expect(write({ timestamp: false })).not.toHaveProperty("time");
    expect(write({ formatters: { level: (severity) => ({ severity }) } })).toMatchObject({ severity: "warn" });
    expect(write({ nestedKey: "payload" })).toMatchObject({ payload: { event: "authn_login_fail" }, msg: "authn_login_fail" });
    expect(write({ customLevels: { loud: 5 }, useOnlyCustomLevels: true, level: "loud" })).toMatchObject({ level: 40 });
  });

  it.each<[string, pino.LoggerOptions]>([
    ["level silent", { level: "silent" }],
    ["level fatal", { level: "fatal" }],
    ["disabled", { enabled: false }],
    ["a hook that samples", { hooks: { logMethod: () => {}, streamWrite: () => "" } }],
    ["a formatter that empties", { formatters: { log: () => ({}) } }],
    [
      "a mixin that throws",
      {
        mixin: () => {
          throw new Error("mixin");
        },
      },
    ],
    ["a redact path that throws", { redact: ["*.password", "actor.*.x"] }],
  ])("is not stopped by %s", (_, options) => {
    const kept = new Kept();
    const sink = pinoSink(pino(options, kept));
    for (const level of ["INFO", "WARN", "CRITICAL"] as const) sink.write(safeRecord({ level }));
    expect(kept.lines.map((line) => line["event_level"])).toEqual(["INFO", "WARN", "CRITICAL"]);
    expect(sink.stats()).toMatchObject({ written: 3, dropped: 0 });
  });

  it("reaches every stream of a multistream, whatever their levels", () => {
    const [info, fatal, silent, inner] = [new Kept(), new Kept(), new Kept(), new Kept()];
    const nested = pino.multistream([{ level: "fatal", stream: inner }]);
    const multi = pino.multistream([
      { level: "info", stream: info },
      { level: "fatal", stream: fatal },
      { level: "silent" as pino.Level, stream: silent },
      { level: "error", stream: nested },
    ]);
    const logger = pino({ level: "info" }, multi);
    pinoSink(logger).write(safeRecord({ level: "INFO" }));
    for (const kept of [info, fatal, silent, inner]) expect(kept.lines).toHaveLength(1);
    logger.info("ordinary");
    expect(info.lines).toHaveLength(2);
    expect(fatal.lines).toHaveLength(1);
    const [one, other] = [new Kept(), new Kept()];
    pinoSink(
      pino(
        {},
        pino.multistream(
          [
            { level: "info", stream: one },
            { level: "error", stream: other },
          ],
          { dedupe: true },
        ),
      ),
    ).write(safeRecord());
    expect(one.lines.length + other.lines.length).toBe(1);
  });

  it("reaches every target of a transport with levels of their own", async () => {
    const dir = folder();
    const transport = pino.transport({
      targets: [
        { target: "pino/file", level: "info", options: { destination: join(dir, "info.log") } },
        { target: "pino/file", level: "fatal", options: { destination: join(dir, "fatal.log") } },
      ],
    }) as ReturnType<typeof pino.transport> & { end: () => void; on: (event: string, done: () => void) => void };
    const sink = pinoSink(pino({ level: "error" }, transport));
    sink.write(safeRecord({ level: "INFO" }));
    await sink.flush();
    await new Promise<void>((done) => {
      transport.on("close", done);
      transport.end();
    });
    for (const name of ["info.log", "fatal.log"]) {
      expect(JSON.parse(readFileSync(join(dir, name), "utf8"))).toMatchObject({
        level: 60,
        event_level: "INFO",
        event: "authn_login_fail",
      });
    }
  });

  it("writes no secret that the application bound to its logger", () => {
    const kept = new Kept();
    const logger = pino({}, kept).child({ password: PLANTED.password, deep: { token: PLANTED.token } });
    const sink = pinoSink(logger);
    sink.write(safeRecord());
    logger.setBindings({ bearer: PLANTED.bearer, later: "yes" });
    sink.write(safeRecord());
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.last).toMatchObject({ later: "yes" });
  });

  it("writes to the destination of a redactedPino as well", () => {
    const kept = new Kept();
    pinoSink(redactedPino({ level: "silent" }, kept)).write(safeRecord());
    expect(kept.last).toMatchObject({ event: "authn_login_fail" });
  });

  it("ends no line inside a line", () => {
    const kept = new Kept();
    pinoSink(pino({}, kept)).write(safeRecord({ user_agent: "a\u2028b\u0085c\nd", msg: "x\u009by" }));
    expect(kept.bytes.trimEnd()).not.toMatch(/[\n\u0080-\u009f\u2028\u2029]/);
    expect(kept.lines).toHaveLength(1);
  });

  it("counts what a destination does not take, and never throws", async () => {
    const throwing = pinoSink(
      pino(
        {},
        {
          write: () => {
            throw new Error("disk gone");
          },
        },
      ),
    );
    throwing.write(safeRecord());
    expect(throwing.stats()).toMatchObject({ written: 0, dropped: 1, trouble: "Error: disk gone" });

    const path = join(folder(), "app.log");
    const file = pino.destination({ dest: path, sync: true });
    const sink = pinoSink(pino({}, file));
    sink.write(safeRecord());
    sink.flushSync();
    file.destroy();
    sink.write(safeRecord());
    expect(sink.stats()).toMatchObject({ written: 1, dropped: 1, trouble: expect.stringContaining("closed") as string });
    await expect(sink.flush()).rejects.toThrow("closed");
    expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(1);

    const full = pino.destination({ dest: join(folder(), "full.log"), sync: false, minLength: 4096, maxLength: 600 });
    // It opens its file in its own time, and the folder goes when the test ends.
    await once(full, "ready");
    const bounded = pinoSink(pino({}, full));
    for (let i = 0; i < 5; i++) bounded.write(safeRecord());
    expect(bounded.stats().dropped).toBeGreaterThan(0);
    full.destroy();
  });

  it("flushes an asynchronous destination", async () => {
    const path = join(folder(), "app.log");
    const sink = pinoSink(pino({}, pino.destination({ dest: path, sync: false, minLength: 4096 })));
    sink.write(safeRecord());
    await sink.flush();
    expect(readFileSync(path, "utf8")).toContain("authn_login_fail");
  });

  it("counts what is written to a pipe whose reader has gone", async () => {
    const pipe = join(folder(), "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(pipe, constants.O_WRONLY);
    closeSync(reader);
    const sink = pinoSink(pino({}, pino.destination({ fd: writer, sync: true })));
    // pino learns of the broken pipe by the first line, which nobody can count.
    sink.write(safeRecord());
    await new Promise((done) => setImmediate(done));
    sink.write(safeRecord());
    expect(sink.stats()).toMatchObject({ dropped: 1, trouble: expect.stringContaining("reader") as string });
  });

  it("refuses what is no pino at start", () => {
    expect(() => pinoSink(console)).toThrow(SetupError);
  });
});
