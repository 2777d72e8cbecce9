import type { Format, Seal } from "../contract.ts";
import { jsonText } from "./characters.ts";

const chain = /^[0-9a-f]{16}$/;
const hash = /^[0-9a-f]{64}$/;
/** Printable US-ASCII: no format has to change it. */
const keyId = /^[\x20-\x7e]+$/;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** What may be a seal: one value a name, as found in a line. */
export type SealParts = { readonly [K in keyof Seal]?: unknown };

/** The seal, where every part is there and well formed. */
export function sealFrom(parts: SealParts): Seal | undefined {
  const { chain: id, seq, prev, hash: own, signature, key } = parts;
  if (!matches(chain, id) || !Number.isSafeInteger(seq) || !matches(hash, prev) || !matches(hash, own)) return undefined;
  if (signature !== undefined && !matches(base64, signature)) return undefined;
  if (key !== undefined && !matches(keyId, key)) return undefined;
  return {
    chain: id,
    seq: seq as number,
    prev,
    hash: own,
    ...(signature === undefined ? {} : { signature }),
    ...(key === undefined ? {} : { key }),
  };
}

function matches(pattern: RegExp, value: unknown): value is string {
  return typeof value === "string" && pattern.test(value);
}

/** A number as `seal` writes it, and nothing else: `1`, not `01` or `1e0`. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9][0-9]{0,15}$/.test(text) ? Number(text) : undefined;
}

type Sealing = Pick<Format, "seal" | "unseal">;

/**
 * The rule of all formats: a line is sealed if a seal is found where `seal` writes it, and writing it again gives the same bytes.
 * So whatever a line holds that merely looks like a seal is no seal.
 */
export function exactly(seal: Format["seal"], find: Format["unseal"]): Sealing {
  return {
    seal,
    unseal: (line) => {
      const found = find(line);
      return found && seal(found.line, found.seal) === line ? found : undefined;
    },
  };
}

/**
 * Sealing of a JSON line: the seal is one more property, written last into the object that `closing` (`}` or `}}`) closes.
 * The line's own last property must be a string there, so that no unsealed line ends like a sealed one; and since a quote inside a
 * JSON string is always escaped, no content can write the property's name with its quotes.
 */
export function jsonSealing(name: string, closing: string, write: (seal: Seal) => string, read: (value: unknown) => SealParts): Sealing {
  const opening = `,"${name}":`;
  return exactly(
    (line, seal) => `${line.slice(0, -closing.length)}${opening}${write(seal)}${closing}`,
    (line) => {
      const at = line.lastIndexOf(opening);
      if (at === -1 || !line.endsWith(closing)) return undefined;
      const seal = sealFrom(read(parsed(line.slice(at + opening.length, -closing.length))));
      return seal && { line: line.slice(0, at) + closing, seal };
    },
  );
}

/** `{"chain":…,"seq":…,"prev":…,"hash":…}` */
export function plainSeal({ chain: id, seq, prev, hash: own, signature, key }: Seal): string {
  const signed = signature === undefined ? "" : `,"signature":${jsonText(signature)}`;
  const named = key === undefined ? "" : `,"key":${jsonText(key)}`;
  return `{"chain":"${id}","seq":${seq},"prev":"${prev}","hash":"${own}"${signed}${named}}`;
}

/** Reads what {@link plainSeal} wrote. */
export function plainParts(value: unknown): SealParts {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
