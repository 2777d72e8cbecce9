import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { text } from "./detail-kinds.ts";
import { created, deleted, failed, list, phrases } from "./words.ts";

export const cryptEvents = {
  crypt_decrypt_fail: {
    category: "crypt",
    level: "WARN",
    description: "A decryption did not work: a fault, a wrong key, or someone without the right to the data.",
    details: { userid: text },
    ecs: ecs(["api"], ["info"], "failure"),
    ocsf: ocsf("Datastore Activity", "Decrypt", "Failure"),
    attack: ["T1565.001"],
    aliases: [
      ...phrases(["decrypt", "decryption", "decipher"], failed),
      "could_not_decrypt",
      "cannot_decrypt",
      "unable_to_decrypt",
      "decrypt_exception",
    ],
    note: "No ECS category fits application cryptography; api/info is a fallback.",
  },
  crypt_encrypt_fail: {
    category: "crypt",
    level: "WARN",
    description: "An encryption did not work.",
    details: { userid: text },
    ecs: ecs(["api"], ["info"], "failure"),
    ocsf: ocsf("Datastore Activity", "Encrypt", "Failure"),
    attack: [],
    aliases: [
      ...phrases(["encrypt", "encryption", "encipher"], failed),
      "could_not_encrypt",
      "cannot_encrypt",
      "unable_to_encrypt",
      "encrypt_exception",
    ],
    note: "No ECS category fits; api/info is a fallback.",
  },
  crypt_key_used: {
    category: "crypt",
    level: "INFO",
    description: "A key was used, made, rotated or destroyed.",
    details: { userid: text, keyid: text, operation: text },
    ecs: ecs(["api"], ["info"], "success"),
    ocsf: ocsf("API Activity", "Other", "Success"),
    attack: [],
    aliases: [
      ...phrases(
        list`
          encryption_key signing_key master_key kms_key crypto_key data_key cryptographic_key key_pair
        `,
        [...list`use used rotate rotated rotation generate generated`, ...created, ...deleted],
      ),
      ...list`
        key_used key_rotated rotate_key key_rotation schedule_key_deletion generate_data_key
        rotate_signing_keys signing_keys_rotated
      `,
    ],
    extension: "OWASP Logging Cheat Sheet: use or rotation of cryptographic keys.",
  },
} as const satisfies Record<string, EventDefinition>;
