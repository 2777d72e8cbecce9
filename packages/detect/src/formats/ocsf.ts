import { events } from "@telltale/vocabulary";
import type { EventDefinition } from "@telltale/vocabulary";
import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { Fields, FieldValue } from "../event.ts";
import { addressIn } from "./application.ts";
import { outcomeOf } from "./event-names.ts";
import type { EventNames, Outcome } from "./event-names.ts";
import type { JsonFormat } from "./json-line.ts";
import { jsonFormat } from "./json-line.ts";
import { finished, inside, isFields, numberIn, objectOf, other, put, textIn, textOf } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";
import { milliseconds } from "./time.ts";

/** The class whose status says how far its handling is, not how the event ended. */
const FINDING = 2004;
const AUTHENTICATION = 3002;
/** Classes whose `user` is the account that was acted upon. */
const ABOUT_ACCOUNTS: ReadonlySet<FieldValue> = new Set([3001, 3005, 3006, 3007]);
/** The classes that are about security whatever their activity: findings, identity and access management. */
const isSecurityClass = (uid: number) => (uid >= 2000 && uid < 2100) || (uid >= 3000 && uid < 4000);

/** Open Cybersecurity Schema Framework: what `@telltale/log` writes, or another product. The object is kept, with our names put over it. */
export function createOcsf({ names }: ReadingFacts): JsonFormat {
  return jsonFormat("ocsf", "JSON lines of the Open Cybersecurity Schema Framework", fits, (object, facts) => read(object, facts, names));
}

function fits(object: OpenFields): boolean {
  return typeof object["class_uid"] === "number" && isFields(object["metadata"]);
}

/** The vocabulary's event for `type_uid` and `status_id`; of several the one that the vocabulary lists first, which is the most common. */
const byType: ReadonlyMap<string, string> = eventsByType();

function eventsByType(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, definition] of Object.entries(events) as [string, EventDefinition][]) {
    for (const mapping of [definition.ocsf, definition.ocsf_next]) {
      if (mapping === undefined || mapping.activity_id === 99 || !isSecurityClass(mapping.class_uid) || mapping.class_uid === FINDING)
        continue;
      const key = `${mapping.type_uid}:${mapping.is_mfa === true}:${mapping.status_id}`;
      if (!found.has(key)) found.set(key, name);
    }
  }
  return found;
}

function read(object: OpenFields, facts: LineFacts, names: EventNames): ReadEvent | NoEvent {
  const metadata = inside(object, "metadata");
  const unmapped = inside(object, "unmapped");
  const outcome = outcomeIn(object, unmapped);
  const code = textIn(metadata, "event_code");
  const byCode = code === undefined ? undefined : names.resolve(code);
  const resolved = byCode ?? eventByType(object, outcome);
  const classUid = numberIn(object, "class_uid") ?? 0;
  const ours = textIn(unmapped, "writer") !== undefined;
  if (resolved === undefined && !(code !== undefined && ours) && !isSecurityClass(classUid)) return other;
  const written = code ?? textOf(object["activity_name"]) ?? resolved ?? `ocsf_${numberIn(object, "type_uid") ?? classUid}`;
  putFacts(object, metadata, unmapped);
  const time = object["time"];
  return finished(object, written, outcome, time, facts, names, resolved, milliseconds(time));
}

function eventByType(object: Fields, outcome: Outcome | undefined): string | undefined {
  const isMfa = object["is_mfa"];
  const status = outcome === "failure" ? 2 : outcome === "success" ? 1 : 0;
  const type = numberIn(object, "type_uid") ?? (numberIn(object, "class_uid") ?? 0) * 100 + (numberIn(object, "activity_id") ?? 0);
  return byType.get(`${type}:${isMfa === true}:${status}`) ?? byType.get(`${type}:false:${status}`);
}

function outcomeIn(object: Fields, unmapped: Fields | undefined): Outcome | undefined {
  if (object["class_uid"] === FINDING) return outcomeOf(textIn(unmapped, "outcome"));
  const id = object["status_id"];
  return id === 1 ? "success" : id === 2 ? "failure" : id === 0 ? "unknown" : outcomeOf(object["status"]);
}

function putFacts(object: OpenFields, metadata: Fields | undefined, unmapped: Fields | undefined): void {
  const evidence = object["evidences"];
  const first = Array.isArray(evidence) ? (evidence as readonly FieldValue[])[0] : undefined;
  const facts = isFields(first) ? first : object;
  const acting = inside(inside(facts, "actor"), "user");
  const subject = inside(object, "user");
  const request = inside(facts, "http_request");
  const actor = acting ?? (object["class_uid"] === AUTHENTICATION ? subject : undefined);
  const values: OpenFields = {
    category: textIn(unmapped, "category"),
    reason: textIn(object, "status_detail"),
    actor: actorOf(actor, unmapped),
    target: isFields(unmapped?.["target"]) ? unmapped["target"] : targetOf(object, actor, subject),
    source: sourceOf(inside(facts, "src_endpoint"), unmapped),
    user_agent: textIn(request, "user_agent") ?? textIn(unmapped, "user_agent"),
    request: objectOf({
      id: textIn(request, "uid") ?? textIn(metadata, "correlation_uid"),
      method: textIn(request, "http_method") ?? textIn(unmapped, "method"),
      route: textIn(unmapped, "route") ?? textIn(inside(request, "url"), "path"),
      trace_id: textIn(unmapped, "trace_id"),
      span_id: textIn(unmapped, "span_id"),
    }),
    tenant: textIn(metadata, "tenant_uid"),
    session: textIn(inside(object, "session"), "uid") ?? textIn(inside(inside(object, "actor"), "session"), "uid"),
    service: textIn(inside(metadata, "product"), "name"),
    details: inside(unmapped, "details"),
    error: inside(unmapped, "error"),
    extra: inside(unmapped, "extra"),
    hostname: textIn(inside(object, "device"), "hostname"),
    writer: textIn(unmapped, "writer"),
    seq: metadata?.["sequence"],
    msg: textIn(object, "message"),
  };
  // `actor` and `session` are objects of OCSF as well: they are gone where OCSF names nobody.
  delete object["actor"];
  delete object["session"];
  for (const name in values) put(object, name, values[name]);
}

/** OCSF asks for a user also where nobody is known; `type_id` 0 then says so. */
function isNobody(user: Fields): boolean {
  return textIn(user, "uid") === undefined && user["type_id"] === 0;
}

function actorOf(user: Fields | undefined, unmapped: Fields | undefined): Fields | undefined {
  if (user === undefined || isNobody(user)) return undefined;
  const name = textIn(user, "name");
  const email = textIn(user, "email_addr") ?? textIn(unmapped, "actor_email");
  const id = textIn(user, "uid") ?? name ?? email;
  if (id === undefined) return undefined;
  return objectOf({ id, type: textIn(user, "type")?.toLowerCase(), name, email, effective: inside(unmapped, "effective") });
}

/** The account, entity, resource or file that the class names. */
function targetOf(object: Fields, actor: Fields | undefined, subject: Fields | undefined): Fields | undefined {
  if (ABOUT_ACCOUNTS.has(object["class_uid"]) && subject && !isNobody(subject) && textIn(subject, "uid") !== textIn(actor, "uid")) {
    return objectOf({ type: "user", id: textIn(subject, "uid"), name: textIn(subject, "name") });
  }
  for (const name of ["entity", "file", "database", "resources", "web_resources"]) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    const one = Array.isArray(value) ? (value as readonly FieldValue[])[0] : value;
    if (!isFields(one)) continue;
    const id = textIn(one, "uid");
    const called = textIn(one, "name");
    const nobody = id === undefined && called === "Unknown";
    if (!nobody && (id ?? called) !== undefined)
      return objectOf({ type: name === "file" ? "file" : textIn(one, "type")?.toLowerCase(), id, name: called });
  }
  return undefined;
}

/** A pseudonym stands under the endpoint's name, for `ip` holds addresses only. */
function sourceOf(endpoint: Fields | undefined, unmapped: Fields | undefined): Fields | undefined {
  const own = inside(unmapped, "source");
  if (own) return own;
  const written = textIn(endpoint, "ip");
  const name = textIn(endpoint, "name");
  const ip = written === undefined ? (name === "Unknown" ? undefined : name) : (addressIn(written) ?? written);
  return ip === undefined
    ? undefined
    : objectOf({ ip, peer: textIn(inside(endpoint, "proxy_endpoint"), "ip"), via: textIn(unmapped, "source_via") });
}
