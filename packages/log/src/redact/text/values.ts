import { secretPatterns } from "@telltale/vocabulary";
import type { Span } from "./spans.ts";
import { redactedAs } from "./spans.ts";

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
const storeScheme = /(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb(?:\+srv)?|rediss?|valkey|amqps?|sqlserver|mssql|oracle|db2|cockroachdb|clickhouse|couchdbs?|neo4j|bolt|ldaps?|smtps?|imaps?|ftps?|sftp|nats|kafka|mqtts?|cassandra|snowflake)(?:\+\w{1,12})?$/i;
const webScheme = /(?:https?|wss?)$/i;

/** User information of URLs. Of web addresses also without a password: a token may stand there as the user's name. */
export function userinfoSpans(text: string, spans: Span[]): void {
  for (let mark = text.indexOf("://"); mark >= 0; ) {
    const start = mark + 3;
    const scheme = text.slice(Math.max(0, mark - 24), mark);
    const end = userinfoEnd(text, start, storeScheme.test(scheme));
    if (end > start && (webScheme.test(scheme) || text.slice(start, end).includes(":"))) spans.push({ start, end, text: "[redacted]" });
    mark = text.indexOf("://", Math.max(end, start));
  }
}

const endsAuthority = /[\s"'<>`/?#\\]/;
const endsStoreUrl = /[\s"<>`]/;

/** Index of the last `@` of the authority, or `start` where there is none. */
function userinfoEnd(text: string, start: number, store: boolean): number {
  let end = start;
  let colon = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i]!;
    if (character === "@") end = i;
    else if (character === ":") colon = true;
    else if ((store && colon ? endsStoreUrl : endsAuthority).test(character)) break;
  }
  return end;
}
