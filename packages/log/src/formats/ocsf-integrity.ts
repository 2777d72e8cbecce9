import type { Seal } from "../contract.ts";
import { jsonText } from "./characters.ts";
import { isObject } from "./seal.ts";
import type { SealParts } from "./seal.ts";

/**
 * A seal as the profile `record_integrity` of OCSF 1.9.0-dev says it (ocsf/ocsf-schema a5cfc68e, `objects/attestation.json`).
 * What is hashed is not the JSON Canonicalization Scheme but the line's own bytes with the chain's facts: serialization Other (99).
 * The schema has no attribute for a signature's own value, so it stands in the signature's `digest`, as Ed25519 in base64.
 */
const SERIALIZATION = "telltale-line";
const GENESIS = "0".repeat(64);

/** `[{"uid":"<chain>-<seq>",…}]`. The previous event is named by the uid of its attestation; the first of a chain has none. */
export function attestation({ chain, seq, prev, hash, signature, key }: Seal): string {
  const previous =
    prev === GENESIS
      ? undefined
      : { uid: `${chain}-${seq - 1}`, fingerprint: { algorithm_id: 3, algorithm: "SHA-256", encoding_id: 1, value: prev } };
  const signatures = signature === undefined && key === undefined ? undefined : [signatureObject(signature, key)];
  return jsonText([
    {
      uid: `${chain}-${seq}`,
      chain_uid: chain,
      prev_event: previous,
      fingerprint: {
        algorithm_id: 3,
        algorithm: "SHA-256",
        encoding_id: 1,
        serialization_id: 99,
        serialization: SERIALIZATION,
        value: hash,
      },
      signatures,
    },
  ]);
}

function signatureObject(signature: string | undefined, key: string | undefined) {
  return {
    algorithm_id: 99,
    algorithm: "Ed25519",
    developer_uid: key,
    serialization_id: 99,
    serialization: SERIALIZATION,
    digest: signature === undefined ? undefined : { algorithm_id: 99, algorithm: "Ed25519", encoding_id: 2, value: signature },
  };
}

/** Reads what {@link attestation} wrote. */
export function attestationParts(value: unknown): SealParts {
  const one = Array.isArray(value) ? (value[0] as unknown) : undefined;
  const chain = inside(one, "chain_uid");
  const signature = (inside(one, "signatures") as unknown[] | undefined)?.[0];
  const prev = inside(one, "prev_event") === undefined ? GENESIS : inside(one, "prev_event", "fingerprint", "value");
  const uid = inside(one, "uid");
  return {
    chain,
    seq:
      typeof uid === "string" && typeof chain === "string" && uid.startsWith(`${chain}-`) ? Number(uid.slice(chain.length + 1)) : undefined,
    prev,
    hash: inside(one, "fingerprint", "value"),
    signature: inside(signature, "digest", "value"),
    key: inside(signature, "developer_uid"),
  };
}

function inside(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}
