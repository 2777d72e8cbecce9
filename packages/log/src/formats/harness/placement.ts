import type { FormatId } from "../../contract.ts";
import type { SafeRecord } from "../../record.ts";
import { formats } from "../index.ts";
import { parseCef } from "./cef-grammar.ts";
import { fullRecord, safe, vocabulary } from "./records.ts";
import { parseSyslog } from "./rfc5424-grammar.ts";

type Fields = ReadonlyMap<string, string>;

/** How each line is taken apart: place in the format → what stands there. */
const readers: Readonly<Record<FormatId, (line: string) => Fields>> = {
  json: (line) => flat(JSON.parse(line)),
  ecs: (line) => flat(JSON.parse(line)),
  ocsf: (line) => flat(JSON.parse(line)),
  cef: (line) => {
    const { vendor, product, version, id, name, severity, extension } = parseCef(line);
    const header = {
      "Device Vendor": vendor,
      "Device Product": product,
      "Device Version": version,
      "Event Class ID": id,
      Name: name,
      Severity: String(severity),
    };
    return new Map([...Object.entries(header), ...extension]);
  },
  syslog: (line) => {
    const { facility, severity, timestamp, hostname, appName, procId, msgId, elements, msg } = parseSyslog(line);
    const header = {
      PRI: `${facility}.${severity}`,
      TIMESTAMP: timestamp,
      HOSTNAME: hostname,
      "APP-NAME": appName,
      PROCID: procId,
      MSGID: msgId,
    };
    const structured = [...elements].flatMap(([id, values]) =>
      [...values].map(([name, value]) => [`${id.replace(/@.*/, "")} ${name}`, value] as const),
    );
    return new Map([
      ...Object.entries(header),
      ...structured,
      ...[...flat(JSON.parse(msg))].map(([name, value]) => [`MSG ${name}`, value] as const),
    ]);
  },
};

function flat(value: unknown, at = ""): Fields {
  if (typeof value !== "object" || value === null) return new Map([[at, String(value)]]);
  if (Array.isArray(value)) return new Map([[at, JSON.stringify(value)]]);
  return new Map(Object.entries(value).flatMap(([name, one]) => [...flat(one, at === "" ? name : `${at}.${name}`)]));
}

/** The fields of a record, each with another value than the full record has. */
const changes: Readonly<Record<string, unknown>> = {
  time: Date.UTC(2027, 0, 1),
  level: "CRITICAL",
  event: "authn_login_success",
  category: "session",
  outcome: "success",
  reason: "other",
  "actor.id": "other",
  "actor.type": "admin",
  "actor.name": "other",
  "actor.email": "other@example.com",
  "actor.effective.id": "other",
  "actor.effective.type": "other",
  "actor.effective.name": "other",
  "target.type": "service",
  "target.id": "other",
  "target.name": "other",
  "source.ip": "203.0.113.8",
  "source.peer": "10.0.0.2",
  "source.via": "forwarded",
  user_agent: "other",
  "request.id": "other",
  "request.method": "GET",
  "request.route": "/other",
  "request.trace_id": "f".repeat(32),
  "request.span_id": "f".repeat(16),
  tenant: "other",
  session: "other",
  "details.userid": "other",
  "error.type": "other",
  "error.message": "other",
  "error.stack": "other",
  "error.code": "other",
  "error.cause": { type: "other", message: "other" },
  "extra.extra": "other",
  service: "other",
  service_version: "9",
  environment: "other",
  hostname: "other",
  pid: 9,
  writer: "f".repeat(16),
  seq: 9,
  msg: "other",
};

/** The fields whose change leaves the line of a format as it is: what the format loses. */
export function lostFields(id: FormatId, record: SafeRecord): readonly string[] {
  const line = formats[id].line(record);
  return Object.entries(changes).flatMap(([path, value]) => {
    if (path.startsWith("details.")) return [];
    const other = changed(record, path, value);
    const same = JSON.stringify(other) === JSON.stringify(record);
    return !same && formats[id].line(other) === line ? [path] : [];
  });
}

function changed(record: SafeRecord, path: string, value: unknown): SafeRecord {
  const copy = structuredClone(record) as unknown as Record<string, unknown>;
  const names = path.split(".");
  const last = names.pop() ?? "";
  const holder = names.reduce((here, name) => here[name] as Record<string, unknown>, copy);
  holder[last] = value;
  return safe(copy);
}

/** Where each field of a record goes, found out by changing it: a Markdown table, its columns as wide as their widest cell. */
export function placementTable(): string {
  const event = "authn_login_fail";
  const record = fullRecord(event, vocabulary.find(([name]) => name === event)?.[1]);
  const columns = ["ecs", "ocsf", "cef", "syslog"] as const;
  const rows = Object.entries(changes).map(([path, value]) => {
    const other = changed(record, path, value);
    return [`\`${path}\``, ...columns.map((id) => places(id, record, other))];
  });
  return markdown([["json", ...columns.map((id) => formats[id].title)], ...rows]);
}

function places(id: FormatId, record: SafeRecord, other: SafeRecord): string {
  const before = readers[id](formats[id].line(record));
  const after = readers[id](formats[id].line(other));
  const names = new Set([...before.keys(), ...after.keys()]);
  const moved = [...names].filter((name) => before.get(name) !== after.get(name));
  return moved.map((name) => `\`${name}\``).join(", ") || "–";
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
