import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { count, text } from "./detail-kinds.ts";
import { failed, list, phrases } from "./words.ts";

const systems = list`system sys server service app application process`;

export const sysEvents = {
  sys_startup: {
    category: "sys",
    level: "WARN",
    description: "The system started, by whom if known.",
    details: { userid: text },
    ecs: ecs(["process"], ["start"], "success"),
    ocsf: ocsf("Application Lifecycle", "Start", "Success"),
    attack: [],
    aliases: [
      ...phrases(systems, list`start started startup starting boot booted up`),
      ...list`startup boot booted application_ready system_is_starting`,
    ],
  },
  sys_shutdown: {
    category: "sys",
    level: "WARN",
    description: "The system was stopped, by whom if known.",
    details: { userid: text },
    ecs: ecs(["process"], ["end"], "success"),
    ocsf: ocsf("Application Lifecycle", "Stop", "Success"),
    attack: ["T1489", "T1529"],
    aliases: [
      ...phrases(systems, list`shutdown shutting_down stop stopped stopping halt halted terminated`),
      "shutdown",
      "graceful_shutdown",
      "sigterm_received",
      "context_closed",
    ],
  },
  sys_restart: {
    category: "sys",
    level: "WARN",
    description: "The system was restarted, by whom if known.",
    details: { userid: text },
    ecs: ecs(["process"], ["end", "start"], "success"),
    ocsf: ocsf("Application Lifecycle", "Restart", "Success"),
    attack: ["T1529"],
    aliases: [...phrases(systems, list`restart restarted restarting reboot rebooted`), "restart", "restarted", "reboot", "rebooted"],
  },
  sys_crash: {
    category: "sys",
    level: "WARN",
    description: "The system went down by itself, with the reason.",
    details: { reason: text },
    ecs: ecs(["process"], ["end"], "failure"),
    ocsf: ocsf("Application Error", "General Error", "Failure"),
    attack: ["T1499.004"],
    aliases: [
      ...phrases(systems, list`crash crashed panic aborted died`),
      ...list`
        crash crashed kernel_panic panic fatal_crash unexpected_shutdown uncaught_exception
        unhandled_exception unhandled_rejection out_of_memory oom_killed oom_kill
      `,
    ],
  },
  sys_heartbeat: {
    category: "sys",
    level: "INFO",
    description: "The logger says that it lives, how far its sequence has come and what it lost.",
    details: { seq: count, dropped: count },
    ecs: ecs(["process"], ["info"], "success"),
    ocsf: ocsf("Application Lifecycle", "Other", "Success"),
    attack: [],
    aliases: list`
      log_heartbeat logger_heartbeat logging_heartbeat audit_heartbeat audit_log_heartbeat
      security_log_heartbeat log_alive
    `,
    extension: "Silence can only be seen against an expected beat.",
  },
  sys_tls_fail: {
    category: "sys",
    level: "WARN",
    description: "A TLS connection to another system failed its checks.",
    details: { peer: text, reason: text },
    ecs: ecs(["network"], ["connection", "denied"], "failure"),
    ocsf: ocsf("Application Error", "General Error", "Failure"),
    attack: ["T1557"],
    aliases: [
      ...phrases(
        list`
          tls ssl tls_connection ssl_connection tls_handshake ssl_handshake tls_verification certificate
          certificate_validation certificate_verification cert_verification tls_certificate
          ssl_certificate mtls client_certificate
        `,
        failed,
      ),
      ...list`
        certificate_expired certificate_untrusted untrusted_certificate expired_certificate
        self_signed_certificate certificate_mismatch tls_error_backend backend_tls_failure
      `,
    ],
    extension: "ASVS 5.0 16.3.4 names backend TLS failures.",
  },
} as const satisfies Record<string, EventDefinition>;
