import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { Fields, FieldValue } from "../event.ts";
import { fieldReader } from "../fields.ts";
import { addressIn } from "./application.ts";
import { outcomeOf } from "./event-names.ts";
import type { EventNames, Outcome } from "./event-names.ts";
import type { JsonFormat } from "./json-line.ts";
import { jsonFormat } from "./json-line.ts";
import { finished, isFields, objectOf, other, put, textOf } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";

/** Where ECS keeps what we name otherwise; nested or with dotted keys. Source: elastic/ecs 9.5.0-dev, `schemas/`; `telltale.` is ours. */
const at = {
  action: reader("event.action", "event.code"),
  outcome: reader("event.outcome"),
  reason: reader("event.reason"),
  sequence: reader("event.sequence"),
  categories: reader("event.category"),
  types: reader("event.type"),
  time: reader("@timestamp", "event.created"),
  category: reader("telltale.category"),
  writer: reader("telltale.writer"),
  details: reader("telltale.details"),
  session: reader("telltale.session", "session.id"),
  tenant: reader("organization.id"),
  service: reader("service.name", "event.dataset"),
  hostname: reader("host.hostname", "host.name"),
  pid: reader("process.pid"),
  message: reader("message"),
  userAgent: reader("user_agent.original"),
  address: reader("source.ip", "client.ip", "source.address", "client.address"),
  peer: reader("telltale.source.peer"),
  via: reader("telltale.source.via"),
  actorId: reader("user.id", "user.name", "user.email", "client.user.id", "client.user.name", "source.user.id", "source.user.name"),
  actorName: reader("user.name"),
  actorEmail: reader("user.email"),
  actorType: reader("telltale.actor.type"),
  effectiveId: reader("user.effective.id"),
  effectiveName: reader("user.effective.name"),
  effectiveType: reader("telltale.actor.effective_type"),
  targetId: reader("telltale.target.id", "user.target.id"),
  targetName: reader("telltale.target.name", "user.target.name"),
  targetType: reader("telltale.target.type"),
  userTarget: reader("user.target"),
  requestId: reader("http.request.id"),
  method: reader("http.request.method"),
  route: reader("telltale.route", "url.path"),
  trace: reader("trace.id"),
  span: reader("span.id"),
} as const;

/** The first of some paths that has a value. */
function reader(...paths: readonly string[]): (fields: Fields) => FieldValue {
  const readers = paths.map(fieldReader);
  return (fields) => {
    for (const read of readers) {
      const value = read(fields);
      if (value !== undefined && value !== null && value !== "") return value;
    }
    return undefined;
  };
}

/** Elastic Common Schema: what `@telltale/log` writes, an ECS logging library or Beats. The object is kept, with our names put over it. */
export function createEcs({ names }: ReadingFacts): JsonFormat {
  return jsonFormat("ecs", "JSON lines of the Elastic Common Schema", fits, (object, facts) => read(object, facts, names));
}

function fits(object: OpenFields): boolean {
  return (
    object["@timestamp"] !== undefined &&
    (isFields(object["event"]) || object["event.action"] !== undefined || isFields(object["ecs"]) || object["ecs.version"] !== undefined)
  );
}

function read(object: OpenFields, facts: LineFacts, names: EventNames): ReadEvent | NoEvent {
  const outcome = outcomeOf(at.outcome(object));
  const action = textOf(at.action(object));
  const written = action === undefined ? nameByMessage(object, names) : action;
  const resolved = written === undefined ? undefined : names.resolve(written);
  const category = resolved === undefined ? eventByCategory(object, outcome) : undefined;
  if (resolved === undefined && category === undefined && !isSecurity(object)) return other;
  const time = at.time(object);
  putFacts(object);
  const name = written ?? category ?? "";
  return finished(object, name, outcome, time, facts, names, resolved ?? category);
}

/** Loggers that keep to ECS fill `message` alone. */
function nameByMessage(object: Fields, names: EventNames): string | undefined {
  const message = textOf(at.message(object));
  return message !== undefined && /\S[\s._-]+\S/.test(message.slice(0, 100)) && names.resolve(message) !== undefined ? message : undefined;
}

function listOf(value: FieldValue): readonly FieldValue[] {
  return Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
}

/** What ECS calls the start of an authentication is a login, whatever the action's name. */
function eventByCategory(object: Fields, outcome: Outcome | undefined): string | undefined {
  if (outcome === undefined || outcome === "unknown" || !listOf(at.categories(object)).includes("authentication")) return undefined;
  const types = listOf(at.types(object));
  if (types.includes("end")) return outcome === "success" ? "session_logout" : undefined;
  if (!types.includes("start") && !types.includes("info") && types[0] !== undefined) return undefined;
  return outcome === "success" ? "authn_login_success" : "authn_login_fail";
}

const securityCategories = new Set<FieldValue>(["authentication", "iam", "session", "intrusion_detection"]);

/** An event of an application's own: by ECS's category, or written by `@telltale/log`. */
function isSecurity(object: Fields): boolean {
  return (
    at.action(object) !== undefined &&
    (at.writer(object) !== undefined || listOf(at.categories(object)).some((one) => securityCategories.has(one)))
  );
}

function putFacts(object: OpenFields): void {
  const actorId = textOf(at.actorId(object));
  const effective = objectOf({ id: at.effectiveId(object), type: at.effectiveType(object), name: at.effectiveName(object) });
  const actor =
    actorId === undefined
      ? undefined
      : objectOf({ id: actorId, type: at.actorType(object), name: at.actorName(object), email: at.actorEmail(object), effective });
  const address = at.address(object);
  const source =
    address === undefined ? undefined : objectOf({ ip: addressIn(address) ?? textOf(address), peer: at.peer(object), via: at.via(object) });
  const target = targetOf(object);
  const values: OpenFields = {
    reason: at.reason(object),
    category: at.category(object),
    target,
    user_agent: at.userAgent(object),
    request: objectOf({
      id: at.requestId(object),
      method: at.method(object),
      route: at.route(object),
      trace_id: at.trace(object),
      span_id: at.span(object),
    }),
    tenant: at.tenant(object),
    session: at.session(object),
    details: at.details(object),
    hostname: at.hostname(object),
    pid: at.pid(object),
    writer: at.writer(object),
    seq: at.sequence(object),
    msg: at.message(object),
    service: at.service(object),
    source,
    actor,
  };
  // All are read before the first is put: `source`, `service` and `user_agent` are objects of ECS as well.
  for (const name in values) put(object, name, values[name]);
}

/** ECS has accounts only; `@telltale/log` keeps the type beside, where it has one. */
function targetOf(object: Fields): Fields | undefined {
  const id = at.targetId(object);
  const name = at.targetName(object);
  const type = at.targetType(object);
  if (id === undefined && name === undefined && type === undefined) return undefined;
  return objectOf({ type: type ?? (at.userTarget(object) === undefined ? undefined : "user"), id, name });
}
