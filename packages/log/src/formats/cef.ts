import type { Format, Seal } from "../contract.ts";
import type { SafeRecord } from "../record.ts";
import { cut, jsonText, textOf, visible } from "./characters.ts";
import { levels } from "./levels.ts";
import { exactly, sealFrom, wholeNumber } from "./seal.ts";
import { addressFamily, eventId, isAccount } from "./subjects.ts";
import { wholeMilliseconds } from "./timestamp.ts";

export interface CefOptions {
  /** Device Vendor. Default: `Telltale`. The product is the service. */
  readonly vendor?: string;
}

/**
 * ArcSight Common Event Format, `CEF:0`. Source of keys, types and lengths: Implementing ArcSight Common Event Format, version 25,
 * ArcSight Extension Dictionary. A value beyond its length is cut. Without a syslog header: that is for who sends it.
 */
export function createCef({ vendor = "Telltale" }: CefOptions = {}): Format {
  return {
    id: "cef",
    title: "ArcSight Common Event Format",
    docs: "https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/cef-implementation-standard/",
    line: (record) =>
      `CEF:0|${header(vendor, 63)}|${header(record.service, 63)}|${header(record.service_version ?? "unknown", 31)}` +
      `|${header(record.event, 1023)}|${header(nameOf(record), 512)}|${levels[record.level].cef}|${extension(record).slice(1)}`,
    ...sealing,
  };
}

/** The name says the same for every event of a kind; what differs is in the extension. */
function nameOf({ event }: SafeRecord): string {
  return String(event).replaceAll("_", " ");
}

/** Lengths in characters, by key. A key that is not here has the length of a custom string, 4000. */
const lengths: ReadonlyMap<string, number> = new Map(
  Object.entries({
    cat: 1023,
    outcome: 63,
    reason: 1023,
    suid: 1023,
    suser: 1023,
    spriv: 1023,
    duid: 1023,
    duser: 1023,
    shost: 1023,
    requestMethod: 1023,
    requestClientApplication: 1023,
    fname: 1023,
    dvchost: 100,
    deviceProcessName: 1023,
    externalId: 40,
    msg: 1023,
  }),
);
const CUSTOM_LENGTH = 4000;

/**
 * ` key=value …`. Custom strings 1 to 6 and custom number 1 first, with their labels; keys of our own, which ArcSight asks to name
 * by vendor and product, for what the dictionary has no place for.
 */
function extension(record: SafeRecord): string {
  const { actor, target, source, request } = record;
  const account = isAccount(target) ? target : undefined;
  const effective = actor?.effective;
  return (
    ` rt=${wholeMilliseconds(record.time)}` +
    pair("cat", record.category) +
    pair("outcome", record.outcome) +
    pair("reason", record.reason) +
    pair("suid", actor?.id) +
    pair("suser", actor?.name ?? actor?.email ?? actor?.id) +
    pair("spriv", actor?.type) +
    pair("duid", account?.id) +
    pair("duser", account?.name ?? account?.id) +
    sourceText(source?.ip) +
    pair("requestMethod", request?.method) +
    pair("requestClientApplication", record.user_agent) +
    pair("fname", record.details?.["filename"]) +
    pair("dvchost", record.hostname) +
    (Number.isSafeInteger(record.pid) ? ` dvcpid=${record.pid}` : "") +
    pair("deviceProcessName", record.service) +
    pair("externalId", eventId(record)) +
    (Number.isSafeInteger(record.seq) ? ` cn1Label=sequence cn1=${record.seq}` : "") +
    custom("cs1", "requestId", request?.id) +
    custom("cs2", "targetType", target?.type) +
    custom("cs3", "targetId", target?.id) +
    custom("cs4", "tenant", record.tenant) +
    custom("cs5", "session", record.session) +
    custom("cs6", "details", record.details && jsonText(record.details)) +
    pair("TelltaleLogActorEmail", actor?.name === undefined ? undefined : actor.email) +
    pair("TelltaleLogEffectiveId", effective?.id) +
    pair("TelltaleLogEffectiveName", effective?.name) +
    pair("TelltaleLogEffectiveType", effective?.type) +
    pair("TelltaleLogTargetName", target?.name) +
    pair("TelltaleLogPeer", source?.peer) +
    pair("TelltaleLogSourceVia", source?.via) +
    pair("TelltaleLogRoute", request?.route) +
    pair("TelltaleLogTraceId", request?.trace_id) +
    pair("TelltaleLogSpanId", request?.span_id) +
    pair("TelltaleLogEnvironment", record.environment) +
    pair("TelltaleLogError", record.error && jsonText(record.error)) +
    pair("TelltaleLogExtra", record.extra && jsonText(record.extra)) +
    pair("msg", record.msg)
  );
}

/** `src` is of the type IPv4 in CEF:0; a pseudonym is of neither type. */
function sourceText(ip: unknown): string {
  const family = addressFamily(ip);
  if (family === 4) return ` src=${ip as string}`;
  return family === 6 ? ` c6a2Label=Source IPv6 Address c6a2=${withoutZone(ip as string)}` : pair("shost", ip);
}

/** `fe80::1%eth0` names an interface of the one machine. */
function withoutZone(ip: string): string {
  return ip.includes("%") ? ip.slice(0, ip.indexOf("%")) : ip;
}

function custom(key: string, label: string, value: unknown): string {
  const written = pair(key, value);
  return written === "" ? "" : ` ${key}Label=${label}${written}`;
}

function pair(key: string, value: unknown): string {
  const text = textOf(value);
  return text === undefined || text === "" ? "" : ` ${key}=${extensionText(text, lengths.get(key) ?? CUSTOM_LENGTH)}`;
}

/** In the extension, `\` and `=` are escaped, and line ends have escapes of their own. The length is that of what a reader gets. */
function extensionText(text: string, longest: number): string {
  const shown = cut(visible(text, "\n\r"), longest);
  return /[\\=\n\r]/.test(shown) ? shown.replace(/[\\=\n\r]/g, (one) => (one === "\n" ? "\\n" : one === "\r" ? "\\r" : `\\${one}`)) : shown;
}

/** In the header, `\` and `|` are escaped, and a line end has no escape. */
function header(text: unknown, longest: number): string {
  const shown = cut(visible(textOf(text) ?? ""), longest);
  return /[\\|]/.test(shown) ? shown.replace(/[\\|]/g, "\\$&") : shown;
}

/** The keys of a seal, in the order in which they are written. None can stand in a value, where `=` is escaped. */
const sealKeys = {
  chain: "TelltaleLogChain",
  seq: "TelltaleLogChainSeq",
  prev: "TelltaleLogPrevHash",
  hash: "TelltaleLogHash",
  signature: "TelltaleLogSignature",
  key: "TelltaleLogSigningKey",
} as const satisfies Record<keyof Seal, string>;

const sealStart = ` ${sealKeys.chain}=`;

/** The seal is the last keys of the extension. */
const sealing = exactly(writeSeal, (line) => {
  const at = line.lastIndexOf(sealStart);
  if (at === -1) return undefined;
  const text = line.slice(at);
  const seal = sealFrom({
    chain: sealPart(text, "chain"),
    seq: wholeNumber(sealPart(text, "seq")),
    prev: sealPart(text, "prev"),
    hash: sealPart(text, "hash"),
    signature: sealPart(text, "signature"),
    key: sealPart(text, "key"),
  });
  return seal && { line: line.slice(0, at), seal };
});

function writeSeal(line: string, seal: Seal): string {
  let sealed = line;
  for (const name of Object.keys(sealKeys) as (keyof Seal)[]) {
    const value = seal[name];
    if (value !== undefined) sealed += ` ${sealKeys[name]}=${extensionText(String(value), CUSTOM_LENGTH)}`;
  }
  return sealed;
}

/** From its key to the next key of ours, unescaped. */
function sealPart(text: string, name: keyof Seal): string | undefined {
  const start = ` ${sealKeys[name]}=`;
  const from = text.indexOf(start);
  if (from === -1) return undefined;
  const rest = text.slice(from + start.length);
  const to = rest.search(/ TelltaleLog[A-Za-z]+=/);
  return (to === -1 ? rest : rest.slice(0, to)).replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one === "r" ? "\r" : one));
}
