import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { LogRecordExporter } from "@opentelemetry/sdk-logs";
import { expect, it } from "vitest";
import { leaksIn, PLANTED, safeRecord, secretValues } from "../harness/planted.ts";
import { otelSink } from "./otel.ts";

const require = createRequire(import.meta.url);
const { BatchLogRecordProcessor, LoggerProvider } = require("@opentelemetry/sdk-logs") as typeof import("@opentelemetry/sdk-logs");
const { OTLPLogExporter } = require("@opentelemetry/exporter-logs-otlp-http") as {
  OTLPLogExporter: new (options: { url: string }) => LogRecordExporter;
};

interface Sent {
  readonly resourceLogs: readonly { readonly scopeLogs: readonly { readonly logRecords: readonly Record<string, unknown>[] }[] }[];
}

it("sends over OTLP what a collector can read, without secrets", async () => {
  let body = "";
  const collector = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => response.end("{}"));
  });
  await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/logs`;
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url }) })] });
  const sink = otelSink(provider);
  sink.write(safeRecord({ level: "CRITICAL", extra: { ...secretValues(), password: PLANTED.password }, error: secretValues()["error"] }));
  await sink.flush();
  await provider.shutdown();
  collector.close();

  const record = (JSON.parse(body) as Sent).resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  expect(record).toMatchObject({
    eventName: "authn_login_fail",
    severityNumber: 18,
    severityText: "CRITICAL",
    body: { stringValue: "authn_login_fail" },
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    timeUnixNano: `${Date.UTC(2026, 10, 21, 10, 0, 0, 123)}000000`,
  });
  expect(record?.["attributes"]).toContainEqual({ key: "user.id", value: { stringValue: "u-1" } });
  expect(leaksIn(body)).toEqual([]);
});
