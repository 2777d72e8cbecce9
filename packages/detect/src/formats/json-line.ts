import type { Format, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { OpenFields } from "./reading.ts";
import { isFields, other, unreadable } from "./reading.ts";

/** A format whose line is one JSON object: the reader parses a line once and asks each format about the object. */
export interface JsonFormat extends Format {
  /** Whether an object has the shape of this format. */
  fits(object: OpenFields): boolean;
  /** Reads an object, which it may change and keep. Never throws. */
  readObject(object: OpenFields, facts: LineFacts): ReadEvent | NoEvent;
}

/** Most characters of a line. Sources cut at the same length; who calls a format directly is held to it here. */
export const LONGEST_LINE = 1 << 20;
/** Most levels of nesting: `JSON.stringify`, which outputs use, fails at some thousands. */
const DEEPEST = 100;
/** Below this length a line can be nested, but not so deep that anything would fail. */
const HARMLESS = 4096;

const notAnObject = unreadable("it is JSON but no object");
const broken = unreadable("it begins like JSON and is not: cut off or mixed with other text");
const tooLong = unreadable("it is longer than 1 MB");
const tooDeep = unreadable(`it is nested deeper than ${DEEPEST} levels`);
const empty: NoEvent = other;

/** The object of a line, or what is wrong with it. */
export function parsedObject(line: string): OpenFields | NoEvent {
  if (line.length > LONGEST_LINE) return tooLong;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return line.trim() === "" ? empty : broken;
  }
  if (!isFields(value)) return notAnObject;
  if (line.length > HARMLESS && isDeeper(value, DEEPEST)) return tooDeep;
  return value;
}

/** Tells a parsed object from what is wrong with a line: no field of a line can be this symbol-free pair by accident, so compare by identity. */
export function isProblem(value: OpenFields | NoEvent): value is NoEvent {
  return value === tooLong || value === empty || value === broken || value === notAnObject || value === tooDeep;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const one of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof one === "object" && one !== null && isDeeper(one, levels - 1)) return true;
  }
  return false;
}

/** Makes a whole format of what it says of objects. */
export function jsonFormat(id: string, description: string, fits: JsonFormat["fits"], readObject: JsonFormat["readObject"]): JsonFormat {
  return {
    id,
    description,
    fits,
    readObject,
    claims(line) {
      if (!line.trimStart().startsWith("{")) return false;
      const object = parsedObject(line);
      return !isProblem(object) && fits(object);
    },
    read(line, facts) {
      const object = parsedObject(line);
      return isProblem(object) ? object : readObject(object, facts);
    },
  };
}
