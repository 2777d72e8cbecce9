import { createRequire } from "node:module";
import type { Context, ContextManager } from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import { SetupError } from "../../errors.ts";
import { safeRecord } from "../harness/planted.ts";
import { otelSink } from "./otel.ts";

// The ESM builds that bundlers are offered do not load in Node.js; what an application gets is the CommonJS one.
const require = createRequire(import.meta.url);
const { context, trace } = require("@opentelemetry/api") as typeof import("@opentelemetry/api");
const { logs } = require("@opentelemetry/api-logs") as typeof import("@opentelemetry/api-logs");
const sdk = require("@opentelemetry/sdk-logs") as typeof import("@opentelemetry/sdk-logs");
const { createLoggerConfigurator, InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } = sdk;

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

function provider(options: import("@opentelemetry/sdk-logs").LoggerProviderConfig = {}) {
  const exporter = new InMemoryLogRecordExporter();
  return { exporter, made: new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })], ...options }) };
}

/** The smallest manager that has an active context. */
class OneContext implements ContextManager {
  now: Context;
  constructor(now: Context) {
    this.now = now;
  }
  active = () => this.now;
  with = <A extends unknown[], F extends (...args: A) => ReturnType<F>>(_: Context, fn: F, self?: ThisParameterType<F>, ...args: A) =>
    fn.call(self, ...args);
  bind = <T>(_: Context, target: T) => target;
  enable = () => this;
  disable = () => this;
}

afterEach(() => context.disable());

describe("otelSink", () => {
  it("makes one log record of a security record", () => {
    const { exporter, made } = provider();
    const sink = otelSink(made);
    sink.write(
      safeRecord({
        error: Object.assign(new TypeError("bad"), { code: "E_BAD" }),
        details: { userid: "alice", attempts: 3, roles: ["a", "b"], mixed: ["a", 1], deep: { a: { b: true } }, none: null },
      }),
    );
    const [record] = exporter.getFinishedLogRecords();
    expect(record).toMatchObject({
      eventName: "authn_login_fail",
      body: "authn_login_fail",
      severityNumber: 13,
      severityText: "WARN",
      hrTime: [Date.UTC(2026, 10, 21, 10) / 1000, 123_000_000],
      instrumentationScope: { name: "@telltale/log" },
      spanContext: { traceId: TRACE, spanId: "00f067aa0ba902b7" },
    });
    expect(record?.attributes).toMatchObject({
      "user.id": "u-1",
      "telltale.actor.effective.id": "u-2",
      "telltale.target.id": "a-9",
      "client.address": "203.0.113.9",
      "network.peer.address": "10.0.0.2",
      "user_agent.original": "curl/8.5",
      "http.request.method": "POST",
      "http.route": "/login",
      "session.id": "5e550123456789abcdef5e5501234567",
      "telltale.request.id": "req-1",
      "telltale.outcome": "failure",
      "telltale.reason": "bad_password",
      "telltale.details.attempts": 3,
      "telltale.details.roles": ["a", "b"],
      "telltale.details.mixed": '["a",1]',
      "telltale.details.deep.a.b": true,
      "error.type": "TypeError",
      "exception.message": "bad",
      "telltale.error.code": "E_BAD",
      "telltale.seq": 17,
    });
    expect(record?.attributes).not.toHaveProperty(["telltale.details.none"]);
    expect(sink.stats()).toMatchObject({ written: 1, dropped: 0 });
  });

  it("tells the levels apart, and takes a logger as well", () => {
    const { exporter, made } = provider();
    const sink = otelSink(made.getLogger("shop"));
    for (const level of ["INFO", "WARN", "CRITICAL"] as const) sink.write(safeRecord({ level }));
    expect(exporter.getFinishedLogRecords().map((one) => [one.severityNumber, one.severityText])).toEqual([
      [9, "INFO"],
      [13, "WARN"],
      [18, "CRITICAL"],
    ]);
  });

  it("carries a time of long ago", () => {
    const { exporter, made } = provider();
    otelSink(made).write(safeRecord({ time: 86_400_000 }));
    expect(exporter.getFinishedLogRecords()[0]?.hrTime).toEqual([86_400, 0]);
  });

  it("stays below the SDK's limit of attributes and says what is missing", () => {
    const { exporter, made } = provider();
    const details = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`d${i}`, i]));
    otelSink(made).write(safeRecord({ details }));
    const { attributes, droppedAttributesCount } = exporter.getFinishedLogRecords()[0]!;
    expect(droppedAttributesCount).toBe(0);
    expect(Object.keys(attributes)).toHaveLength(120);
    const kept = Object.keys(attributes).filter((name) => name.startsWith("telltale.details.")).length;
    expect(attributes["telltale.omitted_attributes"]).toBe(400 - kept);
    expect(() => otelSink(made, { attributeLimit: 3 })).toThrow(SetupError);
  });

  it("keeps the active span where there is one, and the request's trace otherwise", () => {
    const active = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1 };
    const { exporter, made } = provider();
    context.setGlobalContextManager(new OneContext(trace.setSpanContext(context.active(), active)));
    const sink = otelSink(made);
    sink.write(safeRecord());
    context.disable();
    sink.write(safeRecord());
    sink.write(safeRecord({ request: { id: "r" } }));
    expect(exporter.getFinishedLogRecords().map((one) => one.spanContext?.traceId)).toEqual([active.traceId, TRACE, undefined]);
  });

  it("is stopped neither by a minimum severity nor by traces that are not sampled", () => {
    const unsampled = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 0 };
    context.setGlobalContextManager(new OneContext(trace.setSpanContext(context.active(), unsampled)));
    const { exporter, made } = provider({
      loggerConfigurator: createLoggerConfigurator([{ pattern: "*", config: { minimumSeverity: 21, traceBased: true } }]),
    });
    const sink = otelSink(made);
    sink.write(safeRecord({ level: "INFO" }));
    expect(exporter.getFinishedLogRecords()).toHaveLength(1);
    expect(exporter.getFinishedLogRecords()[0]).toMatchObject({
      severityText: "INFO",
      severityNumber: undefined,
      spanContext: { traceId: unsampled.traceId },
    });
    expect(sink.stats()).toMatchObject({ written: 1, dropped: 0 });
  });

  it("counts what OpenTelemetry does not take, and never throws", async () => {
    const unregistered = otelSink(logs.getLoggerProvider());
    unregistered.write(safeRecord());
    expect(unregistered.stats()).toMatchObject({ written: 0, dropped: 1, trouble: expect.stringContaining("no SDK") as string });
    const { made } = provider();
    const sink = otelSink(made);
    await made.shutdown();
    sink.write(safeRecord());
    expect(sink.stats()).toMatchObject({ written: 0, dropped: 1 });
    const failing = otelSink({
      emit: () => {
        throw new Error("exporter");
      },
    });
    failing.write(safeRecord());
    expect(failing.stats()).toMatchObject({ dropped: 1, trouble: "Error: exporter" });
    expect(() => otelSink({} as never)).toThrow(SetupError);
  });
});
