import { secretPatterns } from "@telltale/vocabulary";
import type { Span } from "./spans.ts";
import { redacted, redactedAs } from "./spans.ts";

const compiled = new RegExp(secretPatterns.map(({ pattern }) => `(${pattern.source})`).join("|"), "g");

/** Tokens, keys and hashes that their frame gives away: all patterns in one alternation. */
export function patternSpans(text: string, spans: Span[]): void {
  compiled.lastIndex = 0;
  for (let match = compiled.exec(text); match; match = compiled.exec(text)) {
    const index = match.findIndex((group, at) => at > 0 && group !== undefined);
    spans.push({ start: match.index, end: compiled.lastIndex, text: redactedAs(secretPatterns[index - 1]!.name) });
  }
}

/** How the base64 of a JOSE header begins: `{"`, `{ "`, and a brace before a line's end. */
const joseHeader = /ey[JA]|ew[0o]/g;
const runEnd = /[^A-Za-z0-9_-]|$/g;
const shortestPart = 8;

/**
 * JWTs and JWEs, whole or without their last parts, wherever they begin: `tokeneyJ…`. Source: RFC 7515 and 7516, compact serialization.
 * By hand, since an expression would read a run without a point again from each of its `ey`.
 */
export function jwtSpans(text: string, spans: Span[]): void {
  joseHeader.lastIndex = 0;
  for (let match = joseHeader.exec(text); match; match = joseHeader.exec(text)) {
    let end = endOfRun(text, match.index);
    const headerEnd = end;
    while (text[end] === ".") end = endOfRun(text, end + 1);
    if (headerEnd - match.index >= 10 && end - headerEnd > shortestPart) spans.push({ start: match.index, end, text: redactedAs("jwt") });
    joseHeader.lastIndex = end;
  }
}

function endOfRun(text: string, from: number): number {
  runEnd.lastIndex = from;
  return runEnd.exec(text)!.index;
}

/** Schemes of databases and brokers: a password in their URLs is often not encoded, so it may hold `/`, `?`, `#` and `@`. */
const storeScheme =
  /(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb(?:\+srv)?|rediss?|valkey|amqps?|sqlserver|mssql|oracle|db2|cockroachdb|clickhouse|couchdbs?|neo4j|bolt|ldaps?|smtps?|imaps?|ftps?|sftp|nats|kafka|mqtts?|cassandra|snowflake)(?:\+\w{1,12})?$/i;
const webScheme = /(?:https?|wss?)$/i;

/** User information of URLs. Of web addresses also without a password: a token may stand there as the user's name. */
export function userinfoSpans(text: string, spans: Span[]): void {
  for (let mark = text.indexOf("://"); mark >= 0;) {
    const start = mark + 3;
    const scheme = text.slice(Math.max(0, mark - 24), mark);
    const { end, read } = userinfo(text, start, storeScheme.test(scheme));
    if (end > start && (webScheme.test(scheme) || text.slice(start, end).includes(":"))) spans.push({ start, end, text: redacted });
    // Where no `@` was found, none is before the end of what was read: no need to read it again for the next mark.
    mark = text.indexOf("://", end > start ? end : read);
  }
}

const endsAuthority = /[\s"'<>`/?#\\]/g;
const endsStoreUrl = /[\s"<>`]/g;

/** Index of the last `@` of the authority, or `start` where there is none; and of the end of what was read. */
function userinfo(text: string, start: number, store: boolean): { readonly end: number; readonly read: number } {
  endsAuthority.lastIndex = start;
  const authority = endsAuthority.exec(text)?.index ?? text.length;
  let read = authority;
  if (store && text.slice(start, authority).includes(":")) {
    endsStoreUrl.lastIndex = authority;
    read = endsStoreUrl.exec(text)?.index ?? text.length;
  }
  return { end: Math.max(start, text.slice(start, read).lastIndexOf("@") + start), read };
}
