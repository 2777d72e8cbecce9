import type { EventDefinition } from "@telltale/vocabulary";
import type { SafeRecord, Target } from "../record.ts";
import { textOf } from "./characters.ts";
import { actorObject, attackObjects, endpointObject, entityObject, requestObject, typedEntityObject, userObject } from "./ocsf-objects.ts";
import type { Attributes } from "./ocsf-objects.ts";
import { definitionOf } from "./own-events.ts";
import { eventId, isAccount } from "./subjects.ts";

export type OcsfMapping = EventDefinition["ocsf"];

/** One class: where the parts of a record go in it. Source: ocsf/ocsf-schema 1.8.0, `events/`. */
export interface OcsfClass {
  readonly name: string;
  readonly category: string;
  /** Whether `src_endpoint` is an attribute of the class. Findings carry it, and the request, as evidence. */
  readonly source: "required" | "allowed" | "evidence" | "none";
  /** Whether `http_request` is. */
  readonly request: boolean;
  /** Whether `session` is; in the other classes the session goes into `actor`. */
  readonly session?: true;
  readonly actorRequired?: true;
  /** Whether the class's own attributes hold the whole target; else it stands in `unmapped`. */
  readonly holdsTarget: (target: Target, record: SafeRecord, mapping: OcsfMapping) => boolean;
  /** The attributes that only this class has. All that are required are there. */
  readonly own: (record: SafeRecord, mapping: OcsfMapping) => Attributes;
}

const always = () => true;
const never = () => false;

const iam = { category: "Identity & Access Management", source: "allowed", request: true } as const;
const application = { category: "Application Activity" } as const;
const call = { ...application, source: "required", request: true, actorRequired: true } as const;

/** By `class_uid`. */
export const ocsfClasses: Readonly<Record<number, OcsfClass>> = {
  0: { name: "Base Event", category: "Uncategorized", source: "none", request: false, holdsTarget: never, own: () => ({}) },
  1008: {
    name: "Event Log Activity",
    category: "System Activity",
    source: "allowed",
    request: false,
    holdsTarget: never,
    own: ({ details, target }) => ({ log_name: textOf(details?.["scope"]) ?? textOf(target?.name) ?? textOf(target?.id) ?? "security" }),
  },
  2004: { name: "Detection Finding", category: "Findings", source: "evidence", request: false, holdsTarget: always, own: finding },
  3001: { ...iam, name: "Account Change", holdsTarget: isAccount, own: accountChange },
  3002: {
    ...iam,
    name: "Authentication",
    session: true,
    holdsTarget: (target, { actor }, mapping) => isAccount(target) && (isSwitch(mapping) || !actor),
    own: authentication,
  },
  3003: {
    ...iam,
    name: "Authorize Session",
    session: true,
    holdsTarget: never,
    // 1.8.0 takes exactly one of `privileges` and `group`.
    own: ({ actor }) => ({ user: userObject(actor), privileges: [textOf(actor?.type) ?? "user"] }),
  },
  3004: { ...iam, name: "Entity Management", holdsTarget: always, own: (record, mapping) => ({ entity: managedEntity(record, mapping) }) },
  3005: {
    ...iam,
    name: "User Access Management",
    holdsTarget: isAccount,
    own: (record) => ({ ...accountChange(record), privileges: [textOf(record.details?.["to"]) ?? "Unknown"] }),
  },
  3007: { ...iam, name: "User Management", holdsTarget: isAccount, own: accountChange },
  6001: {
    ...application,
    name: "Web Resources Activity",
    source: "allowed",
    request: true,
    holdsTarget: always,
    own: ({ target }) => ({ web_resources: [typedEntityObject(target)] }),
  },
  6002: {
    ...application,
    name: "Application Lifecycle",
    source: "none",
    request: false,
    holdsTarget: never,
    own: ({ service, service_version }) => ({ app: { name: textOf(service), version: textOf(service_version) } }),
  },
  6003: { ...call, name: "API Activity", holdsTarget: always, own: apiCall },
  6005: {
    ...call,
    name: "Datastore Activity",
    holdsTarget: always,
    own: ({ target }) => ({
      database: {
        ...entityObject(target),
        ...(target?.type === undefined ? { type_id: 0, type: "Unknown" } : { type_id: 99, type: textOf(target.type) }),
      },
    }),
  },
  6006: {
    ...call,
    name: "File Hosting Activity",
    holdsTarget: ({ type }) => type === undefined || type === "file",
    own: (record) => ({ file: file(record) }),
  },
  6007: {
    ...application,
    name: "Scan Activity",
    source: "none",
    request: false,
    holdsTarget: never,
    own: ({ details }) => ({ scan: { name: textOf(details?.["validator"]) ?? "Unknown", type_id: 99, type: "Upload Validation" } }),
  },
  6008: { ...application, name: "Application Error", source: "none", request: false, holdsTarget: never, own: () => ({}) },
};

/** The account that was changed: the target, else the actor's own. */
function accountChange({ actor, target }: SafeRecord): Attributes {
  return { user: userObject(isAccount(target) ? target : actor) };
}

/** `user` is who wants in. Of an impersonation it is the one whose rights are taken; the real one is `actor.user`. */
function authentication({ actor, target, service, service_version }: SafeRecord, mapping: OcsfMapping): Attributes {
  const switched = isSwitch(mapping);
  const taken = isAccount(target) ? target : actor?.effective;
  return {
    user: userObject(switched ? taken : (actor ?? taken)),
    service: { name: textOf(service), version: textOf(service_version) },
    account_switch_type_id: switched ? 2 : undefined,
    account_switch_type: switched ? "Impersonate" : undefined,
    is_mfa: mapping.is_mfa,
    is_new_logon: mapping.is_new_logon,
  };
}

function isSwitch({ activity_name: activity }: OcsfMapping): boolean {
  return activity === "Account Switch";
}

/** What was managed: the target, else, where the mapping says that it is a user, the actor's own account. */
function managedEntity({ actor, target }: SafeRecord, { entity_type: entityType }: OcsfMapping): Attributes {
  const type = textOf(target?.type) ?? entityType ?? "Unknown";
  const subject = target ?? (type === "user" ? actor : undefined);
  return { ...entityObject(subject), ...(type === "user" ? { type_id: 2, type: "User" } : { type_id: 99, type }) };
}

function apiCall({ request, event, target }: SafeRecord): Attributes {
  const route = textOf(request?.route);
  const method = textOf(request?.method);
  return {
    api: { operation: route === undefined ? (textOf(event) ?? "Unknown") : method === undefined ? route : `${method} ${route}` },
    resources: target && [typedEntityObject(target)],
  };
}

function file({ target, details }: SafeRecord): Attributes {
  const name = textOf(target?.name) ?? textOf(details?.["filename"]) ?? textOf(target?.id) ?? "Unknown";
  return { name, uid: textOf(target?.id), type_id: 1, type: "Regular File" };
}

/** A finding is about the request that raised it: its evidence. */
function finding(record: SafeRecord): Attributes {
  const definition = definitionOf(record.event);
  const { source, request, user_agent: userAgent, target } = record;
  const asked = source !== undefined || request !== undefined || userAgent !== undefined;
  return {
    finding_info: {
      uid: eventId(record),
      title: textOf(record.event),
      desc: definition?.description,
      attacks: attackObjects(definition?.attack ?? []),
    },
    is_alert: true,
    evidences: asked
      ? [
          {
            actor: record.actor && actorObject(record, false),
            src_endpoint: endpointObject(record),
            http_request: request || userAgent !== undefined ? requestObject(request, userAgent) : undefined,
          },
        ]
      : undefined,
    resources: target && [typedEntityObject(target)],
  };
}
