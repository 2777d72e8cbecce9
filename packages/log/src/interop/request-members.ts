import type { RequestContext } from "../context/request-context.ts";
import { currentContext } from "../context/store.ts";
import type { Redactor } from "../contract.ts";
import type { Actor, SecurityRecord } from "../record.ts";
import { jsonText } from "../formats/characters.ts";

interface Members {
  readonly actor: Actor | undefined;
  readonly json: { readonly request: string; readonly actor: string };
}

/**
 * Who and which request, for the application's other lines: `,"request":{…},"actor":{…}`, by the names that security events have, so
 * that the two can be joined. What the line has of its own by these names stays.
 */
export function requestMembers(redactor: Redactor): (object: object, bindings: string) => string {
  const known = new WeakMap<RequestContext, Members>();
  return (object, bindings) => {
    const context = currentContext();
    if (!context) return "";
    let members = known.get(context);
    if (!members || members.actor !== context.actor) {
      members = membersOf(redactor, context);
      known.set(context, members);
    }
    return take("request", members, object, bindings) + take("actor", members, object, bindings);
  };
}

function take(name: "request" | "actor", members: Members, object: object, bindings: string): string {
  return members.json[name] === "" || name in object || bindings.includes(`,"${name}":`) ? "" : members.json[name];
}

function membersOf(redactor: Redactor, context: RequestContext): Members {
  const { request, actor } = safeParts(redactor, context);
  return {
    actor: context.actor,
    json: { request: request ? `,"request":${jsonText(request)}` : "", actor: actor ? `,"actor":${jsonText(actor)}` : "" },
  };
}

/** Through the redactor as a record, so that pseudonyms are the same as in security events. */
function safeParts(redactor: Redactor, context: RequestContext) {
  const { id, trace_id, span_id } = context.request;
  const { request, actor } = redactor.record({ ...BLANK, request: { id, trace_id, span_id }, actor: context.actor });
  return { request, actor: actor && { id: actor.id, type: actor.type } };
}

const BLANK: SecurityRecord = {
  time: 0,
  level: "INFO",
  event: "context",
  category: "system",
  outcome: "unknown",
  service: "",
  hostname: "",
  pid: 0,
  writer: "",
  seq: 0,
  msg: "",
};
