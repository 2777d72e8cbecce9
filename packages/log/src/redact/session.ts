import { createHmac, randomBytes } from "node:crypto";

/**
 * Identifiers of sessions are written as a keyed hash: events of one session belong together, and nobody can ride the session.
 * @param key without one, a random key for each process: hashes of different processes do not match.
 * @returns 32 hex digits: the first 128 bits of HMAC-SHA-256.
 */
export function createSessionHasher(key?: string | Uint8Array): (id: string) => string {
  const secret = key === undefined ? randomBytes(32) : typeof key === "string" ? Buffer.from(key, "utf8") : Buffer.from(key);
  return (id) => createHmac("sha256", secret).update(id).digest("hex").slice(0, 32);
}

/** Whether a text is what {@link createSessionHasher} gives. */
export function isSessionHash(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
