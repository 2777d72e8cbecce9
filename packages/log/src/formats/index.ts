import type { Format, FormatId } from "../contract.ts";
import { createCef } from "./cef.ts";
import type { CefOptions } from "./cef.ts";
import { ecs } from "./ecs.ts";
import { json } from "./json.ts";
import { createOcsf } from "./ocsf.ts";
import type { OcsfOptions } from "./ocsf.ts";
import { createSyslog } from "./syslog.ts";
import type { SyslogOptions } from "./syslog.ts";

/** What a format can be told. Each option concerns the formats that its own documentation names. */
export interface FormatOptions extends OcsfOptions, CefOptions, SyslogOptions {}

/** All formats, one object each. Throws a SetupError for an option out of range. */
export function createFormats(options: FormatOptions = {}): Readonly<Record<FormatId, Format>> {
  return { json, ecs, ocsf: createOcsf(options), cef: createCef(options), syslog: createSyslog(options) };
}

/** All formats with their defaults. These read the seals of lines that were written with any options. */
export const formats: Readonly<Record<FormatId, Format>> = createFormats();

/** The format that a line looks to be of, by its beginning; undefined where it is of none. */
export function formatOfLine(line: string): FormatId | undefined {
  if (line.startsWith("CEF:0|")) return "cef";
  if (line.startsWith('{"level":')) return "json";
  if (line.startsWith('{"@timestamp":')) return "ecs";
  if (line.startsWith('{"time":')) return "ocsf";
  return /^<\d{1,3}>1 /.test(line) ? "syslog" : undefined;
}

/** pino's number for a level, which {@link LineSink.write} takes. */
export { levels } from "./levels.ts";
export type { CefOptions } from "./cef.ts";
export { ocsfVersions } from "./ocsf.ts";
export type { OcsfOptions, OcsfVersion } from "./ocsf.ts";
export type { SyslogOptions } from "./syslog.ts";
