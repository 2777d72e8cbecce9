import type { Actor, Json, RequestFacts, SafeError, SafeRecord, SecurityRecord, Source, Target } from "../record.ts";
import { inTexts, withoutEchoesInText } from "./echoes.ts";
import { redacted, redactionFailed } from "./text/spans.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { isSessionHash } from "./session.ts";
import { wellFormed } from "./text/well-formed.ts";
import type { createWalk } from "./walk.ts";

export interface RecordParts {
  readonly walker: ReturnType<typeof createWalk>;
  readonly scan: (text: string, encodings: number, limit: number) => string;
  /** Before each record: the bound on what is read. */
  readonly refill: () => void;
  readonly pseudonyms: Pseudonyms | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const longestField = 2048;
const longestMessage = 8192;
/** User agents and routes come again and again. Only texts in which nothing was found are kept. */
const rememberedTexts = 512;
const longestRemembered = 512;

/** Details that name a user, whatever the event. */
const actorDetails: ReadonlySet<string> = new Set(["userid", "onuserid", "newuserid", "userid_or_ip", "username", "user"]);

/** @returns `Redactor.record`: known fields cheaply, what came from the caller by the walk. */
export function createRecordRedaction({ walker, scan, refill, pseudonyms }: RecordParts): (record: SecurityRecord) => SafeRecord {
  const field = (given: unknown): string => {
    if (typeof given === "string") return isUuid(given) ? given : scan(given, 0, longestField);
    const json = walker.value(given, "", walker.begin());
    return typeof json === "string" ? json : JSON.stringify(json);
  };

  let harmless = new Set<string>();
  const repeated = (given: string): string => {
    if (harmless.has(given)) return given;
    const clean = field(given);
    if (clean === given && given.length <= longestRemembered) {
      if (harmless.size >= rememberedTexts) harmless = new Set();
      harmless.add(given);
    }
    return clean;
  };

  const named = (who: "actor" | "target", given: unknown): string => (pseudonyms?.has(who) ? pseudonyms.of(String(given)) : field(given));

  const actorOf = (given: Actor): Actor => {
    const out: Partial<Writable<Actor>> = { id: named("actor", given.id) };
    if (given.type !== undefined) out.type = field(given.type);
    if (given.name !== undefined) out.name = named("actor", given.name);
    if (given.email !== undefined)
      out.email = pseudonyms?.has("actor") || pseudonyms?.has("email") ? pseudonyms.of(String(given.email)) : field(given.email);
    if (given.effective !== undefined && given.effective !== null) {
      const { id, type, name } = given.effective;
      out.effective = {
        id: named("actor", id),
        ...(type === undefined ? {} : { type: field(type) }),
        ...(name === undefined ? {} : { name: named("actor", name) }),
      };
    }
    return out as Actor;
  };

  const targetOf = (given: Target): Target => {
    const out: Writable<Target> = {};
    if (given.type !== undefined) out.type = field(given.type);
    if (given.id !== undefined) out.id = named("target", given.id);
    if (given.name !== undefined) out.name = named("target", given.name);
    return out;
  };

  const address = (given: unknown): string => {
    if (pseudonyms?.has("ip")) return pseudonyms.of(String(given));
    return typeof given === "string" && isAddressText(given) ? given : field(given);
  };

  const sourceOf = (given: Source): Source => {
    const out: Writable<Source> = { ip: address(given.ip) };
    if (given.peer !== undefined) out.peer = address(given.peer);
    if (given.via !== undefined) out.via = given.via;
    return out;
  };

  const requestOf = (given: RequestFacts): RequestFacts => {
    const out: Writable<RequestFacts> = { id: field(given.id) };
    if (given.method !== undefined) out.method = repeated(given.method);
    if (given.route !== undefined) out.route = repeated(given.route);
    if (given.trace_id !== undefined) out.trace_id = isHex(given.trace_id) ? given.trace_id : field(given.trace_id);
    if (given.span_id !== undefined) out.span_id = isHex(given.span_id) ? given.span_id : field(given.span_id);
    return out;
  };

  const errorOf = (given: unknown, found: string[]): SafeError => {
    const walk = walker.begin();
    const json = walker.value(given, "error", walk);
    found.push(...walk.found);
    if (typeof json === "object" && json !== null && !Array.isArray(json) && "message" in json && "type" in json) return json as SafeError;
    return { type: given === null ? "null" : typeof given, message: typeof json === "string" ? json : JSON.stringify(json) };
  };

  /** Everything that came from the caller. @returns the message, which stands last. */
  const payload = (record: SecurityRecord, out: Partial<Writable<SafeRecord>>): string => {
    const found: string[] = [];
    if (record.reason !== undefined) out.reason = field(record.reason);
    if (isThere(record.actor)) out.actor = actorOf(record.actor);
    if (isThere(record.target)) out.target = targetOf(record.target);
    if (isThere(record.source)) out.source = sourceOf(record.source);
    if (record.user_agent !== undefined)
      out.user_agent = pseudonyms?.has("user_agent") ? pseudonyms.of(record.user_agent) : repeated(record.user_agent);
    if (isThere(record.request)) out.request = requestOf(record.request);
    if (record.tenant !== undefined) out.tenant = pseudonyms?.has("tenant") ? pseudonyms.of(record.tenant) : field(record.tenant);
    if (record.session !== undefined) out.session = isSessionHash(record.session) ? record.session : redacted;
    if (isThere(record.details)) out.details = membersOf(record.details, found, out.session);
    if (record.error !== undefined) out.error = errorOf(record.error, found);
    if (isThere(record.extra)) out.extra = membersOf(record.extra, found, undefined);
    // The usual message is the event's name, which stands in the record as it is.
    const msg =
      record.msg === record.event
        ? record.msg
        : typeof record.msg === "string"
          ? scan(record.msg, 0, longestMessage)
          : field(record.msg ?? "");
    const own = pseudonyms?.has("actor") ? hideActor(record, out, pseudonyms) : undefined;
    if (found.length === 0 && own === undefined) return msg;
    return elsewhere(out, msg, (text) => withoutEchoesInText(own ? own(text) : text, found));
  };

  const membersOf = (
    given: { readonly [name: string]: unknown },
    found: string[],
    session: string | undefined,
  ): { [name: string]: Json } => {
    const walk = walker.begin(0, session);
    const json = walker.value(given, "", walk);
    found.push(...walk.found);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as { [name: string]: Json }) : { value: json };
  };

  /** After a failure: what can be redacted by itself is kept. */
  const withoutPayload = (record: SecurityRecord, out: Partial<Writable<SafeRecord>>): void => {
    const attempt = (act: () => void): void => {
      try {
        act();
      } catch {
        // Dropped: `msg` says so.
      }
    };
    for (const name of ["reason", "target", "user_agent", "tenant", "session", "details", "error", "extra"] as const) delete out[name];
    attempt(() => isThere(record.actor) && (out.actor = actorOf(record.actor)));
    attempt(() => isThere(record.source) && (out.source = sourceOf(record.source)));
    attempt(() => isThere(record.request) && (out.request = requestOf(record.request)));
  };

  return (record) => {
    refill();
    const out: Partial<Writable<SafeRecord>> = {
      time: record.time,
      level: record.level,
      event: record.event,
      category: record.category,
      outcome: record.outcome,
    };
    let msg = redactionFailed;
    try {
      msg = payload(record, out);
    } catch {
      refill();
      withoutPayload(record, out);
    }
    out.service = record.service;
    if (record.service_version !== undefined) out.service_version = record.service_version;
    if (record.environment !== undefined) out.environment = record.environment;
    out.hostname = record.hostname;
    out.pid = record.pid;
    out.writer = record.writer;
    out.seq = record.seq;
    out.msg = msg;
    return out as SafeRecord;
  };
}

const isThere = <T>(given: T | null | undefined): given is T => given !== undefined && given !== null;

/** IPv6 with IPv4 at its end, the longest text of an address without a scope. */
const longestAddress = 45;

/** Hexadecimal digits, points and colons: no secret has so little in it. */
function isAddressText(text: string): boolean {
  if (text.length > longestAddress) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isHexCode(code) && code !== 46 && code !== 58) return false;
  }
  return true;
}

/** The texts that a caller wrote freely, changed once more. Codes and names of the event stay: nobody may blank them by choosing them as a password. */
function elsewhere(out: Partial<Writable<SafeRecord>>, msg: string, change: (text: string) => string): string {
  if (out.error) out.error = inTexts(out.error as Json, change) as SafeError;
  if (out.extra) out.extra = inTexts(out.extra, change) as { [name: string]: Json };
  return change(msg);
}

/** The actor's identifiers in the details that name users, and a function that takes them out of free text. */
function hideActor(record: SecurityRecord, out: Partial<Writable<SafeRecord>>, pseudonyms: Pseudonyms): (text: string) => string {
  if (out.details && record.details) {
    const details: { [name: string]: Json } = { ...out.details };
    for (const name of Object.keys(details))
      if (actorDetails.has(name) && (typeof record.details[name] === "string" || typeof record.details[name] === "number"))
        details[name] = pseudonyms.of(String(record.details[name]));
    out.details = details;
  }
  const { actor } = record;
  const own = [actor?.id, actor?.email, actor?.name, actor?.effective?.id, actor?.effective?.name];
  const identifiers = own.filter((id): id is string => typeof id === "string" && id.length >= shortestIdentifier);
  const hide = (text: string): string => identifiers.reduce((changed, id) => withoutIdentifier(changed, id, pseudonyms.of(id)), text);
  if (out.details) out.details = inTexts(out.details, hide) as { [name: string]: Json };
  return hide;
}

/** Shorter ones would hit words. */
const shortestIdentifier = 3;
const wordCharacter = /[\p{L}\p{N}_]/u;

/** The identifier where it stands as a word, plain or percent-encoded; e-mail addresses in any case. */
function withoutIdentifier(text: string, id: string, pseudonym: string): string {
  const folded = id.includes("@");
  let out = text;
  for (const form of new Set([id, encodeURIComponent(wellFormed(id))])) {
    const within = folded ? out.toLowerCase() : out;
    const sought = folded ? form.toLowerCase() : form;
    if (within.length !== out.length || !within.includes(sought)) continue;
    let rest = "";
    let from = 0;
    for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + sought.length)) {
      if (wordCharacter.test(out[at - 1] ?? "") || wordCharacter.test(out[at + sought.length] ?? "")) continue;
      rest += out.slice(from, at) + pseudonym;
      from = at + sought.length;
    }
    out = rest + out.slice(from);
  }
  return out;
}

/** Identifiers of requests are UUIDs more often than not; they need no search. */
function isUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let at = 0; at < 36; at++) {
    const code = text.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23 ? code !== 45 : !isHexCode(code)) return false;
  }
  return true;
}

function isHex(text: string): boolean {
  if (typeof text !== "string" || text.length > 32) return false;
  for (let at = 0; at < text.length; at++) if (!isHexCode(text.charCodeAt(at))) return false;
  return true;
}

const isHexCode = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
