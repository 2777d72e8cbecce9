import type { Format } from "../contract.ts";
import type { Actor, RequestFacts, SafeRecord, Source, Target } from "../record.ts";
import { jsonText, quoted } from "./characters.ts";
import { field, numberText } from "./json-fields.ts";
import { levels } from "./levels.ts";
import { jsonSealing, plainParts, plainSeal } from "./seal.ts";
import { sameOrigin } from "./subjects.ts";
import { isoTime } from "./timestamp.ts";

/**
 * One line as pino writes it: `level`, `time`, `pid`, `hostname` first, `msg` last, the keys of {@link SecurityRecord} between.
 *
 * This is the path that every event takes by default. Strings are put together one by one, for nearly all of them are plain and
 * need no escape: a third less time than `JSON.stringify` of the whole. Only what a caller shaped is stringified.
 */
export const json: Format = {
  id: "json",
  title: "JSON lines, as pino writes them",
  docs: "https://getpino.io/#/docs/api",
  line: (record) => {
    let line = `{"level":${levels[record.level].pino},"time":"${isoTime(record.time)}"${originOf(record)}`;
    line += `,"seq":${numberText(record.seq)},"event":${quoted(record.event)},"category":${quoted(record.category)}`;
    line += `,"outcome":${quoted(record.outcome)}${field("reason", record.reason)}`;
    if (record.actor) line += `,"actor":${actorText(record.actor)}`;
    if (record.target) line += `,"target":${targetText(record.target)}`;
    if (record.source) line += `,"source":${sourceText(record.source)}`;
    line += field("user_agent", record.user_agent);
    if (record.request) line += `,"request":${requestText(record.request)}`;
    line += field("tenant", record.tenant) + field("session", record.session);
    if (record.details) line += `,"details":${jsonText(record.details)}`;
    if (record.error) line += `,"error":${jsonText(record.error)}`;
    if (record.extra) line += `,"extra":${jsonText(record.extra)}`;
    // Last and always a string: sealing rests on it.
    return `${line},"msg":${quoted(String(record.msg))}}`;
  },
  ...jsonSealing("seal", "}", plainSeal, plainParts),
};

let origin: SafeRecord | undefined;
let originText = "";

/** What is the same for all records of one process; written anew only when another log of the same process writes. */
function originOf(record: SafeRecord): string {
  if (!sameOrigin(origin, record)) {
    originText =
      `,"pid":${numberText(record.pid)},"hostname":${quoted(record.hostname)},"service":${quoted(record.service)}` +
      field("service_version", record.service_version) +
      field("environment", record.environment) +
      field("writer", record.writer);
    origin = record;
  }
  return originText;
}

function actorText(actor: Actor): string {
  const effective = actor.effective;
  const as = effective ? `,"effective":{"id":${quoted(effective.id)}${field("type", effective.type)}${field("name", effective.name)}}` : "";
  return `{"id":${quoted(actor.id)}${field("type", actor.type)}${field("name", actor.name)}${field("email", actor.email)}${as}}`;
}

function targetText(target: Target): string {
  return `{${(field("type", target.type) + field("id", target.id) + field("name", target.name)).slice(1)}}`;
}

function sourceText(source: Source): string {
  return `{"ip":${quoted(source.ip)}${field("peer", source.peer)}${field("via", source.via)}}`;
}

function requestText(request: RequestFacts): string {
  return (
    `{"id":${quoted(request.id)}${field("method", request.method)}${field("route", request.route)}` +
    `${field("trace_id", request.trace_id)}${field("span_id", request.span_id)}}`
  );
}
