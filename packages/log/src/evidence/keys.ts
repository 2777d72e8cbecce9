import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject, sign, verify } from "node:crypto";
import { SetupError } from "../errors.ts";

/** A PEM text or a key of node:crypto. */
export type KeyInput = string | Buffer | KeyObject;

export interface SigningKey {
  readonly id: string;
  /** Ed25519 over the 64 hex digits of a hash, as ASCII; base64. */
  readonly sign: (hash: string) => string;
}

export interface VerifyingKey {
  readonly id: string;
  readonly verify: (hash: string, signature: string) => boolean;
}

/** Name of a key: the first 16 hex digits of SHA-256 over its public half (DER, SubjectPublicKeyInfo). */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 16);
}

/** Throws a SetupError for anything but an Ed25519 private key. */
export function signingKey(given: KeyInput, field: string, id?: string): SigningKey {
  const key = parsed(given, createPrivateKey, "private", field);
  return {
    id: id ?? keyIdOf(createPublicKey(key)),
    sign: (hash) => sign(null, Buffer.from(hash, "ascii"), key).toString("base64"),
  };
}

/** Throws a SetupError for anything but an Ed25519 key; of a private key, takes the public half. */
export function verifyingKey(given: KeyInput, field: string): VerifyingKey {
  const key = parsed(given, createPublicKey, "public", field);
  return {
    id: keyIdOf(key),
    verify: (hash, signature) => verify(null, Buffer.from(hash, "ascii"), key, Buffer.from(signature, "base64")),
  };
}

function parsed(given: KeyInput, parse: (given: string | Buffer) => KeyObject, type: "private" | "public", field: string): KeyObject {
  try {
    const key = given instanceof KeyObject ? given : parse(given);
    if (key.asymmetricKeyType === "ed25519" && key.type === type) return key;
    throw new Error(`it is ${key.asymmetricKeyType ?? "secret"}, ${key.type}`);
  } catch (error) {
    // Messages of OpenSSL name formats, never a part of the key.
    const cause = error instanceof Error ? error.message : "not a key";
    throw new SetupError("BAD_OPTION", { field, problem: `is not an Ed25519 ${type} key in PEM (${cause})` });
  }
}

/** A new pair in PEM, for `telltale verify --new-key`. */
export function newKeyPair(): { readonly id: string; readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    id: keyIdOf(publicKey),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}
