import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { count, oneOf, text, texts } from "./detail-kinds.ts";
import { deleted, failed, list, phrases } from "./words.ts";

export const inputEvents = {
  upload_complete: {
    category: "upload",
    level: "INFO",
    description: "A file has arrived whole, before it is checked.",
    details: { userid: text, filename: text, type: text },
    ecs: ecs(["file"], ["creation"], "success"),
    ocsf: ocsf("File Hosting Activity", "Upload", "Success"),
    attack: ["T1105"],
    aliases: list`
      upload uploaded file_upload file_uploaded upload_file upload_completed upload_success
      upload_successful upload_succeeded upload_finished upload_done file_upload_complete
      file_upload_completed file_upload_success file_received upload_received document_uploaded
      attachment_uploaded attachment_created file_added media_uploaded image_uploaded object_uploaded
    `,
  },
  upload_stored: {
    category: "upload",
    level: "INFO",
    description: "An uploaded file was renamed or moved to where it is kept.",
    details: { filename: text, from: text, to: text },
    ecs: ecs(["file"], ["change"], "success"),
    ocsf: ocsf("File Hosting Activity", "Move", "Success", { activity_note: "5 Rename" }),
    attack: [],
    aliases: list`
      file_stored upload_saved file_saved file_moved file_renamed move_file rename_file upload_moved
      upload_persisted file_persisted store_file attachment_stored
    `,
    note: "Has no userid: keep the actor in a field of its own.",
  },
  upload_validation: {
    category: "upload",
    level: "INFO",
    description: "A check of an uploaded file (type, virus scan) ended; CRITICAL when it failed.",
    details: { filename: text, validator: text, result: oneOf("passed", "incomplete", "FAILED") },
    ecs: ecs(["file"], ["info"], "unknown"),
    ocsf: ocsf("Scan Activity", "Completed", "Success", {
      activity_note: "status_id 2 when FAILED; 6 Error when incomplete",
    }),
    attack: ["T1190", "T1105"],
    aliases: list`
      upload_validated upload_validation_failed upload_validation_passed upload_rejected upload_scanned
      upload_scan file_validation file_validated file_validation_failed file_scan file_scanned
      file_rejected file_type_rejected virus_scan virus_scan_completed virus_scan_failed virus_found
      virus_detected av_scan antivirus_scan malware_scan malware_found malware_detected infected_file
      infected_file_detected file_quarantined content_type_rejected
    `,
    endings: {
      detail: "result",
      values: {
        passed: { level: "INFO", outcome: "success" },
        incomplete: { level: "INFO", outcome: "unknown" },
        FAILED: { level: "CRITICAL", outcome: "failure" },
      },
    },
  },
  upload_delete: {
    category: "upload",
    level: "INFO",
    description: "A file was deleted in the normal course.",
    details: { userid: text, fileid: text },
    ecs: ecs(["file"], ["deletion"], "success"),
    ocsf: ocsf("File Hosting Activity", "Delete", "Success"),
    attack: ["T1485"],
    aliases: [...phrases(list`file files upload uploaded_file attachment document_file media_file`, deleted)],
  },
  input_validation_fail: {
    category: "input",
    level: "WARN",
    description: "The server refused input that the client should not have sent.",
    details: { fields: texts, userid: text },
    ecs: ecs(["web"], ["access", "error"], "failure"),
    ocsf: ocsf("API Activity", "Other", "Failure", { disposition_id: 25 }),
    attack: ["T1190"],
    aliases: [
      ...phrases(
        list`
          input_validation request_validation validation schema_validation payload_validation
          server_side_validation parameter_validation
        `,
        failed,
      ),
      ...list`
        invalid_input input_invalid bad_input input_rejected input_error invalid_parameter
        invalid_parameters invalid_payload invalid_request_body validation_exception malformed_input
        malformed_request
      `,
    ],
    note: "The names of the fields, never their values.",
  },
  input_validation_discrete_fail: {
    category: "input",
    level: "WARN",
    description: "A value outside a closed list arrived (a menu, a radio button): the client was tampered with.",
    details: { field: text, userid: text },
    ecs: ecs(["web"], ["access", "error"], "failure"),
    ocsf: ocsf("API Activity", "Other", "Failure", { disposition_id: 25 }),
    attack: ["T1190"],
    aliases: list`
      discrete_validation_failed invalid_option invalid_choice invalid_enum_value invalid_selection
      option_not_in_list value_not_in_list unexpected_option parameter_tampering parameter_tampered
      input_tampering tampered_input
    `,
  },
  excess_rate_limit_exceeded: {
    category: "excess",
    level: "WARN",
    description: "A rate limit or quota was passed.",
    details: { userid: text, max: count },
    ecs: ecs(["api"], ["denied"], "failure"),
    ocsf: ocsf("API Activity", "Other", "Failure", { action_id: 2, disposition_id: 2 }),
    attack: ["T1499.003", "T1110", "T1595"],
    aliases: [
      ...phrases(
        list`rate_limit request_limit api_rate_limit api_limit quota usage_limit ip_rate_limit`,
        list`exceeded exceed hit reached violation triggered`,
      ),
      ...list`
        rate_limit rate_limited request_rate_limited ip_rate_limited rate_limit_error throttle throttled
        request_throttled api_throttled throttling throttling_exception throttle_rack_attack
        rack_attack_throttled too_many_requests too_many_requests_exception http_429 api_limit limit_mu
        gd_otp_rate_limit_exceed system_org_rate_limit_violation quota_exhausted
      `,
    ],
  },
  excess_sessions_exceeded: {
    category: "excess",
    level: "WARN",
    description: "More sessions at once than allowed: shared or stolen credentials.",
    details: { userid: text, max: count },
    ecs: ecs(["session"], ["info"], "failure"),
    ocsf: ocsf("Authentication", "Other", "Failure"),
    attack: ["T1078", "T1550.004"],
    aliases: list`
      sessions_exceeded concurrent_sessions_exceeded too_many_sessions max_sessions
      max_sessions_exceeded max_sessions_reached maximum_sessions_exceeded session_limit_exceeded
      session_limit_reached concurrent_session_limit concurrent_session_limit_exceeded
      concurrent_sessions concurrent_login_detected session_count_exceeded
    `,
  },
  sequence_fail: {
    category: "sequence",
    level: "CRITICAL",
    description: "A step of a flow was reached out of order (business logic abuse).",
    details: { userid: text },
    ecs: ecs(["web"], ["access", "error"], "failure"),
    ocsf: ocsf("API Activity", "Other", "Failure", { disposition_id: 25 }),
    attack: ["T1190"],
    aliases: list`
      sequence_error sequence_violation out_of_sequence out_of_order step_out_of_order step_skipped
      skipped_step workflow_violation workflow_bypass flow_violation business_logic_violation
      business_logic_abuse invalid_state_transition illegal_state_transition invalid_transition
    `,
  },
} as const satisfies Record<string, EventDefinition>;
