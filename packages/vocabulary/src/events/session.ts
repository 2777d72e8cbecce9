import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { oneOf, text } from "./detail-kinds.ts";
import { deleted, list, phrases, succeeded } from "./words.ts";

const logouts = list`logout signout logoff log_off session_signout sso_logout`;

export const sessionEvents = {
  session_created: {
    category: "session",
    level: "INFO",
    description: "A session began for an authenticated user.",
    details: { userid: text },
    ecs: ecs(["session"], ["start"], "success"),
    ocsf: ocsf("Authorize Session", "Assign Privileges", "Success"),
    ocsf_alternatives: [ocsf("Authentication", "Logon", "Success", { is_new_logon: true })],
    attack: ["T1078"],
    aliases: list`
      session_create create_session session_created_success session_start session_started start_session
      session_opened session_open session_begin session_began session_new new_session
      session_established session_initiated http_session_created user_session_created
      user_session_started
    `,
  },
  session_renewed: {
    category: "session",
    level: "INFO",
    description: "A session was extended.",
    details: { userid: text },
    ecs: ecs(["session"], ["info"], "success"),
    ocsf: ocsf("Authentication", "Service Ticket Renew", "Success", {
      activity_note: "nearest: renewal of a ticket",
    }),
    attack: ["T1550.004"],
    aliases: [
      ...phrases(list`session user_session token access_token session_token auth_token`, ["renew", "renewal", "refresh", "refreshed"]),
      ...list`
        session_extended extend_session token_renewed access_token_renewed session_prolonged
        session_touched session_rotated session_regenerated session_fixation_protection refresh_token
        token_refresh_success refresh_token_exchanged session_cookie_refreshed
      `,
    ],
  },
  session_expired: {
    category: "session",
    level: "INFO",
    description: "A session ended, with the reason.",
    details: { userid: text, reason: oneOf("logout", "timeout", "revoked", "other") },
    ecs: ecs(["session"], ["end"], "success"),
    ocsf: ocsf("Authentication", "Logoff", "Success"),
    attack: [],
    aliases: [
      ...phrases(list`session sessions user_session user_sessions all_sessions other_sessions`, [
        ...list`
          expire expiry ended close closed terminate terminated termination revoke revoked revocation
          invalidate invalidated kill killed timeout timed_out idle_timeout cleared
        `,
        ...deleted,
      ]),
      ...list`
        session_end session_expiration session_logged_out_remotely http_session_destroyed forced_logout
        force_logout logout_forced auto_logout automatic_logout idle_logout inactivity_logout logout_all
        logout_everywhere signout_all signout_everywhere other_device_logout current_device_logout
        logout_other_devices devise_failure_timeout user_session_clear session_expired_error
      `,
    ],
  },
  session_logout: {
    category: "session",
    level: "INFO",
    description: "The user ended the session.",
    details: { userid: text, sessionid: text },
    ecs: ecs(["session"], ["end"], "success"),
    ocsf: ocsf("Authentication", "Logoff", "Success"),
    attack: [],
    aliases: [
      ...logouts,
      ...phrases(logouts, succeeded),
      ...list`
        logged_out logged_off signed_out user_logged_out user_logged_off user_signed_out
        session_logged_out wp_logout user_session_end devise_sessions_signed_out user_initiated_logout
      `,
    ],
    note: "sessionid must be a keyed hash: the session id itself must not be logged.",
  },
  session_use_after_expire: {
    category: "session",
    level: "CRITICAL",
    description: "A session that had ended was used again.",
    details: { userid: text },
    ecs: ecs(["session", "authentication"], ["info"], "failure"),
    ocsf: ocsf("Authentication", "Logon", "Failure"),
    attack: ["T1550.004", "T1539"],
    aliases: list`
      expired_session_used expired_session_use expired_session_reused session_reuse session_reused
      session_replay session_replayed stale_session_used session_use_after_expiry
      session_used_after_expiry session_use_after_logout session_used_after_logout
      session_use_after_expired invalidated_session_used revoked_session_used ended_session_used
    `,
  },
} as const satisfies Record<string, EventDefinition>;
