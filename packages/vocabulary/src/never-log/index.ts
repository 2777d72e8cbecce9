export { sensitiveNames, sensitiveParameters } from "./names.ts";
export type { NameReach, SecretKind, SensitiveNames } from "./names.ts";
export {
  allowedNames,
  digestHeads,
  fieldsOfSecurityEvents,
  gluedPrefixes,
  guessableKinds,
  harmlessFirstWords,
  harmlessHeadExceptions,
  harmlessHeads,
  neutralTails,
  trailingWords,
} from "./harmless.ts";
export { secretPatterns } from "./values.ts";
export type { SecretPattern } from "./values.ts";
export { cardRanges, ibanLengths, personalIdentifiers } from "./identifiers.ts";
export type { CardRange, Checksum, PersonalIdentifier } from "./identifiers.ts";
export { createNames, isForbiddenName } from "./judge.ts";
export type { Names, NameVerdict } from "./judge.ts";
