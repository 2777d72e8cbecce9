import { ecsAlert } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { optionalText, text, userOrAddress } from "./detail-kinds.ts";
import { failed, list, phrases } from "./words.ts";

export const maliciousEvents = {
  malicious_excess_404: {
    category: "malicious",
    level: "WARN",
    description: "Many requests for things that do not exist: forced browsing.",
    details: { userid_or_ip: userOrAddress, useragent: optionalText },
    ecs: ecsAlert(["intrusion_detection", "web"], ["info"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1595.003"],
    aliases: list`
      malicious_excess404 excess_404 excessive_404 excessive_404s too_many_404 too_many_404s
      not_found_flood forced_browsing forced_browsing_detected forceful_browsing directory_bruteforce
      directory_enumeration directory_scanning path_enumeration path_scanning content_discovery
      dirbusting
    `,
    note: "The OWASP heading says malicious_excess_404, its example malicious_excess404.",
  },
  malicious_extraneous: {
    category: "malicious",
    level: "CRITICAL",
    description: "Input that the handler does not know was sent (mass assignment probing).",
    details: { userid_or_ip: userOrAddress, inputname: text, useragent: optionalText },
    ecs: ecsAlert(["intrusion_detection", "web"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1190"],
    aliases: list`
      extraneous_input extraneous_parameter extraneous_parameters extraneous_field unexpected_parameter
      unexpected_parameters unexpected_field unexpected_input unknown_parameter unknown_parameters
      unknown_field unpermitted_parameters unpermitted_parameters_action_controller mass_assignment
      mass_assignment_attempt mass_assignment_detected
    `,
  },
  malicious_attack_tool: {
    category: "malicious",
    level: "CRITICAL",
    description: "A known attack tool showed itself by signature or user agent.",
    details: { userid_or_ip: userOrAddress, toolname: text, useragent: optionalText },
    ecs: ecsAlert(["intrusion_detection", "web"], ["info"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1595.002"],
    aliases: list`
      attack_tool attack_tool_detected hacking_tool_detected scanner_detected scan_detected
      vulnerability_scanner vulnerability_scanner_detected vulnerability_scan_detected
      security_scanner_detected malicious_user_agent malicious_bot malicious_bot_detected
      suspicious_user_agent scanner_user_agent
    `,
  },
  malicious_sqli: {
    category: "malicious",
    level: "CRITICAL",
    description: "Input looked like SQL injection; records rule and parameter, not the payload.",
    details: {
      userid_or_ip: userOrAddress,
      parameter: text,
      ruleid: text,
      useragent: optionalText,
    },
    ecs: ecsAlert(["intrusion_detection", "web"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1190"],
    aliases: [
      ...phrases(["sql_injection", "sqli"], list`attempt attempted detected blocked attack suspected probe`),
      "sql_injection",
      "sqli",
    ],
  },
  malicious_cors: {
    category: "malicious",
    level: "CRITICAL",
    description: "A cross-origin request came from an origin that is not allowed.",
    details: { userid_or_ip: userOrAddress, useragent: optionalText, referer: text },
    ecs: ecsAlert(["intrusion_detection", "web"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1190"],
    aliases: list`
      cors_violation cors_error cors_blocked cors_denied cors_rejected cors_failed cors_failure
      cors_fail cors_not_allowed invalid_origin origin_rejected origin_denied origin_not_allowed
      origin_blocked disallowed_origin illegal_origin cross_origin_blocked cross_origin_denied
    `,
    note: "Noisy at CRITICAL on public APIs.",
  },
  malicious_direct_reference: {
    category: "malicious",
    level: "CRITICAL",
    description: "Someone addressed an object that is not theirs (IDOR).",
    details: { userid_or_ip: userOrAddress, useragent: optionalText },
    ecs: ecsAlert(["intrusion_detection", "web"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1190", "T1213"],
    aliases: [
      ...phrases(
        list`idor bola direct_object_reference insecure_direct_object_reference direct_reference`,
        list`attempt attempted detected blocked attack suspected`,
      ),
      ...list`
        idor bola direct_object_reference insecure_direct_object_reference direct_reference
        broken_object_level_authorization
      `,
    ],
    note: "Has no object id: keep the target in a field of its own.",
  },
  malicious_csrf: {
    category: "malicious",
    level: "WARN",
    description: "A state-changing request came without a valid anti-CSRF token, Origin or Referer.",
    details: { userid_or_ip: userOrAddress },
    ecs: ecsAlert(["intrusion_detection", "web"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1185"],
    aliases: [
      ...phrases(
        list`
          csrf xsrf csrf_token xsrf_token anti_csrf_token anti_forgery_token csrf_check csrf_validation
          csrf_verification
        `,
        [...failed, ...list`missing mismatch violation detected blocked attempt attack denied`],
      ),
      ...list`
        csrf cross_site_request_forgery csrf_exception token_mismatch_exception
        invalid_authenticity_token missing_csrf_token_exception invalid_csrf_token_exception
        invalid_csrf_token_error invalid_cross_origin_request
      `,
    ],
  },
  malicious_csp_violation: {
    category: "malicious",
    level: "WARN",
    description: "A browser reported a Content-Security-Policy violation; URLs lose query and fragment first.",
    details: {
      userid_or_ip: userOrAddress,
      effective_directive: text,
      blocked_uri: text,
      useragent: optionalText,
    },
    ecs: ecsAlert(["intrusion_detection", "web"], ["info"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1189"],
    aliases: list`
      csp_violation csp_report csp_violation_report csp_violation_detected csp_violated csp_blocked
      content_security_policy_violation content_security_policy_report security_policy_violation
    `,
    note: "Reports are sent by clients: untrusted and noisy.",
  },
  mcp_prompt_injection: {
    category: "mcp",
    level: "WARN",
    description: "Signs of prompt injection in an MCP call; records rule, tool and server, not the prompt.",
    details: { userid: text },
    ecs: ecsAlert(["intrusion_detection", "api"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: [],
    atlas: ["AML.T0051"],
    aliases: [
      ...phrases(
        ["prompt_injection", "llm_prompt_injection", "indirect_prompt_injection", "jailbreak"],
        list`attempt attempted detected blocked suspected attack`,
      ),
      "prompt_injection",
      "llm_prompt_injection",
      "indirect_prompt_injection",
      "jailbreak",
    ],
  },
  mcp_resource_exhaustion: {
    category: "mcp",
    level: "WARN",
    description: "MCP calls that drive cost or load past the budget (loops, huge prompts).",
    details: { userid: text },
    ecs: ecsAlert(["intrusion_detection", "api"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1496", "T1499.003"],
    atlas: ["AML.T0029", "AML.T0034"],
    aliases: list`
      mcp_rate_limit_exceeded mcp_quota_exceeded mcp_budget_exceeded mcp_denial_of_service
      llm_resource_exhaustion llm_budget_exceeded token_budget_exceeded prompt_too_large
      agent_loop_detected tool_loop_detected tool_call_limit_exceeded denial_of_wallet
    `,
  },
  mcp_tool_poisoning: {
    category: "mcp",
    level: "WARN",
    description: "A tool that is tampered with, unsigned or off the allowlist was offered or called.",
    details: { userid: text },
    ecs: ecsAlert(["intrusion_detection", "api"], ["denied"], "failure"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1195"],
    atlas: ["AML.T0010"],
    aliases: list`
      tool_poisoning tool_poisoning_detected mcp_tool_tampered mcp_tool_rejected mcp_tool_blocked
      mcp_tool_not_allowed mcp_tool_changed mcp_tool_untrusted mcp_rug_pull untrusted_tool
      untrusted_tool_called unsigned_tool tool_not_in_allowlist tool_description_changed
    `,
  },
} as const satisfies Record<string, EventDefinition>;
