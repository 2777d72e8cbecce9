import type { EventDetail } from "@telltale/vocabulary";
import type { Format } from "../contract.ts";
import type { Actor, Json, SafeError, SafeRecord, Source, Target } from "../record.ts";
import { jsonText, quoted, textOf } from "./characters.ts";
import { field, numberText, object } from "./json-fields.ts";
import { levels } from "./levels.ts";
import { definitionOf, ecsOf } from "./own-events.ts";
import { jsonSealing, plainParts, plainSeal } from "./seal.ts";
import { addressFamily, eventId, isAccount, sameOrigin, techniques } from "./subjects.ts";
import { isoTime } from "./timestamp.ts";

/** The version of the Elastic Common Schema that the lines keep to. */
export const ECS_VERSION = "9.4.0";

/**
 * Elastic Common Schema, in the order and shape that the ecs-logging specification asks for: `@timestamp`, `log.level`, `message`
 * and `ecs.version` first and dotted, all else nested. What ECS has no field for stands under `telltale`.
 */
export const ecs: Format = {
  id: "ecs",
  title: "Elastic Common Schema",
  docs: "https://www.elastic.co/docs/reference/ecs",
  line: (record) => {
    const { actor, source, request, error } = record;
    const target = isAccount(record.target) ? record.target : undefined;
    let line = `{"@timestamp":"${isoTime(record.time)}","log.level":"${levels[record.level].ecs}","message":${quoted(String(record.msg))}`;
    line += `,"ecs.version":"${ECS_VERSION}","event":{"action":${quoted(String(record.event))}${classified(record)}`;
    line += `,"outcome":${quoted(record.outcome)}${field("reason", record.reason)},"severity":${levels[record.level].ocsf}`;
    line += `,"id":"${eventId(record)}","sequence":${numberText(record.seq)},"provider":"telltale"${originOf(record)}`;
    line += userFields(actor, target);
    // `source.ip` is of the type IP, and an index refuses the whole event for what is none; `source.address` takes anything.
    if (source) line += object("source", field("address", source.ip) + (addressFamily(source.ip) === 0 ? "" : field("ip", source.ip)));
    line += object("user_agent", field("original", record.user_agent));
    if (request) {
      line += `,"http":{"request":{${(field("id", request.id) + field("method", request.method)).slice(1)}}}`;
      line += object("trace", field("id", request.trace_id)) + object("span", field("id", request.span_id));
    }
    line += object("organization", field("id", record.tenant)) + object("file", fileName(record));
    if (error) {
      line += object(
        "error",
        field("type", error.type) + field("message", error.message) + field("stack_trace", error.stack) + field("code", error.code),
      );
    }
    return `${line}${threatFields(record)}${relatedFields(actor, target, source)},"telltale":{${ownFields(record).slice(1)}}}`;
  },
  ...jsonSealing("seal", "}}", plainSeal, plainParts),
};

/** `kind`, `category` and `type`, which are the same for every record of an event. */
const classifications = new Map<string, string>();

function classified({ event, category }: SafeRecord): string {
  const known = classifications.get(event);
  if (known !== undefined) return known;
  const text = `,${jsonText(ecsOf(event, category)).slice(1, -1)}`;
  // Only the vocabulary's: names of an application's own may be without number.
  if (definitionOf(event)) classifications.set(event, text);
  return text;
}

let origin: SafeRecord | undefined;
let originText = "";

/** What is the same for all records of one process: the end of `event`, then `service`, `host` and `process`. */
function originOf(record: SafeRecord): string {
  if (!sameOrigin(origin, record)) {
    const { service, service_version: version, environment, writer, hostname, pid } = record;
    originText =
      `${field("dataset", `${textOf(service)}.security`)}}` +
      object(
        "service",
        field("name", service) + field("version", version) + field("environment", environment) + field("ephemeral_id", writer),
      ) +
      `${object("host", field("hostname", hostname))},"process":{"pid":${numberText(pid)}}`;
    origin = record;
  }
  return originText;
}

function userFields(actor: Actor | undefined, target: Target | undefined): string {
  const effective = actor?.effective;
  return object(
    "user",
    field("id", actor?.id) +
      field("name", actor?.name) +
      field("email", actor?.email) +
      object("effective", field("id", effective?.id) + field("name", effective?.name)) +
      object("target", field("id", target?.id) + field("name", target?.name)),
  );
}

function fileName({ event, details, target }: SafeRecord): string {
  if (target?.type !== "file" && definitionOf(event)?.category !== "upload") return "";
  return field("name", details?.["filename"] ?? target?.name ?? target?.id);
}

/** Alerts alone name the technique: elsewhere it would be a guess about a harmless event. */
function threatFields({ event }: SafeRecord): string {
  const definition = definitionOf(event);
  if (definition?.ecs["event.kind"] !== "alert" || definition.attack.length === 0) return "";
  const all = techniques(definition.attack);
  const subs = all.flatMap(({ sub }) => sub ?? []);
  const technique = {
    id: [...new Set(all.map(({ id }) => id))],
    subtechnique: subs.length === 0 ? undefined : { id: subs },
  };
  return `,"threat":${jsonText({ framework: "MITRE ATT&CK", technique })}`;
}

/** Everybody and every address of the event, where ECS looks for them whatever their part was. */
function relatedFields(actor: Actor | undefined, target: Target | undefined, source: Source | undefined): string {
  const effective = actor?.effective;
  const users = list([actor?.id, actor?.name, effective?.id, effective?.name, target?.id, target?.name]);
  const { ip, peer } = source ?? {};
  const addresses = list([addressFamily(ip) === 0 ? undefined : ip, addressFamily(peer) === 0 ? undefined : peer]);
  return object("related", (users === "" ? "" : `,"user":[${users}]`) + (addresses === "" ? "" : `,"ip":[${addresses}]`));
}

/** Each value once. */
function list(values: readonly unknown[]): string {
  let text = "";
  for (const [at, value] of values.entries()) {
    const one = textOf(value);
    if (one !== undefined && values.indexOf(value) === at) text += `${text === "" ? "" : ","}${quoted(one)}`;
  }
  return text;
}

function ownFields(record: SafeRecord): string {
  const { actor, target, source, request } = record;
  const { fitting, rest } = sortedDetails(record);
  return (
    field("category", record.category) +
    object("actor", field("type", actor?.type) + field("effective_type", actor?.effective?.type)) +
    object("target", field("type", target?.type) + field("id", target?.id) + field("name", target?.name)) +
    object("source", field("peer", source?.peer) + field("via", source?.via)) +
    field("route", request?.route) +
    field("session", record.session) +
    (fitting ? `,"details":${jsonText(fitting)}` : "") +
    field("extra", rest && jsonText(rest)) +
    // Last and always a string: sealing rests on it.
    `,"writer":${quoted(String(record.writer))}`
  );
}

/** Names that need no thought in an index: no dot, no space, not empty. */
const fieldName = /^[A-Za-z_][\w-]*$/;

/**
 * An index refuses an event whose field is of another type than in the event before, or whose field has a name it cannot hold. So
 * only details of the declared type stand as fields; everything that a caller shaped is one text.
 */
function sortedDetails(record: SafeRecord): { readonly fitting?: Readonly<Record<string, Json>>; readonly rest?: Record<string, unknown> } {
  const declared = definitionOf(record.event)?.details;
  const fitting: [string, Json][] = [];
  const misfits: [string, Json][] = [];
  for (const [name, value] of Object.entries(record.details ?? {})) {
    const fits =
      fieldName.test(name) && (declared && Object.hasOwn(declared, name) ? isOf(declared[name], value) : !declared && isScalar(value));
    (fits ? fitting : misfits).push([name, value]);
  }
  if (misfits.length === 0 && !record.error && record.extra === undefined)
    return { fitting: fitting.length === 0 ? undefined : record.details };
  const { type: _type, message: _message, stack: _stack, code: _code, ...errorRest } = record.error ?? ({} as Partial<SafeError>);
  const rest = {
    ...(misfits.length === 0 ? {} : { details: Object.fromEntries(misfits) }),
    ...(Object.keys(errorRest).length === 0 ? {} : { error: errorRest }),
    ...(record.extra === undefined ? {} : { extra: record.extra }),
  };
  return {
    fitting: fitting.length === 0 ? undefined : Object.fromEntries(fitting),
    rest: Object.keys(rest).length === 0 ? undefined : rest,
  };
}

function isOf(detail: EventDetail | undefined, value: Json): boolean {
  if (detail?.type === "integer") return Number.isSafeInteger(value);
  if (detail?.type === "boolean") return typeof value === "boolean";
  if (detail?.type === "string[]") return Array.isArray(value) && value.every((one) => typeof one === "string");
  return typeof value === "string";
}

function isScalar(value: Json): boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
}
