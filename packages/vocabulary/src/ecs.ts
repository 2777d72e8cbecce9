/**
 * The ECS categories that the vocabulary uses, each with the event types that ECS expects there.
 * Source: elastic/ecs 9.5.0-dev (b85f7573), `schemas/event.yml`. The category `api` is new there; with an older ECS write `web`.
 */
export const expectedTypes = {
  api: ["access", "admin", "allowed", "change", "creation", "deletion", "denied", "end", "info", "start", "user"],
  authentication: ["start", "end", "info"],
  configuration: ["access", "change", "creation", "deletion", "info"],
  file: ["access", "change", "creation", "deletion", "info"],
  iam: ["admin", "change", "creation", "deletion", "group", "info", "user"],
  intrusion_detection: ["allowed", "denied", "info"],
  network: ["access", "allowed", "connection", "denied", "end", "info", "protocol", "start"],
  process: ["access", "change", "end", "info", "start"],
  session: ["start", "end", "info"],
  web: ["access", "error", "info"],
} as const;

export type EcsCategory = keyof typeof expectedTypes;
export type EcsType = (typeof expectedTypes)[EcsCategory][number];
export type EcsOutcome = "success" | "failure" | "unknown";

/** The ECS categorisation fields. `event.action` is the event's own name. */
export interface EcsMapping {
  readonly "event.kind": "event" | "alert";
  readonly "event.category": readonly EcsCategory[];
  readonly "event.type": readonly EcsType[];
  readonly "event.outcome": EcsOutcome;
}

/** Something that happened. */
export function ecs<C extends EcsCategory>(
  category: readonly C[],
  type: readonly (typeof expectedTypes)[C][number][],
  outcome: EcsOutcome,
): EcsMapping {
  return {
    "event.kind": "event",
    "event.category": category,
    "event.type": type,
    "event.outcome": outcome,
  };
}

/** Something that is itself the result of a detection. */
export function ecsAlert<C extends EcsCategory>(
  category: readonly C[],
  type: readonly (typeof expectedTypes)[C][number][],
  outcome: EcsOutcome,
): EcsMapping {
  return { ...ecs(category, type, outcome), "event.kind": "alert" };
}
