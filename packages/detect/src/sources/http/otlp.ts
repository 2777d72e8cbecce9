import { parse } from "./lines.ts";
import { Refusal } from "./body.ts";

const wayOut =
  "OTLP is read as JSON here. Set the exporter to it: OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/json, or in the collector `otlphttp` with `encoding: json`";

/**
 * Log records of an OTLP request (`ExportLogsServiceRequest` in JSON), one line each: `{"otlp":{"resource":{…},"scope":{…},"record":{…}}}`
 * as they were sent. Source: https://opentelemetry.io/docs/specs/otlp/ (OTLP/HTTP).
 */
export function linesOfOtlp(body: Buffer, type: string): readonly string[] {
  if (type !== "application/json") throw new Refusal(415, wayOut);
  const lines: string[] = [];
  for (const group of listOf(parse(body.toString("utf8"), "the body"), "resourceLogs")) {
    const resource = own(group, "resource") ?? {};
    for (const part of listOf(group, "scopeLogs")) {
      const scope = own(part, "scope") ?? {};
      for (const record of listOf(part, "logRecords")) lines.push(JSON.stringify({ otlp: { resource, scope, record } }));
    }
  }
  return lines;
}

/** A missing list is an empty one, as everywhere in protobuf. */
function listOf(holder: unknown, name: string): readonly object[] {
  const list = own(holder, name) ?? [];
  if (!Array.isArray(list) || list.some((one) => typeof one !== "object" || one === null))
    throw new Refusal(400, `${name} is not a list of objects`);
  return list as readonly object[];
}

function own(holder: unknown, name: string): unknown {
  if (typeof holder !== "object" || holder === null || Array.isArray(holder))
    throw new Refusal(400, "the body is not an OTLP logs request: a JSON object with resourceLogs was expected");
  return Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}
