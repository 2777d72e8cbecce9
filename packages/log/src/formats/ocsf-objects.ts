import type { Actor, RequestFacts, SafeRecord, Target } from "../record.ts";
import { textOf } from "./characters.ts";
import { addressFamily, techniques } from "./subjects.ts";

export type Attributes = Readonly<Record<string, unknown>>;

/** What OCSF says where something must stand and is not known. */
const UNKNOWN = "Unknown";

/** `type_id` of `user`, by the actor's type. */
const userTypes: ReadonlyMap<string, { readonly type_id: number; readonly type: string }> = new Map([
  ["user", { type_id: 1, type: "User" }],
  ["admin", { type_id: 2, type: "Admin" }],
  ["administrator", { type_id: 2, type: "Admin" }],
  ["system", { type_id: 3, type: "System" }],
  ["service", { type_id: 4, type: "Service" }],
]);

/** The methods that `http_method` may hold in OCSF. */
const httpMethods = new Set(["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"]);

/** What `email_addr` may hold; a pseudonym is no such thing. */
const email = /^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+$/;

export function isEmail(text: unknown): boolean {
  return typeof text === "string" && email.test(text);
}

/** An actor, the one that it acts as, or an account that was acted upon. */
export function userObject(who: Partial<Actor> | Target | undefined): Attributes {
  if (who?.id === undefined && who?.name === undefined) return { name: UNKNOWN, type_id: 0, type: UNKNOWN };
  const type = textOf(who.type)?.toLowerCase() ?? "user";
  const address = "email" in who && isEmail(who.email) ? who.email : undefined;
  return {
    uid: textOf(who.id),
    name: textOf(who.name),
    ...(userTypes.get(type) ?? { type_id: 99, type }),
    email_addr: address,
  };
}

/** Who acted, else the application itself. */
export function actorObject({ actor, session, service }: SafeRecord, sessionHere: boolean): Attributes {
  return {
    user: actor && userObject(actor),
    session: sessionHere && session !== undefined ? { uid: textOf(session) } : undefined,
    app_name: actor ? undefined : textOf(service),
  };
}

/** `ip` is of the type IP; what stands in its place is a `name`. */
export function endpointObject({ source }: SafeRecord): Attributes {
  if (!source) return { name: UNKNOWN };
  return {
    ...(addressFamily(source.ip) === 0 ? { name: textOf(source.ip) } : { ip: source.ip }),
    proxy_endpoint: addressFamily(source.peer) === 0 ? undefined : { ip: source.peer },
  };
}

export function isHttpMethod(method: unknown): boolean {
  return typeof method === "string" && httpMethods.has(method);
}

export function requestObject(request: RequestFacts | undefined, userAgent: unknown): Attributes {
  return {
    uid: textOf(request?.id),
    http_method: isHttpMethod(request?.method) ? request?.method : undefined,
    user_agent: textOf(userAgent),
  };
}

/** An object of the `_entity` kind: at least one of `name` and `uid`. */
export function entityObject(target: Target | undefined): Attributes {
  const uid = textOf(target?.id);
  const name = textOf(target?.name);
  return uid === undefined && name === undefined ? { name: UNKNOWN } : { uid, name };
}

/** The same with the type that the caller named. */
export function typedEntityObject(target: Target | undefined): Attributes {
  return { ...entityObject(target), type: textOf(target?.type) };
}

/** `attacks` of a finding. */
export function attackObjects(ids: readonly string[]): readonly Attributes[] | undefined {
  if (ids.length === 0) return undefined;
  return techniques(ids).map(({ id, sub }) => ({ technique: { uid: id }, sub_technique: sub === undefined ? undefined : { uid: sub } }));
}
