import { hash } from "node:crypto";
import type { Format, Seal } from "../contract.ts";

/** `prev` of the first line of a chain. */
export const beforeTheFirst = "0".repeat(64);

/** Where a line stands in its chain: a seal without what is computed. */
export type Place = Pick<Seal, "chain" | "seq" | "prev" | "key">;

/**
 * SHA-256, as 64 hex digits, over six parts that newlines part: a name and version, chain, seq, prev, the id of the key (empty where
 * the line is no checkpoint) and the line. No part before the line can hold a newline, and a line has none, so no two places and
 * lines give the same bytes. The key's id is in it, so that a signature cannot be taken off a checkpoint without a trace.
 */
export function sealHash(place: Place, line: string): string {
  return hash("sha256", `telltale-seal-v1\n${place.chain}\n${place.seq}\n${place.prev}\n${place.key ?? ""}\n${line}`);
}

/** Ed25519 signatures have 64 bytes. */
const signatureForm = /^[A-Za-z0-9+/]{86}==$/;
export const keyForm = /^[A-Za-z0-9._:-]{1,64}$/;

/**
 * Whether each part has the length or form without which two seals could give the same bytes to hash. What the digits are, the hash
 * tells. A seal that was read may hold anything.
 */
function wellFormed({ chain, seq, prev, signature, key }: Seal): boolean {
  if (chain.length !== 16 || prev.length !== 64 || !Number.isSafeInteger(seq) || seq < 1) return false;
  return signature === undefined ? key === undefined : isSignature(signature) && keyForm.test(key ?? "");
}

/** One text for one signature: base64 has bits to spare at its end. */
function isSignature(text: string): boolean {
  return signatureForm.test(text) && Buffer.from(text, "base64").toString("base64") === text;
}

/** A line that carries a seal, and whether the two belong together. */
export interface Sealed {
  readonly format: Format;
  readonly line: string;
  readonly seal: Seal;
  /** Why the line is not the one that was sealed; undefined where it is. */
  readonly fault?: string;
}

/** Reads a seal with the first format that finds one. Formats find a seal only where writing it again gives the same bytes. */
export function readSealed(text: string, formats: readonly Format[]): Sealed | undefined {
  for (const format of formats) {
    const found = format.unseal(text);
    if (found) return { format, ...found, fault: faultOf(found.line, found.seal) };
  }
  return undefined;
}

function faultOf(line: string, seal: Seal): string | undefined {
  if (!wellFormed(seal)) return "its seal is malformed";
  return sealHash(seal, line) === seal.hash ? undefined : "its content does not give the hash in its seal";
}
