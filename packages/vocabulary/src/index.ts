export { actions } from "./actions.ts";
export type { Action, ActionName, ActionSeverity } from "./actions.ts";
export { details } from "./details.ts";
export type { DetailName } from "./details.ts";
export { events } from "./events/index.ts";
export type { EventDetails, EventName } from "./events/index.ts";
export type { EventCategory, EventDefinition, EventDetail, EventLevel } from "./events/definition.ts";
export { resolveEvent } from "./resolve.ts";
