import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { optionalText, text } from "./detail-kinds.ts";
import { created, deleted, list, phrases, updated } from "./words.ts";

const logs = list`
  audit_log audit_logs audit_trail audit_trails audit_records security_log security_logs event_log
  event_logs audit activity_log access_log
`;
const monitors = list`
  monitor monitoring logging log audit auditing audit_trail antivirus anti_virus edr alerting alerts
  alert intrusion_detection file_integrity_monitoring log_forwarding log_stream cloudtrail
`;
/** What is only ever changed. */
const settings = list`
  config configuration system_config system_configuration setting settings system_settings
  system_setting authentication_settings authentication_policy authorization_policy password_policy
  mfa_policy session_policy access_policy policy sso sso_config sso_configuration sso_settings saml
  saml_config saml_settings saml_configuration oidc_config oidc_settings oauth_config
  identity_provider_config identity_provider_settings ldap_config ldap_settings webhook_config
  cors_settings cors_policy csp_policy retention_policy rate_limit_settings
`;
/** What comes and goes as well. */
const installations = list`
  sso_connection sso_provider oauth_client oauth_application webhook webhooks webhook_endpoint
  ip_allowlist ip_allow_list ip_whitelist ip_blocklist ip_denylist allowlist allow_list denylist
  blocklist firewall_rule security_group policy_rule trusted_domain network_zone branch_protection
  protected_branch
`;

export const auditEvents = {
  audit_log_accessed: {
    category: "audit",
    level: "INFO",
    description: "The security log itself was read or exported.",
    details: { userid: text, scope: text },
    ecs: ecs(["api"], ["access"], "success"),
    ocsf: ocsf("Event Log Activity", "Export", "Success", {
      activity_note: "3 Export when exported; 99 Other when only read",
    }),
    attack: [],
    aliases: [
      ...phrases(
        logs,
        list`
          access accessed view viewed read query queried search searched export exported download
          downloaded
        `,
      ),
      "org_audit_log_export",
      "lookup_events",
    ],
    extension: "PCI DSS 10.2.1.3.",
  },
  audit_log_cleared: {
    category: "audit",
    level: "CRITICAL",
    description: "Part of the security log was cleared, deleted or rotated by hand.",
    details: { userid: text, scope: text },
    ecs: ecs(["configuration"], ["deletion"], "success"),
    ocsf: ocsf("Event Log Activity", "Clear", "Success", { activity_note: "2 Delete" }),
    attack: ["T1070", "T1685"],
    aliases: [
      ...phrases(
        [...logs, "log", "logs", "log_file"],
        [...list`clear cleared wiped truncate truncated rotated_by_hand overwritten`, ...deleted],
      ),
      ...list`
        the_audit_log_was_cleared log_tampering audit_log_tampered delete_log_group delete_log_stream
      `,
    ],
    extension: "PCI DSS 10.2.1.6; NIST SP 800-53 AU-9.",
  },
  config_changed: {
    category: "config",
    level: "WARN",
    description: "A security setting was changed (SSO, CORS, webhook, retention, rate limit).",
    details: { userid: text, setting: text, from: optionalText, to: optionalText },
    ecs: ecs(["configuration"], ["change"], "success"),
    ocsf: ocsf("Application Lifecycle", "Update", "Success"),
    attack: ["T1556"],
    aliases: [
      ...phrases([...settings, ...installations], [...updated, ...list`enable enabled disable disabled saved reset set`]),
      ...phrases(installations, [...created, ...deleted]),
      ...list`
        application_setting_changed domain_verified verify_domain authorize_security_group_ingress
        revoke_security_group_ingress authorize_security_group_egress policy_lifecycle_create
        policy_lifecycle_update policy_lifecycle_delete policy_rule_update zone_update zone_create
        zone_delete hook_create hook_config_changed hook_destroy org_enable_saml org_disable_saml
        org_update_saml_provider_settings system_idp_lifecycle_create system_idp_lifecycle_update
        system_idp_lifecycle_delete update_account_password_policy enable_two_factor_requirement
        disable_two_factor_requirement
      `,
    ],
    extension: "OWASP Logging Cheat Sheet: configuration changes; NIST SP 800-53 AU-12(3).",
  },
  sys_monitor_disabled: {
    category: "sys",
    level: "WARN",
    description: "A monitor (log, file integrity, anti-virus) was switched off.",
    details: { userid: text, monitor: text },
    ecs: ecs(["configuration"], ["change"], "success"),
    ocsf: ocsf("Application Lifecycle", "Disable", "Success"),
    ocsf_alternatives: [
      ocsf("Event Log Activity", "Disable", "Success", {
        activity_note: "when the monitor is a log",
      }),
    ],
    attack: ["T1685", "T1685.002"],
    aliases: [
      ...phrases(monitors, list`disable disabled stop stopped turned_off switched_off paused muted`),
      ...list`
        delete_trail cloudtrail_deleted delete_detector delete_flow_logs delete_config_rule
        stop_configuration_recorder delete_alarms
      `,
    ],
    note: "In ATT&CK v18 the techniques are T1562.001 and T1562.008.",
  },
  sys_monitor_enabled: {
    category: "sys",
    level: "WARN",
    description: "A monitor was switched on again.",
    details: { userid: text, monitor: text },
    ecs: ecs(["configuration"], ["change"], "success"),
    ocsf: ocsf("Application Lifecycle", "Enable", "Success"),
    ocsf_alternatives: [ocsf("Event Log Activity", "Enable", "Success")],
    attack: [],
    aliases: [
      ...phrases(monitors, list`enable enabled start started turned_on switched_on resumed unmuted`),
      "create_trail",
      "create_detector",
      "create_flow_logs",
      "start_configuration_recorder",
    ],
  },
} as const satisfies Record<string, EventDefinition>;
