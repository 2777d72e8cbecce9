import { RE2JS } from "re2js";
import type { Format, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { FieldValue } from "../event.ts";
import { fieldReader } from "../fields.ts";
import type { FieldReader } from "../fields.ts";
import { addressIn } from "./application.ts";
import { createElixirText } from "./elixir-text.ts";
import { outcomeOf } from "./event-names.ts";
import { isProblem, jsonFormat, LONGEST_LINE, parsedObject } from "./json-line.ts";
import type { Mapping } from "./mapping-file.ts";
import { finished, isFields, other, put, putAt, textOf, unreadable } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";
import { milliseconds } from "./time.ts";

/** Longest line that an expression is run on: linear time, but not free. */
const LONGEST_TEXT = 32_768;

const noMatch = unreadable("it does not match the mapping's pattern");
const tooLong = unreadable("it is longer than 1 MB");

/** The format that a mapping file describes. */
export function createMapped(mapping: Mapping, reading: ReadingFacts): Format {
  const { name, format, pattern } = mapping;
  const id = name;
  const description = `the mapping file ${mapping.file}`;
  if (format === "elixir-text") return { ...createElixirText(reading, pattern, mapping.file), id, description };
  const ignored = mapping.ignore.map((one) => RE2JS.compile(one));
  const read = eventReader(mapping, reading);
  const isIgnored = (line: string) => ignored.some((one) => one.matcher(line.slice(0, LONGEST_TEXT)).find());
  if (format === "json") {
    const whole = jsonFormat(id, description, () => true, read);
    return {
      ...whole,
      read(line, facts) {
        if (isIgnored(line)) return other;
        const object = parsedObject(line);
        return isProblem(object) ? object : read(object, facts);
      },
    };
  }
  const groupsOf = matcher(pattern ?? "");
  return {
    id,
    description,
    claims: (line) => groupsOf(line) !== undefined,
    read(line, facts) {
      if (line.length > LONGEST_LINE) return tooLong;
      if (line.trim() === "" || isIgnored(line)) return other;
      const groups = groupsOf(line);
      return groups === undefined ? noMatch : read(groups, facts);
    },
  };
}

/** The named groups of a line, by RE2: its time is linear in the line, whatever the expression. */
function matcher(pattern: string): (line: string) => OpenFields | undefined {
  const compiled = RE2JS.compile(pattern);
  const names = Object.keys(compiled.namedGroups());
  return (line) => {
    const found = compiled.matcher(line.slice(0, LONGEST_TEXT));
    if (!found.find()) return undefined;
    const groups: OpenFields = {};
    for (const name of names) put(groups, name, found.group(name) ?? undefined);
    return groups;
  };
}

function eventReader(mapping: Mapping, { names }: ReadingFacts): (object: OpenFields, facts: LineFacts) => ReadEvent | NoEvent {
  const { event, time } = mapping;
  const conditions = mapping.when.map(({ path, values }) => ({ read: fieldReader(path), values: new Set(values) }));
  const fields = mapping.fields.map(({ name, from }) => ({
    path: name.split("."),
    isAddress: name === "source.ip" || name === "source.peer",
    read: "value" in from ? () => from.value : fieldReader(from.path),
  }));
  const eventName: FieldReader = event.path === undefined ? () => event.name : fieldReader(event.path);
  const readTime: FieldReader = time === undefined ? () => undefined : fieldReader(time.path);
  return (object, facts) => {
    for (const { read, values } of conditions) if (!values.has(wordOf(read(object)))) return other;
    const written = textOf(eventName(object));
    if (written === undefined) return other;
    const resolved = event.map.get(written) ?? event.otherwise ?? names.resolve(written);
    if (resolved === undefined) return other;
    const at = readTime(object);
    // All are read before the first is put: a name of the line may be one of ours with another meaning.
    const values = fields.map(({ path, isAddress, read }) => ({ path, value: valueFor(path, read(object), isAddress) }));
    for (const { path, value } of values) place(object, path, value);
    const outcome = outcomeOf(values.find(({ path }) => path[0] === "outcome")?.value);
    const unit = time?.unit;
    return unit === undefined
      ? finished(object, written, outcome, at, facts, names, resolved)
      : finished(object, written, outcome, undefined, facts, names, resolved, inUnit(at, unit));
  };
}

function wordOf(value: FieldValue): string {
  return typeof value === "boolean" ? String(value) : (textOf(value) ?? "");
}

/** Identifiers are text, also where the line has a number; details keep what they are. */
function valueFor([first]: readonly string[], value: FieldValue, isAddress: boolean): FieldValue {
  if (value === null || value === "") return undefined;
  if (isAddress) return addressIn(value) ?? textOf(value);
  return first === "details" || first === "outcome" ? value : textOf(value);
}

/** Objects of the line under our names (`"source": "web"`, `"actor": {…}`) make way for ours. */
function place(object: OpenFields, path: readonly string[], value: FieldValue): void {
  if (value === undefined) return;
  const [first = ""] = path;
  if (path.length > 1 && !(Object.hasOwn(object, first) && isFields(object[first]))) put(object, first, {});
  putAt(object, path, value);
}

const nanoseconds = { s: 1e9, ms: 1e6, us: 1e3, ns: 1 } as const;

/** Milliseconds of a number in a unit; NaN for what is no number, undefined for nothing. */
function inUnit(value: FieldValue, unit: keyof typeof nanoseconds): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const number = typeof value === "boolean" || typeof value === "object" ? Number.NaN : Number(value);
  return milliseconds((number * nanoseconds[unit]) / 1e6) ?? Number.NaN;
}
