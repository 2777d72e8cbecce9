import type { DetailsObject, EventDefinition } from "./definition.ts";
import { auditEvents } from "./audit.ts";
import { authzEvents } from "./authz.ts";
import { cryptEvents } from "./crypt.ts";
import { identityEvents } from "./identity.ts";
import { inputEvents } from "./input.ts";
import { loginEvents } from "./login.ts";
import { maliciousEvents } from "./malicious.ts";
import { mfaEvents } from "./mfa.ts";
import { passwordEvents } from "./password.ts";
import { sensitiveEvents } from "./sensitive.ts";
import { sessionEvents } from "./session.ts";
import { sysEvents } from "./sys.ts";
import { tokenEvents } from "./token.ts";
import { userEvents } from "./user.ts";

const table = {
  ...loginEvents,
  ...passwordEvents,
  ...mfaEvents,
  ...identityEvents,
  ...tokenEvents,
  ...authzEvents,
  ...sessionEvents,
  ...userEvents,
  ...sensitiveEvents,
  ...cryptEvents,
  ...inputEvents,
  ...maliciousEvents,
  ...auditEvents,
  ...sysEvents,
};

/** The name of an event: of the OWASP Logging Vocabulary, or of an extension to it. */
export type EventName = keyof typeof table;

/** The details of the event `N` as an object: `EventDetails<"authn_login_fail">` is `{ userid: string }`. */
export type EventDetails<N extends EventName> = DetailsObject<(typeof table)[N]["details"]>;

/**
 * Every event by its name: the 57 of the OWASP Logging Vocabulary and 26 extensions.
 * Source: OWASP/CheatSheetSeries@6b8819da7 (2026-08-17), `Logging_Vocabulary_Cheat_Sheet.md`, in our own words.
 */
export const events: Readonly<Record<EventName, EventDefinition>> = table;
