import type { Format, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { FieldValue } from "../event.ts";
import { addressIn } from "./application.ts";
import { outcomeOf } from "./event-names.ts";
import type { EventNames } from "./event-names.ts";
import { LONGEST_LINE } from "./json-line.ts";
import { finished, isFields, objectOf, other, unreadable } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";
import { milliseconds } from "./time.ts";

/** A head of syslog before the message is no longer. */
const LONGEST_HEAD = 300;
const broken = unreadable("its CEF head has fewer than seven parts");
const tooLong = unreadable("it is longer than 1 MB");

/**
 * ArcSight Common Event Format, alone or behind a head of syslog. Source of keys: Implementing ArcSight Common Event Format, version
 * 25, ArcSight Extension Dictionary; `TelltaleLog…` are ours. Custom strings are read by their labels.
 */
export function createCef({ names }: ReadingFacts): Format {
  return {
    id: "cef",
    description: "ArcSight Common Event Format",
    claims: (line) => startOf(line) !== -1,
    read: (line, facts) => {
      if (line.length > LONGEST_LINE) return tooLong;
      const start = startOf(line);
      const parts = start === -1 ? undefined : headOf(line, start);
      return parts === undefined ? broken : read(parts, extensionOf(line.slice(parts.end)), facts, names);
    },
  };
}

function startOf(line: string): number {
  const at = line.slice(0, LONGEST_HEAD).search(/(?:^|\s)CEF:[01]\|/);
  return at === -1 ? -1 : line.indexOf("CEF:", at);
}

interface Head {
  /** Version, vendor, product, product version, id, name, severity. */
  readonly parts: readonly string[];
  /** Where the extension begins. */
  readonly end: number;
}

function headOf(line: string, start: number): Head | undefined {
  const parts: string[] = [];
  let from = start;
  for (let at = start; at < line.length && parts.length < 7; at++) {
    const code = line.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 124) {
      parts.push(line.slice(from, at).replace(/\\([\\|])/g, "$1"));
      from = at + 1;
    }
  }
  // The last bar may be missing where there is no extension.
  if (parts.length === 6 && from < line.length) return { parts: [...parts, line.slice(from)], end: line.length };
  return parts.length === 7 ? { parts, end: from } : undefined;
}

/** `key=value key=value`; a value runs to the last blank before the next key. `=` inside values is escaped. */
function extensionOf(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const keys = /(?:^|\s)([A-Za-z0-9_.-]{1,100})=/g;
  let key: string | undefined;
  let from = 0;
  for (let found = keys.exec(text); found; found = keys.exec(text)) {
    if (key !== undefined) pairs.set(key, unescaped(text.slice(from, found.index)));
    key = found[1];
    from = keys.lastIndex;
  }
  if (key !== undefined) pairs.set(key, unescaped(text.slice(from)));
  return pairs;
}

function unescaped(text: string): string {
  return text.includes("\\") ? text.replace(/\\([\\=nr|])/g, (_, one: string) => (one === "n" ? "\n" : one === "r" ? "\r" : one)) : text;
}

/** What stands under `cs1` … `cs6`, `cn1` … by the label beside it. */
function labelled(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [key, label] of pairs) {
    if (!key.endsWith("Label")) continue;
    const value = pairs.get(key.slice(0, -5));
    if (value !== undefined) values.set(label, value);
  }
  return values;
}

const externalId = /^([0-9a-f]{16})-(\d{1,16})$/;

function read({ parts }: Head, pairs: ReadonlyMap<string, string>, facts: LineFacts, names: EventNames): ReadEvent | NoEvent {
  const [, vendor = "", product, version, id = "", name = ""] = parts;
  const labels = labelled(pairs);
  const own = externalId.exec(pairs.get("externalId") ?? "");
  const written = [id, name, pairs.get("act"), pairs.get("deviceEventClassId"), pairs.get("cat")].find(
    (one) => one !== undefined && one !== "" && names.resolve(one) !== undefined,
  );
  if (written === undefined && own === null) return other;
  const get = (key: string) => pairs.get(key);
  const suser = get("suser");
  // Products other than ours write who logs in as the destination's user as often as the source's.
  const actorId = get("suid") ?? suser ?? (own ? undefined : (get("duid") ?? get("duser")));
  const ip = get("src") ?? get("c6a2") ?? labels.get("Source IPv6 Address") ?? get("sourceAddress");
  const fields: OpenFields = {
    category: own ? get("cat") : undefined,
    reason: get("reason"),
    actor:
      actorId === undefined
        ? undefined
        : objectOf({
            id: actorId,
            type: get("spriv"),
            name: suser === actorId ? undefined : suser,
            email: get("TelltaleLogActorEmail"),
            effective: objectOf({
              id: get("TelltaleLogEffectiveId"),
              type: get("TelltaleLogEffectiveType"),
              name: get("TelltaleLogEffectiveName"),
            }),
          }),
    target: objectOf({
      type: labels.get("targetType"),
      id: labels.get("targetId") ?? (suser === undefined ? undefined : (get("duid") ?? get("duser"))),
      name: get("TelltaleLogTargetName"),
    }),
    source: objectOf({ ip: addressIn(ip) ?? ip ?? get("shost"), peer: get("TelltaleLogPeer"), via: get("TelltaleLogSourceVia") }),
    user_agent: get("requestClientApplication"),
    request: objectOf({
      id: labels.get("requestId"),
      method: get("requestMethod"),
      route: get("TelltaleLogRoute") ?? get("request"),
      trace_id: get("TelltaleLogTraceId"),
      span_id: get("TelltaleLogSpanId"),
    }),
    tenant: labels.get("tenant"),
    session: labels.get("session"),
    details: parsed(labels.get("details")),
    error: parsed(get("TelltaleLogError")),
    extra: parsed(get("TelltaleLogExtra")),
    service: get("deviceProcessName") ?? product,
    service_version: version,
    environment: get("TelltaleLogEnvironment"),
    hostname: get("dvchost") ?? get("dvc"),
    writer: own?.[1],
    seq: own ? Number(own[2]) : undefined,
    msg: get("msg") ?? name,
    vendor: own ? undefined : vendor,
  };
  const time = get("rt") ?? get("end") ?? get("start") ?? get("deviceReceiptTime");
  const outcome = outcomeOf(get("outcome") ?? get("categoryOutcome")?.replace(/^\//, ""));
  const called = written ?? id;
  return finished(fields, called, outcome, time, facts, names, names.resolve(called), milliseconds(time));
}

/** Our nested values are JSON in one text; what was cut at its length stays text. */
function parsed(text: string | undefined): FieldValue {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : text;
  } catch {
    return text;
  }
}
