import { types } from "node:util";

/**
 * Objects whose contents are never written: bytes, streams, sockets, keys. Undefined: look into it.
 * Called for objects that are neither plain nor arrays.
 */
export function opaqueNote(value: object): string | undefined {
  if (Buffer.isBuffer(value)) return `[Buffer ${value.length} bytes]`;
  if (ArrayBuffer.isView(value)) return `[${tagOf(value)} ${value.byteLength} bytes]`;
  if (types.isAnyArrayBuffer(value)) return `[${tagOf(value)} ${value.byteLength} bytes]`;
  if (types.isPromise(value)) return "[Promise]";
  if (types.isWeakMap(value) || types.isWeakSet(value) || types.isGeneratorObject(value) || types.isExternal(value))
    return `[${tagOf(value)}]`;
  if (types.isKeyObject(value) || types.isCryptoKey(value)) return "[Key]";
  const members = value as { readonly [name: string]: unknown };
  if (typeof members["arrayBuffer"] === "function" && typeof members["size"] === "number")
    return `[${tagOf(value)} ${members["size"]} bytes]`;
  return isStream(members) ? "[Stream]" : undefined;
}

/** Streams of Node.js and of the web, sockets, requests and responses: they hold buffers and headers in many private places. */
function isStream(members: { readonly [name: string]: unknown }): boolean {
  if (typeof members["pipe"] === "function" && typeof members["on"] === "function") return true;
  if (typeof members["write"] === "function" && typeof members["end"] === "function") return true;
  return typeof members["getReader"] === "function" || typeof members["getWriter"] === "function";
}

function tagOf(value: object): string {
  return Object.prototype.toString
    .call(value)
    .slice(8, -1)
    .replace(/[^A-Za-z]/g, "")
    .slice(0, 40);
}

/** Pairs of Headers, URLSearchParams and FormData. */
export interface PairSource {
  readonly entries: () => Iterable<readonly [string, unknown]>;
}

export function isPairSource(value: object): value is PairSource {
  const tag = Object.prototype.toString.call(value);
  return (
    (tag === "[object Headers]" || tag === "[object URLSearchParams]" || tag === "[object FormData]") &&
    typeof (value as Partial<PairSource>).entries === "function"
  );
}
