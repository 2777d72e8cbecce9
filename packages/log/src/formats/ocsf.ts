import type { Format } from "../contract.ts";
import type { SafeRecord } from "../record.ts";
import { jsonText, quoted } from "./characters.ts";
import { field, numberText, object } from "./json-fields.ts";
import { levels } from "./levels.ts";
import { ocsfClasses } from "./ocsf-classes.ts";
import type { OcsfClass, OcsfMapping } from "./ocsf-classes.ts";
import { actorObject, endpointObject, isEmail, isHttpMethod, requestObject } from "./ocsf-objects.ts";
import { attestation, attestationParts } from "./ocsf-integrity.ts";
import { definitionOf, ocsfByCategory } from "./own-events.ts";
import { jsonSealing, plainParts, plainSeal } from "./seal.ts";
import { eventId } from "./subjects.ts";
import { wholeMilliseconds } from "./timestamp.ts";

/** The versions of OCSF that can be written. 1.9 is not yet released: it replaces two classes and brings `attestation_list`. */
export const ocsfVersions = ["1.8.0", "1.9.0-dev"] as const;
export type OcsfVersion = (typeof ocsfVersions)[number];

export interface OcsfOptions {
  /** Default: `1.8.0`. */
  readonly ocsfVersion?: OcsfVersion;
  /** Who makes the product that reports. Default: `Telltale`. */
  readonly vendor?: string;
}

/** A seal in either version, since a verifier reads files of both. */
const asUnmapped = jsonSealing("integrity", "}}", plainSeal, plainParts);
const asAttestation = jsonSealing("attestation_list", "}", attestation, attestationParts);

/** Open Cybersecurity Schema Framework: one event of the class that the vocabulary names. */
export function createOcsf({ ocsfVersion: version = "1.8.0", vendor = "Telltale" }: OcsfOptions = {}): Format {
  return {
    id: "ocsf",
    title: "Open Cybersecurity Schema Framework",
    docs: `https://schema.ocsf.io/${version}/`,
    line: (record) => lineOf(record, version, vendor),
    seal: version === "1.8.0" ? asUnmapped.seal : asAttestation.seal,
    unseal: (line) => asUnmapped.unseal(line) ?? asAttestation.unseal(line),
  };
}

function lineOf(record: SafeRecord, version: OcsfVersion, vendor: string): string {
  const mapping = mappingOf(record, version);
  const shape = ocsfClasses[mapping.class_uid] as OcsfClass;
  const controlled = mapping.action_id !== undefined || mapping.disposition_id !== undefined;
  let line = `{"time":${wholeMilliseconds(record.time)}${classified(record, mapping, shape)}`;
  line += `,"severity_id":${levels[record.level].ocsf},"severity":"${levels[record.level].ocsfName}"${statusOf(record, mapping)}`;
  line += `${field("status_detail", record.reason)},"message":${quoted(String(record.msg))}`;
  line += metadata(record, version, vendor, controlled);
  line += object("device", `${field("hostname", record.hostname)},"type_id":0,"type":"Unknown"`);
  if (controlled) line += `,"action_id":${mapping.action_id ?? 0},"disposition_id":${mapping.disposition_id ?? 0}`;
  line += parts(record, shape);
  const own = jsonText(shape.own(record, mapping));
  if (own !== "{}") line += `,${own.slice(1, -1)}`;
  // Last, and an object whose last property is a string: sealing rests on it.
  return `${line},"unmapped":{${unmapped(record, shape, mapping).slice(1)}}}`;
}

function classified(record: SafeRecord, mapping: OcsfMapping, shape: OcsfClass): string {
  const { class_uid: uid, activity_id: activity } = mapping;
  return (
    `,"class_uid":${uid},"class_name":"${shape.name}","category_uid":${Math.floor(uid / 1000)},"category_name":"${shape.category}"` +
    `,"activity_id":${activity},"activity_name":${quoted(activity === 99 ? String(record.event) : mapping.activity_name)}` +
    `,"type_uid":${mapping.type_uid},"type_name":"${shape.name}: ${mapping.activity_name}"`
  );
}

/** Who and where from, in the classes that have attributes for it. */
function parts(record: SafeRecord, shape: OcsfClass): string {
  const { session, source, request } = record;
  const acted = shape.actorRequired || record.actor !== undefined || (session !== undefined && !shape.session);
  const placed = shape.source === "required" || (shape.source === "allowed" && source !== undefined);
  const asked = shape.request && (request !== undefined || record.user_agent !== undefined);
  return (
    (acted ? json("actor", actorObject(record, !shape.session)) : "") +
    (shape.session ? object("session", field("uid", session)) : "") +
    (placed ? json("src_endpoint", endpointObject(record)) : "") +
    (asked ? json("http_request", requestObject(request, record.user_agent)) : "")
  );
}

/** The status of a finding says how far its handling is, so there the mapping's own stands. */
function statusOf({ outcome }: SafeRecord, mapping: OcsfMapping): string {
  if (mapping.class_uid === 2004) return `,"status_id":${mapping.status_id},"status":"${mapping.status}"`;
  if (outcome === "success") return ',"status_id":1,"status":"Success"';
  return outcome === "failure" ? ',"status_id":2,"status":"Failure"' : ',"status_id":0,"status":"Unknown"';
}

/** Each profile follows from its attributes: `device`; `action_id` and `disposition_id`; `attestation_list`, which the seal brings. */
function metadata(record: SafeRecord, version: OcsfVersion, vendor: string, controlled: boolean): string {
  const profiles = `"host"${controlled ? ',"security_control"' : ""}${version === "1.8.0" ? "" : ',"record_integrity"'}`;
  return (
    `,"metadata":{"version":"${version}"` +
    object("product", field("name", record.service) + field("vendor_name", vendor) + field("version", record.service_version)) +
    `,"profiles":[${profiles}],"uid":${quoted(eventId(record))}${field("event_code", record.event)},"sequence":${numberText(record.seq)}` +
    field("correlation_uid", record.request?.id) +
    `,"log_name":"security","log_provider":"telltale","log_level":"${record.level}"${field("tenant_uid", record.tenant)}}`
  );
}

/** What the class has no attribute for. */
function unmapped(record: SafeRecord, shape: OcsfClass, mapping: OcsfMapping): string {
  const { actor, target, source, request } = record;
  const held = target && shape.holdsTarget(target, record, mapping);
  const sourced = shape.source !== "none";
  const asked = shape.request || shape.source === "evidence";
  return (
    field("category", record.category) +
    (mapping.class_uid === 2004 ? field("outcome", record.outcome) : "") +
    (actor?.email === undefined || isEmail(actor.email) ? "" : field("actor_email", actor.email)) +
    json("effective", actor?.effective) +
    json("target", held ? undefined : target) +
    json("source", sourced ? undefined : source) +
    (sourced ? field("source_via", source?.via) : "") +
    (asked ? "" : field("user_agent", record.user_agent)) +
    (asked && isHttpMethod(request?.method) ? "" : field("method", request?.method)) +
    field("route", request?.route) +
    field("trace_id", request?.trace_id) +
    field("span_id", request?.span_id) +
    field("environment", record.environment) +
    json("details", record.details) +
    json("error", record.error) +
    json("extra", record.extra) +
    `,"pid":${numberText(record.pid)},"writer":${quoted(String(record.writer))}`
  );
}

function json(name: string, value: unknown): string {
  return value === undefined ? "" : `,"${name}":${jsonText(value)}`;
}

function mappingOf({ event, category }: SafeRecord, version: OcsfVersion): OcsfMapping {
  const definition = definitionOf(event);
  if (definition) return version === "1.8.0" ? definition.ocsf : (definition.ocsf_next ?? definition.ocsf);
  const uid = (Object.hasOwn(ocsfByCategory, category) ? ocsfByCategory[category] : undefined) ?? 0;
  const shape = ocsfClasses[uid] as OcsfClass;
  return {
    class_uid: uid,
    class_name: shape.name,
    activity_id: 99,
    activity_name: "Other",
    type_uid: uid * 100 + 99,
    status_id: 0,
    status: "Unknown",
  };
}
