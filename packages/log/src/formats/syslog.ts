import type { Format, Seal } from "../contract.ts";
import type { SafeRecord } from "../record.ts";
import { SetupError } from "../errors.ts";
import { codePoint, printableAscii, textOf, visible } from "./characters.ts";
import { levels } from "./levels.ts";
import { sealFrom, wholeNumber } from "./seal.ts";
import { isoTime } from "./timestamp.ts";

export interface SyslogOptions {
  /** 0 to 23. Default: 10 (authpriv), whose file on common systems only administrators read. 13 is `log audit`. */
  readonly facility?: number;
  /** Private enterprise number in the names of structured data. Default: 32473, which RFC 5612 keeps for examples. */
  readonly enterpriseNumber?: number;
  /** APP-NAME. Default: the service. */
  readonly appName?: string;
}

/** Kept for examples by RFC 5612; whoever has a number of their own sets it. */
const EXAMPLE_NUMBER = 32473;

/**
 * RFC 5424. Facts are structured data under `event@<number>`; MSG is what is left, as JSON in US-ASCII, so that it needs no byte
 * order mark and is whole JSON for whoever parses it. The line alone: framing (RFC 6587) is for who sends it.
 * Throws a SetupError for a facility or number out of range.
 */
export function createSyslog({ facility = 10, enterpriseNumber = EXAMPLE_NUMBER, appName }: SyslogOptions = {}): Format {
  within("facility", facility, 0, 23);
  within("enterpriseNumber", enterpriseNumber, 0, 4_294_967_295);
  return {
    id: "syslog",
    title: "Syslog (RFC 5424)",
    docs: "https://www.rfc-editor.org/rfc/rfc5424",
    line: (record) =>
      `<${facility * 8 + levels[record.level].syslog}>1 ${isoTime(record.time)} ${headerField(record.hostname, 255)}` +
      ` ${headerField(appName ?? record.service, 48)} ${headerField(record.pid, 128)} ${headerField(record.event, 32)}` +
      ` ${registered(record)}[event@${enterpriseNumber}${parameters(record)}] ${message(record)}`,
    seal: (line, seal) => writeSeal(line, seal, enterpriseNumber),
    unseal,
  };
}

function within(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new SetupError("BAD_OPTION", { field, problem: `is not a whole number from ${least} to ${most}` });
}

/** `-` where there is nothing. */
function headerField(value: unknown, longest: number): string {
  return printableAscii(textOf(value) ?? "", longest) || "-";
}

/** The elements that IANA registered: `meta`, where the number of the event begins anew after 2147483647, and `origin`. */
function registered({ seq, service, service_version: version }: SafeRecord): string {
  const sequence = Number.isSafeInteger(seq) && seq > 0 ? `[meta sequenceId="${((seq - 1) % 2_147_483_647) + 1}"]` : "";
  const running = version === undefined ? "" : parameter("swVersion", printableAscii(String(version), 32));
  return `${sequence}[origin${parameter("software", printableAscii(String(service), 48))}${running}]`;
}

/** Names are those of the record, with a dot for what is inside. */
function parameters(record: SafeRecord): string {
  const { actor, target, source, request } = record;
  return (
    parameter("event", record.event) +
    parameter("category", record.category) +
    parameter("level", record.level) +
    parameter("outcome", record.outcome) +
    parameter("reason", record.reason) +
    parameter("actor.id", actor?.id) +
    parameter("actor.type", actor?.type) +
    parameter("actor.name", actor?.name) +
    parameter("actor.email", actor?.email) +
    parameter("actor.effective.id", actor?.effective?.id) +
    parameter("actor.effective.type", actor?.effective?.type) +
    parameter("actor.effective.name", actor?.effective?.name) +
    parameter("target.type", target?.type) +
    parameter("target.id", target?.id) +
    parameter("target.name", target?.name) +
    parameter("source.ip", source?.ip) +
    parameter("source.peer", source?.peer) +
    parameter("source.via", source?.via) +
    parameter("user_agent", record.user_agent) +
    parameter("request.id", request?.id) +
    parameter("request.method", request?.method) +
    parameter("request.route", request?.route) +
    parameter("request.trace_id", request?.trace_id) +
    parameter("request.span_id", request?.span_id) +
    parameter("tenant", record.tenant) +
    parameter("session", record.session) +
    parameter("environment", record.environment) +
    parameter("writer", record.writer) +
    parameter("seq", record.seq)
  );
}

const inParameter = /["\\\]]/;

/** ` name="value"`; `"`, `\` and `]` are escaped. */
function parameter(name: string, value: unknown): string {
  const text = textOf(value);
  if (text === undefined) return "";
  const shown = visible(text);
  return ` ${name}="${inParameter.test(shown) ? shown.replace(/["\\\]]/g, "\\$&") : shown}"`;
}

function message({ msg, details, error, extra }: SafeRecord): string {
  return JSON.stringify({ msg: String(msg), details, error, extra }).replace(/[\u007f-\uffff]/g, codePoint);
}

/** Where the structured data begins: after the sixth space, for no field of the header holds one. */
function structuredDataAt(line: string): number {
  let at = -1;
  for (let field = 0; field < 6; field++) at = line.indexOf(" ", at + 1);
  return at + 1;
}

/** The seal is the first element: nothing that a caller says comes before it, and a relay that cuts long lines leaves it. */
function writeSeal(line: string, seal: Seal, enterpriseNumber: number): string {
  const at = structuredDataAt(line);
  const element =
    parameter("chain", seal.chain) +
    parameter("seq", seal.seq) +
    parameter("prev", seal.prev) +
    parameter("hash", seal.hash) +
    parameter("signature", seal.signature) +
    parameter("key", seal.key);
  return `${line.slice(0, at)}[seal@${enterpriseNumber}${element}]${line.slice(at)}`;
}

const sealElement =
  /^\[seal@(\d{1,10}) chain="([0-9a-f]{16})" seq="([0-9]{1,16})" prev="([0-9a-f]{64})" hash="([0-9a-f]{64})"(?: signature="([A-Za-z0-9+/=]{1,512})")?(?: key="((?:[^"\\\]]|\\["\\\]])*)")?\]/;

/** A verifier need not know the enterprise number: the line says it, in the seal and in the event alike. */
function unseal(line: string): { line: string; seal: Seal } | undefined {
  const at = structuredDataAt(line);
  const found = sealElement.exec(line.slice(at));
  if (!found) return undefined;
  const [element, number, chain, seq, prev, hash, signature, key] = found;
  const seal = sealFrom({ chain, seq: wholeNumber(seq), prev, hash, signature, key: key?.replace(/\\(.)/g, "$1") });
  const bare = line.slice(0, at) + line.slice(at + element.length);
  // No value before this element can hold its name: they are without spaces.
  const own = /\[event@(\d+) /.exec(bare.slice(at))?.[1];
  return seal && own === number && writeSeal(bare, seal, Number(number)) === line ? { line: bare, seal } : undefined;
}
