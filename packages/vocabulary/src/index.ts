export { actions } from "./actions.ts";
export type { Action, ActionName, ActionSeverity } from "./actions.ts";
export { details } from "./details.ts";
export type { DetailName } from "./details.ts";
export { events } from "./events/index.ts";
export type { EventDetails, EventName } from "./events/index.ts";
export type { DetailsObject, EventCategory, EventDefinition, EventDetail, EventLevel } from "./events/definition.ts";
export {
  allowedNames,
  cardRanges,
  createNames,
  digestHeads,
  fieldsOfSecurityEvents,
  gluedPrefixes,
  guessableKinds,
  harmlessFirstWords,
  harmlessHeadExceptions,
  harmlessHeads,
  ibanLengths,
  isForbiddenName,
  neutralTails,
  personalIdentifiers,
  secretPatterns,
  sensitiveNames,
  sensitiveParameters,
  trailingWords,
} from "./never-log/index.ts";
export type {
  CardRange,
  Checksum,
  NameReach,
  Names,
  NameVerdict,
  PersonalIdentifier,
  SecretKind,
  SecretPattern,
  SensitiveNames,
} from "./never-log/index.ts";
export { techniques } from "./attack.ts";
export { resolveEvent } from "./resolve.ts";
export { detailRoles } from "./roles.ts";
export type { DetailRole } from "./roles.ts";
export { visible, visibleJson } from "./visible.ts";
