import type { Format, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import { DetectError } from "../errors.ts";
import { createApplicationFormats } from "./application-json.ts";
import { createCef } from "./cef.ts";
import { createContainer } from "./container.ts";
import { createEcs } from "./ecs.ts";
import { createElixirText } from "./elixir-text.ts";
import { createEventNames } from "./event-names.ts";
import type { EventNames } from "./event-names.ts";
import { isProblem, parsedObject } from "./json-line.ts";
import type { JsonFormat } from "./json-line.ts";
import { createLogfmt } from "./logfmt.ts";
import { createMapped } from "./mapping.ts";
import type { Mapping } from "./mapping-file.ts";
import { createNginx } from "./nginx.ts";
import { createOcsf } from "./ocsf.ts";
import { createOtlp } from "./otlp.ts";
import { other, unreadable } from "./reading.ts";
import { createSkim } from "./skim.ts";
import { createSyslog } from "./syslog.ts";
import { createTelltale } from "./telltale.ts";

/** All formats, in the order in which a line is tried. */
interface FormatSet {
  /** A line that begins with a brace. The last takes any object. */
  readonly json: readonly JsonFormat[];
  readonly text: readonly Format[];
}

function createFormats(names: EventNames): FormatSet {
  const reading = { names };
  const telltale = createTelltale(reading);
  const json = [telltale, createOtlp(reading), createEcs(reading), createOcsf(reading), ...createApplicationFormats(reading)];
  const cef = createCef(reading);
  const plain = [createNginx(reading), createElixirText(reading), createLogfmt(reading)];
  const syslog = createSyslog(reading, createDetection({ json, text: [cef, ...plain] }, other));
  // CEF goes before syslog, whose head it may stand behind; what has no clear beginning goes last.
  const text = [cef, ...syslog, ...plain];
  return { json: [telltale, createContainer(createDetection({ json, text }, other)), ...json.slice(1)], text };
}

const standard = createFormats(createEventNames());

/** All formats by id, with the vocabulary's names alone. */
export const formats: ReadonlyMap<string, Format> = new Map([...standard.json, ...standard.text].map((format) => [format.id, format]));

/** The format of that id; undefined where there is none. */
export function formatFor(id: string): Format | undefined {
  return formats.get(id);
}

export interface ReaderOptions {
  /** Id of a format, or a mapping file. Default: detected, line by line. */
  readonly format?: string | Mapping;
  /** Names that the application gives its events, and the vocabulary's names for them. They go before the vocabulary's aliases. */
  readonly names?: Readonly<Record<string, string>>;
  /** Minutes east of UTC of times that name no zone (syslog, error lines of nginx, Elixir's console). Default: 0. */
  readonly zone?: number;
  /** Names of the events that anybody asks for. Of other events of `@telltale/log` only the time is read. Default: all. */
  readonly wanted?: ReadonlySet<string>;
}

/** Reads one line. `dictated` is the format that the source says (LineBatch.format); it goes before the detected one, not before the configured one. Never throws. */
export type Reader = (line: string, facts: LineFacts, dictated?: string) => ReadEvent | NoEvent;

const unknown = unreadable("it is of no known format: name the format, or describe it in a mapping file");

/**
 * A reader for one stream or many. It remembers the text format that fitted last and tries it first, so that streams may be mixed. A line
 * that nothing fits is unreadable until something has fitted once, and `other` afterwards (a stack trace between JSON lines).
 * Throws a DetectError for an id that is no format.
 */
export function createReader(options: ReaderOptions = {}): Reader {
  const { zone } = options;
  const read = readerOf(options);
  return zone === undefined ? read : (line, { received }, dictated) => read(line, { received, zone }, dictated);
}

function readerOf({ format, names, wanted }: ReaderOptions): Reader {
  if (typeof format === "object") {
    const mapped = createMapped(format, { names: createEventNames(names) });
    return (line, facts) => mapped.read(line, facts);
  }
  const set = createFormats(createEventNames(names));
  const byId = new Map([...set.json, ...set.text].map((one) => [one.id, one]));
  if (format !== undefined) {
    const fixed = byId.get(format);
    if (fixed === undefined) throw new DetectError("OPTION", { place: "format", problem: `is none of ${[...byId.keys()].join(", ")}` });
    return (line, facts) => fixed.read(line, facts);
  }
  const detect = createDetection(set, unknown);
  // Names of one's own may be the vocabulary's, and mean something else.
  const skim = wanted === undefined || names !== undefined ? undefined : createSkim(wanted);
  return (line, facts, dictated) => {
    const named = dictated === undefined ? undefined : byId.get(dictated);
    return named ? named.read(line, facts) : (skim?.(line) ?? detect(line, facts));
  };
}

/** @param stranger What a line is that nothing fits, before anything has fitted. */
function createDetection({ json, text }: FormatSet, stranger: NoEvent): (line: string, facts: LineFacts) => ReadEvent | NoEvent {
  let lastText: Format | undefined;
  let fitted = false;
  const readJson = (line: string, facts: LineFacts) => {
    const object = parsedObject(line);
    if (isProblem(object)) return object;
    fitted = true;
    // No memory here: `@telltale/log` comes first, and to ask a parsed object for its shape costs next to nothing.
    return (json.find((format) => format.fits(object)) as JsonFormat).readObject(object, facts);
  };
  return (line, facts) => {
    // "{": nearly all lines.
    if (line.charCodeAt(0) === 123) return readJson(line, facts);
    if (/^\s*(?:\{|$)/.test(line)) return readJson(line, facts);
    if (!lastText?.claims(line)) {
      const format = text.find((one) => one.claims(line));
      if (format === undefined) return fitted ? other : stranger;
      lastText = format;
      fitted = true;
    }
    return (lastText as Format).read(line, facts);
  };
}

export { readMapping } from "./mapping-file.ts";
export type { Mapping } from "./mapping-file.ts";
