import { events } from "@telltale/vocabulary";
import type { EventCategory, EventDefinition } from "@telltale/vocabulary";

type EcsMapping = EventDefinition["ecs"];

/** What ECS calls an event. `category` is left out where the event's own category says nothing. */
export interface EcsFields {
  readonly kind: EcsMapping["event.kind"];
  readonly category?: EcsMapping["event.category"];
  readonly type: EcsMapping["event.type"];
}

/**
 * ECS for the events that an application declares itself: by the category, with the type `info`, since a name says no more.
 * The values are those of the vocabulary's own events of that category.
 */
export const ecsByCategory: Readonly<Record<EventCategory, EcsMapping["event.category"]>> = {
  audit: ["api"],
  authn: ["authentication"],
  authz: ["api"],
  config: ["configuration"],
  crypt: ["api"],
  excess: ["api"],
  input: ["web"],
  legal: ["iam"],
  malicious: ["intrusion_detection", "web"],
  mcp: ["intrusion_detection", "api"],
  privilege: ["iam"],
  sensitive: ["api"],
  sequence: ["web"],
  session: ["session"],
  sys: ["process"],
  upload: ["file"],
  user: ["iam"],
};

/**
 * The OCSF class for the events that an application declares itself, always with the activity Other (99), whose name is the
 * event's. Events of a category that is not listed are of the Base Event class.
 */
export const ocsfByCategory: Readonly<Partial<Record<string, number>>> = {
  audit: 6003,
  authn: 3002,
  authz: 6003,
  config: 6002,
  crypt: 6003,
  excess: 6003,
  input: 6003,
  legal: 3004,
  malicious: 2004,
  mcp: 2004,
  privilege: 3004,
  sensitive: 6003,
  sequence: 6003,
  session: 3002,
  sys: 6002,
  upload: 6006,
  user: 3004,
} satisfies Record<EventCategory, number>;

/** The vocabulary's definition, if the event is one of its own. */
export function definitionOf(event: string): EventDefinition | undefined {
  return Object.hasOwn(events, event) ? (events as Readonly<Record<string, EventDefinition>>)[event] : undefined;
}

/** How ECS names an event of the vocabulary, or one of an application's own. */
export function ecsOf(event: string, category: string): EcsFields {
  const ecs = definitionOf(event)?.ecs;
  if (ecs) return { kind: ecs["event.kind"], category: ecs["event.category"], type: ecs["event.type"] };
  const known = Object.hasOwn(ecsByCategory, category) ? ecsByCategory[category as EventCategory] : undefined;
  return { kind: "event", category: known, type: ["info"] };
}
