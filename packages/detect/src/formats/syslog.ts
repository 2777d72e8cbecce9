import type { Format, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { Fields } from "../event.ts";
import { outcomeOf } from "./event-names.ts";
import { LONGEST_LINE } from "./json-line.ts";
import { badTime, finished, isFields, other, put, putAt, unreadable } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";
import { createSshd } from "./sshd.ts";
import { syslogLine } from "./syslog-head.ts";
import type { SyslogElement, SyslogLine } from "./syslog-head.ts";
import { timeOf } from "./time.ts";

const noHead = unreadable("it has no head of syslog");
const tooLong = unreadable("it is longer than 1 MB");

/** Reads the message of a line by the other formats. */
export type MessageReader = (message: string, facts: LineFacts) => ReadEvent | NoEvent;

/**
 * Syslog, RFC 5424 with structured data, RFC 3164, and the files that rsyslog and journald write. What `@telltale/log` put into
 * structured data is read from there; messages of sshd by its own table; any other message by the other formats, with the head's
 * time where it has none of its own.
 */
export function createSyslog(reading: ReadingFacts, readMessage: MessageReader): readonly Format[] {
  const sshd = createSshd(reading);
  const read = (line: string, facts: LineFacts): ReadEvent | NoEvent => {
    if (line.length > LONGEST_LINE) return tooLong;
    const found = syslogLine(line);
    if (found === undefined) return line.trim() === "" ? other : noHead;
    const time = timeOf(found.time, facts);
    if (Number.isNaN(time)) return badTime;
    const own = found.data.find(({ name }) => name.startsWith("event@"));
    if (own !== undefined) return ownEvent(found, own, facts, reading);
    const inner = time === undefined ? facts : { ...facts, received: time };
    const result = sshd.programs.has(found.program ?? "")
      ? sshd.read(found, inner)
      : (sshd.readPam(found, inner) ?? readMessage(found.message, inner));
    return withHead(result, found, time);
  };
  return [
    {
      id: "sshd",
      description: "OpenSSH's lines in syslog, a file or the journal",
      claims: (line) => sshd.programs.has(syslogLine(line.slice(0, LONGEST_HEAD), false)?.program ?? ""),
      read,
    },
    {
      id: "syslog",
      description: "Syslog (RFC 5424, RFC 3164); its messages are read by the other formats",
      claims: (line) => syslogLine(line.slice(0, LONGEST_HEAD), false) !== undefined,
      read,
    },
  ];
}

/** Enough of a line to know its head. */
const LONGEST_HEAD = 1024;

/** What the head knows of an event that its message did not say. */
function withHead(result: ReadEvent | NoEvent, { host, program, pid }: SyslogLine, time: number | undefined): ReadEvent | NoEvent {
  if (result.kind !== "event") return result;
  const fields = result.fields as OpenFields;
  if (time !== undefined && fields["telltale_time"] === "received") delete fields["telltale_time"];
  if (fields["hostname"] === undefined) put(fields, "hostname", host);
  if (fields["service"] === undefined) put(fields, "service", program);
  if (fields["pid"] === undefined && pid !== undefined && /^\d{1,10}$/.test(pid)) fields["pid"] = Number(pid);
  return result;
}

/** `actor.effective.id="x"` and the like, as nested fields; the message is the rest, as JSON. */
function ownEvent(line: SyslogLine, own: SyslogElement, facts: LineFacts, { names }: ReadingFacts): ReadEvent | NoEvent {
  const written = own.parameters.get("event");
  if (written === undefined || written === "") return unreadable("its structured data has no event");
  const fields: OpenFields = {};
  for (const [name, value] of own.parameters) putAt(fields, name.split("."), value);
  const seq = Number(own.parameters.get("seq"));
  if (Number.isSafeInteger(seq)) fields["seq"] = seq;
  const software = line.data.find(({ name }) => name === "origin")?.parameters;
  put(fields, "service", software?.get("software"));
  put(fields, "service_version", software?.get("swVersion"));
  put(fields, "hostname", line.host);
  if (line.pid !== undefined && /^\d{1,10}$/.test(line.pid)) fields["pid"] = Number(line.pid);
  const rest = parsed(line.message);
  for (const name of ["msg", "details", "error", "extra"]) put(fields, name, rest?.[name]);
  return finished(fields, written, outcomeOf(own.parameters.get("outcome")), line.time, facts, names);
}

function parsed(message: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
