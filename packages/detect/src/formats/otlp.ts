import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { FieldValue, Fields } from "../event.ts";
import { applicationEvent } from "./application.ts";
import { outcomeOf } from "./event-names.ts";
import type { EventNames } from "./event-names.ts";
import type { JsonFormat } from "./json-line.ts";
import { jsonFormat } from "./json-line.ts";
import { finished, inside, isFields, objectOf, other, put, textIn, textOf } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";

/**
 * One log record of OTLP with its resource and scope, as the HTTP source hands it on: `{"otlp":{"resource":…,"scope":…,"record":…}}`.
 * Attributes of `@telltale/log` are read back to its own names; of any other SDK by the usual names.
 */
export function createOtlp({ names }: ReadingFacts): JsonFormat {
  return jsonFormat(
    "otlp",
    "Log records of OpenTelemetry (OTLP/JSON), one a line",
    (object) => isFields(object["otlp"]),
    (object, facts) => read(inside(object, "otlp"), facts, names),
  );
}

function read(otlp: Fields | undefined, facts: LineFacts, names: EventNames): ReadEvent | NoEvent {
  const record = inside(otlp, "record");
  if (record === undefined) return other;
  const attributes = attributesOf(record["attributes"]);
  const resource = attributesOf(inside(otlp, "resource")?.["attributes"]);
  const time = timeIn(record);
  const name = textIn(record, "eventName") ?? textIn(attributes, "event.name");
  if (textIn(attributes, "telltale.writer") !== undefined && name !== undefined) {
    return finished(ownFields(attributes, record), name, outcomeOf(attributes["telltale.outcome"]), time, facts, names);
  }
  const body = valueOf(record["body"], DEEPEST);
  put(attributes, "message", body);
  if (name !== undefined) put(attributes, "event", name);
  if (time !== undefined) attributes["time"] = time;
  for (const key of ["service.name", "service.version", "host.name"]) put(attributes, key, attributes[key] ?? resource[key]);
  if (attributes["trace_id"] === undefined) put(attributes, "trace_id", textIn(record, "traceId"));
  return applicationEvent(attributes, facts, names);
}

/** Nanoseconds as text or number; `0` says that it is not known. */
function timeIn(record: Fields): FieldValue {
  for (const name of ["timeUnixNano", "observedTimeUnixNano"]) {
    const value = textIn(record, name);
    // Milliseconds are enough, and nanoseconds are too many digits for a number.
    if (value !== undefined && value !== "0") return /^\d{16,19}$/.test(value) ? Number(value.slice(0, -6)) : value;
  }
  return undefined;
}

/** Deepest that values are read. */
const DEEPEST = 8;

/** `[{ key, value: { stringValue } }]` as an object. */
function attributesOf(list: FieldValue, depth = DEEPEST): OpenFields {
  const fields: OpenFields = {};
  if (!Array.isArray(list)) return fields;
  for (const one of list as readonly FieldValue[]) {
    const key = isFields(one) ? textIn(one, "key") : undefined;
    if (key !== undefined) put(fields, key, valueOf((one as Fields)["value"], depth));
  }
  return fields;
}

/** The value of OTLP's `AnyValue`. */
function valueOf(any: FieldValue, depth: number): FieldValue {
  if (!isFields(any)) return typeof any === "object" ? undefined : any;
  if (depth === 0) return undefined;
  const { stringValue, boolValue, intValue, doubleValue } = any;
  // 64 bits do not fit a JSON number, so integers come as text.
  if (typeof intValue === "string" || typeof intValue === "number") return Number(intValue);
  const scalar = stringValue ?? boolValue ?? doubleValue;
  if (scalar !== undefined) return typeof scalar === "object" ? undefined : scalar;
  const array = inside(any, "arrayValue")?.["values"];
  if (Array.isArray(array)) return (array as readonly FieldValue[]).map((one) => valueOf(one, depth - 1));
  const list = inside(any, "kvlistValue");
  return list ? attributesOf(list["values"], depth - 1) : undefined;
}

/** From the attribute to the name of `@telltale/log`: the table of its bridge to OpenTelemetry, the other way round. */
const direct: readonly (readonly [name: string, attribute: string])[] = [
  ["category", "telltale.category"],
  ["reason", "telltale.reason"],
  ["user_agent", "user_agent.original"],
  ["tenant", "telltale.tenant"],
  ["session", "session.id"],
  ["service", "service.name"],
  ["service_version", "service.version"],
  ["environment", "deployment.environment.name"],
  ["hostname", "host.name"],
  ["pid", "process.pid"],
  ["writer", "telltale.writer"],
  ["seq", "telltale.seq"],
];

function ownFields(attributes: Fields, record: Fields): OpenFields {
  const get = (name: string) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
  const fields: OpenFields = {};
  for (const [name, attribute] of direct) put(fields, name, get(attribute));
  put(
    fields,
    "actor",
    objectOf({
      id: get("user.id"),
      type: get("telltale.actor.type"),
      name: get("user.name"),
      email: get("user.email"),
      effective: objectOf({
        id: get("telltale.actor.effective.id"),
        type: get("telltale.actor.effective.type"),
        name: get("telltale.actor.effective.name"),
      }),
    }),
  );
  put(fields, "target", objectOf({ type: get("telltale.target.type"), id: get("telltale.target.id"), name: get("telltale.target.name") }));
  put(fields, "source", objectOf({ ip: get("client.address"), peer: get("network.peer.address"), via: get("telltale.source.via") }));
  put(
    fields,
    "request",
    objectOf({
      id: get("telltale.request.id"),
      method: get("http.request.method"),
      route: get("http.route"),
      trace_id: textIn(record, "traceId"),
      span_id: textIn(record, "spanId"),
    }),
  );
  for (const part of ["details", "extra"]) put(fields, part, below(attributes, `telltale.${part}.`));
  put(fields, "msg", textOf(valueOf(record["body"], 1)));
  return fields;
}

/** What stands under a prefix, flat: the bridge flattened it. */
function below(attributes: Fields, prefix: string): Fields | undefined {
  const fields: OpenFields = {};
  for (const name of Object.keys(attributes)) if (name.startsWith(prefix)) put(fields, name.slice(prefix.length), attributes[name]);
  return objectOf(fields);
}
