import { METHODS } from "node:http";

const VERBS = new Set(METHODS);

/** A verb that HTTP knows, in upper case; anything else is an invention of the client. */
export function methodOf(method: string | undefined): string | undefined {
  if (method === undefined) return undefined;
  if (VERBS.has(method)) return method;
  const upper = String(method).toUpperCase();
  return VERBS.has(upper) ? upper : undefined;
}

/** Longest user agent that is kept, in UTF-16 code units. Real ones have 60 to 250. */
const USER_AGENT_LENGTH = 512;
const PRINTABLE = /^[\x20-\x7e]*$/;
/** Controls, format characters (which may turn the line around), halves of surrogate pairs, line ends of Unicode. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu;

/** The user agent, bounded and without characters that drive a terminal or end a line; `undefined` where nothing is left. */
export function userAgentOf(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const bounded = value.length > USER_AGENT_LENGTH ? value.slice(0, USER_AGENT_LENGTH) : value;
  return (PRINTABLE.test(bounded) ? bounded : bounded.replace(UNPRINTABLE, " ")).trim() || undefined;
}
