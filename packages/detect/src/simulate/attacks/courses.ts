import { credentialStuffing, enumeration, passwordSpraying, passwordSprayingDistributed } from "./credentials.ts";
import { bruteForceAccount, bruteForceDistributed, bruteForceSource } from "./guessing.ts";
import {
  accessDeniedSweep,
  bulkExport,
  logSilence,
  logTampering,
  massDeletion,
  privilegeEscalation,
  selfGrant,
  sessionAfterExpiry,
  tokenReuse,
} from "./insider.ts";
import type { AttackClass } from "./intensities.ts";
import type { AttackCourse } from "./stage.ts";
import { adminFromNewPlace, impossibleTravel, mfaFatigue, takeoverAfterAttack, takeoverLasting } from "./takeover.ts";

/** What an attack of each class does. */
export const courses: { readonly [C in AttackClass]: AttackCourse } = {
  brute_force_account: bruteForceAccount,
  brute_force_source: bruteForceSource,
  brute_force_distributed: bruteForceDistributed,
  credential_stuffing: credentialStuffing,
  password_spraying: passwordSpraying,
  password_spraying_distributed: passwordSprayingDistributed,
  enumeration,
  takeover_after_attack: takeoverAfterAttack,
  takeover_lasting: takeoverLasting,
  mfa_fatigue: mfaFatigue,
  privilege_escalation: privilegeEscalation,
  self_grant: selfGrant,
  mass_deletion: massDeletion,
  bulk_export: bulkExport,
  token_reuse: tokenReuse,
  session_after_expiry: sessionAfterExpiry,
  impossible_travel: impossibleTravel,
  admin_from_new_place: adminFromNewPlace,
  access_denied_sweep: accessDeniedSweep,
  log_silence: logSilence,
  log_tampering: logTampering,
};
