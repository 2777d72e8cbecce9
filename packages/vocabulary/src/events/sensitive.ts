import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { count, optionalCount, text } from "./detail-kinds.ts";
import { created, deleted, list, phrases, updated } from "./words.ts";

const records = list`
  sensitive sensitive_data sensitive_record sensitive_object sensitive_information confidential_data pii
  personal_data phi patient_record customer_data
`;
const secrets = list`
  secret secrets token api_key api_keys access_key client_secret credential credentials private_key
  recovery_codes backup_codes secret_value
`;
const shared = list`
  project repository repo organization organisation org workspace team tenant group site environment
  application app space company record data database bucket
`;

export const sensitiveEvents = {
  sensitive_create: {
    category: "sensitive",
    level: "WARN",
    description: "Data marked sensitive was created.",
    details: { userid: text, object: text },
    ecs: ecs(["api"], ["creation"], "success"),
    ocsf: ocsf("API Activity", "Create", "Success"),
    ocsf_alternatives: [ocsf("Datastore Activity", "Create", "Success")],
    attack: ["T1565.001"],
    aliases: [
      ...phrases(records, [...created, "insert", "inserted", "stored"]),
      "secret_created",
      "create_secret",
      "secret_stored",
      "put_secret_value",
    ],
    note: "Log the object's id, not its content.",
  },
  sensitive_read: {
    category: "sensitive",
    level: "WARN",
    description: "Data marked sensitive was read.",
    details: { userid: text, object: text },
    ecs: ecs(["api"], ["access"], "success"),
    ocsf: ocsf("API Activity", "Read", "Success"),
    ocsf_alternatives: [ocsf("Datastore Activity", "Read", "Success")],
    attack: ["T1213", "T1530"],
    aliases: [
      ...phrases(records, list`read view viewed access accessed disclosed opened fetched displayed`),
      ...phrases(
        secrets,
        list`
          read view viewed access accessed reveal revealed shown copied disclosed displayed retrieved
        `,
      ),
      ...list`
        get_secret_value retrieve_secret password_viewed password_revealed password_copied
        get_password_data
      `,
    ],
    note: "Log the object's id, not its content.",
  },
  sensitive_update: {
    category: "sensitive",
    level: "WARN",
    description: "Data marked sensitive was changed.",
    details: { userid: text, object: text },
    ecs: ecs(["api"], ["change"], "success"),
    ocsf: ocsf("API Activity", "Update", "Success"),
    ocsf_alternatives: [ocsf("Datastore Activity", "Update", "Success")],
    attack: ["T1565.001"],
    aliases: [...phrases(records, updated), "secret_updated", "secret_changed", "update_secret", "modify_secret"],
    note: "Log the object's id, not its content.",
  },
  sensitive_delete: {
    category: "sensitive",
    level: "WARN",
    description: "Data marked sensitive was deleted or marked for deletion.",
    details: { userid: text, object: text },
    ecs: ecs(["api"], ["deletion"], "success"),
    ocsf: ocsf("API Activity", "Delete", "Success"),
    ocsf_alternatives: [ocsf("Datastore Activity", "Delete", "Success")],
    attack: ["T1485"],
    aliases: [
      ...phrases([...records, ...shared], deleted),
      ...list`
        secret_deleted delete_secret secret_destroyed secret_removed permanently_deleted hard_delete
        hard_deleted delete_bucket delete_db_instance
      `,
    ],
    note: "Log the object's id, not its content.",
  },
  sensitive_export: {
    category: "sensitive",
    level: "WARN",
    description: "Data left in bulk: export, download, report.",
    details: { userid: text, object: text, count: optionalCount, bytes: optionalCount },
    ecs: ecs(["api"], ["access"], "success"),
    ocsf: ocsf("Web Resources Activity", "Export", "Success"),
    attack: ["T1213", "T1567"],
    aliases: [
      ...phrases(
        list`
          data user_data account_data personal_data customer_data customers users user records report csv
          bulk database backup gdpr sensitive_data pii takeout members organization project
        `,
        ["export", "exported", "download", "downloaded"],
      ),
      ...list`
        export_created export_completed export_started export_requested data_dump database_dumped
        dsar_export data_subject_access_request customer_takeout_succeeded download_my_data bulk_read
        mass_download
      `,
    ],
    extension: "OWASP Logging Cheat Sheet: data import and export.",
  },
  sensitive_import: {
    category: "sensitive",
    level: "WARN",
    description: "Data came in in bulk.",
    details: { userid: text, object: text, count: optionalCount },
    ecs: ecs(["api"], ["creation"], "success"),
    ocsf: ocsf("Web Resources Activity", "Import", "Success"),
    attack: ["T1565.001"],
    aliases: [
      ...phrases(
        list`
          data user_data customer_data customers users user records csv bulk database backup
          sensitive_data members
        `,
        ["import", "imported"],
      ),
      ...list`
        import_created import_completed import_started database_restored backup_restored restore_backup
      `,
    ],
    extension: "OWASP Logging Cheat Sheet: data import and export.",
  },
  sensitive_bulk_delete: {
    category: "sensitive",
    level: "CRITICAL",
    description: "Many records were deleted by one act.",
    details: { userid: text, object: text, count: count },
    ecs: ecs(["api"], ["deletion"], "success"),
    ocsf: ocsf("API Activity", "Delete", "Success"),
    attack: ["T1485"],
    aliases: [
      ...phrases(["bulk", "mass", "batch"], list`delete deleted deletion destroy destroyed remove removed purge`),
      ...list`
        delete_all deleted_all destroy_all remove_all purge_all all_deleted delete_many deleted_many
        users_bulk_deleted bulk_delete_users bulk_user_delete mass_user_delete data_wiped wipe_data
        table_truncated
      `,
    ],
    extension: "Model callbacks miss bulk statements, and mass deletion needs the count.",
  },
} as const satisfies Record<string, EventDefinition>;
