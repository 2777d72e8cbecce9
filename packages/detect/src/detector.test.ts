import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecurityLog } from "@telltale/log";
import type { SecurityLogOptions } from "@telltale/log";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDetector } from "./detector.ts";
import type { Alert, Detector, DetectorOptions } from "./detector.ts";
import { createEngine, createReader, defaultPack } from "./index.ts";

let folder: string;
let path: string;
const left: (() => void | Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "telltale-detector-"));
  path = join(folder, "security.log");
});

afterEach(async () => {
  for (const end of left.splice(0).toReversed()) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** A real log that writes to a file, with a detector beside it, as an application has them. */
function application(options: Partial<DetectorOptions> = {}, redact?: SecurityLogOptions["redact"]) {
  const alerts: Alert[] = [];
  const log = createSecurityLog({
    service: "shop",
    outputs: { file: path },
    lifecycle: false,
    ...(redact === undefined ? {} : { redact }),
  });
  const detector: Detector = createDetector({ onAlert: (alert) => void alerts.push(alert), ...options });
  log.subscribe(detector.observe);
  left.push(
    () => log.close(),
    () => detector.close(),
  );
  const fail = (user: string, count: number, ip = "203.0.113.9") => {
    for (let index = 0; index < count; index += 1) {
      log.run({ peer: ip, method: "POST", route: () => "/login", header: () => undefined }, () =>
        log.record("authn_login_fail", { userid: user, reason: "bad_password" }),
      );
    }
  };
  return { log, detector, alerts, fail };
}

describe("createDetector beside @telltale/log", () => {
  it("raises an alert in the turn in which the completing event is recorded", () => {
    const { alerts, fail, detector } = application();
    fail("ada", 9);
    expect(alerts).toEqual([]);
    fail("ada", 1);
    expect(alerts).toMatchObject([{ phase: "opened", count: 10, group: { "actor.id": "ada" }, addresses: ["203.0.113.9"] }]);
    expect(alerts[0]!.rule.title).toBe("Password Guessing Against One Account");
    expect(detector.stats()).toMatchObject({ events: 10 });
  });

  it("ends episodes when it is closed, and hears nothing afterwards", () => {
    const { alerts, fail, detector } = application();
    fail("ada", 12);
    detector.close();
    expect(alerts.map(({ phase, count }) => [phase, count])).toEqual([
      ["opened", 10],
      ["closed", 12],
    ]);
    fail("bob", 12);
    detector.close();
    expect(alerts).toHaveLength(2);
  });

  it("bears callbacks that throw and reject: the log and later alerts are not harmed", async () => {
    const errors: unknown[] = [];
    let calls = 0;
    const { log, fail } = application({
      onAlert() {
        calls += 1;
        if (calls === 1) throw new Error("thrown");
        return Promise.reject(new Error("rejected"));
      },
      onError(error) {
        errors.push(error);
        throw new Error("and so does this");
      },
    });
    fail("ada", 10);
    fail("bob", 10, "198.51.100.7");
    await Promise.resolve();
    expect(errors.map((error) => (error as Error).message)).toEqual(["thrown", "rejected"]);
    expect(log.stats().recorded).toBe(20);
  });

  it("groups by pseudonyms where names and addresses are hashed", () => {
    const { alerts, fail } = application({}, { pseudonymize: { key: "k".repeat(32), fields: ["actor", "ip"] } });
    fail("ada", 9);
    fail("bob", 1);
    expect(alerts).toEqual([]);
    fail("ada", 1);
    expect(alerts).toHaveLength(1);
    expect(JSON.stringify(alerts)).not.toMatch(/"ada"|203\.0\.113\.9/);
    expect(alerts[0]!.group["actor.id"]).toMatch(/\S{8}/);
  });

  it("gives the alert the id that telltale detect gives it from the log's file", async () => {
    const { alerts, fail, log } = application();
    fail("ada", 10);
    await log.flush();
    const read = createReader();
    const fromFile: Alert[] = [];
    const engine = createEngine({ rules: defaultPack(), lateness: 60_000, onAlert: (alert) => fromFile.push(alert) });
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    for (const [index, line] of lines.entries()) {
      const event = read(line, { received: Date.now() });
      if (event.kind !== "event") throw new Error(`not read: ${line}`);
      engine.ingest({ ...event, seq: index + 1, origin: { source: path, stream: "file" }, position: index });
    }
    expect(fromFile.map(({ id, phase }) => [id, phase])).toEqual(alerts.map(({ id, phase }) => [id, phase]));
    expect(alerts).toHaveLength(1);
  });

  it("bears records that are none", () => {
    const errors: unknown[] = [];
    const { detector, alerts, fail } = application({ onError: (error) => errors.push(error) });
    const hostile = JSON.parse('{"time":"soon","event":7,"__proto__":{"actor":1},"actor":null,"source":[]}') as Parameters<
      Detector["observe"]
    >[0];
    for (const record of [hostile, { time: Number.NaN, event: "" }, { time: Infinity, event: "authn_login_fail" }])
      detector.observe(record);
    fail("ada", 10);
    expect(errors).toEqual([]);
    expect(alerts).toHaveLength(1);
  });
});
