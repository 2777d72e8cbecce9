import type { Names } from "@telltale/vocabulary";

/** Arrays in which one element is the name of the next. */

const option = /^--?([A-Za-z][\w-]*)$/;
const sign = /([\w.$-]{1,64})["'`]?\s{0,2}(?:=|:|=>)\s{0,2}["'`]?$/;
const scheme = /(?:^|[^A-Za-z0-9])(?:bearer|basic|token|negotiate|dpop)\s{1,2}$/i;

/**
 * Whether a text announces that what follows it is a secret: `password=`, `Authorization: `, `Bearer `, `--password`.
 * So come the parts of a template and the arguments of a command.
 */
export function announcesSecret(text: string, names: Names): boolean {
  const last = text.charCodeAt(text.length - 1);
  // `=`, `:`, `>`, a quote or a blank ends the announcement.
  if (last === 61 || last === 58 || last === 62 || last === 34 || last === 39 || last === 96 || last === 32) {
    const tail = text.slice(-80);
    const name = sign.exec(tail)?.[1];
    return (name !== undefined && names.verdict(name) !== undefined) || scheme.test(tail);
  }
  if (text.charCodeAt(0) !== 45 || text.length > 80) return false;
  const name = option.exec(text)?.[1];
  return name !== undefined && names.verdict(name) !== undefined;
}

const headerName = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
const wellKnown = new Set([
  ...["host", "accept", "user-agent", "content-type", "content-length", "connection", "accept-encoding", "accept-language", "origin"],
  ...["referer", "cookie", "set-cookie", "authorization", "x-forwarded-for", "date", "cache-control", "etag", "vary", "server"],
]);

/** `["Host", "x", "Authorization", "Bearer y"]`: names at even places, at least one of them a well-known header. */
export function isHeaderList(list: readonly unknown[]): boolean {
  if (list.length === 0 || list.length % 2 !== 0 || list.length > 2000) return false;
  let known = false;
  for (let at = 0; at < list.length; at += 2) {
    const name = list[at];
    if (typeof name !== "string" || !headerName.test(name)) return false;
    known ||= wellKnown.has(name.toLowerCase());
  }
  return known;
}
