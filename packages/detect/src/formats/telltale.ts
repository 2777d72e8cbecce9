import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { FieldValue } from "../event.ts";
import { outcomeOf } from "./event-names.ts";
import type { EventNames } from "./event-names.ts";
import type { JsonFormat } from "./json-line.ts";
import { jsonFormat } from "./json-line.ts";
import { event, finished, unreadable } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";
import { reasonWord } from "./reasons.ts";
import { exactIso } from "./time.ts";

const nameless = unreadable("it has no event");

/**
 * JSON of `@telltale/log`, written by itself or through pino or winston. The object is kept as it was parsed: this is the path of
 * nearly every event, and nothing is copied on it.
 */
export function createTelltale({ names }: ReadingFacts): JsonFormat {
  return jsonFormat("telltale", "JSON lines of @telltale/log", fits, (object, facts) => read(object, facts, names));
}

/** The writer and its count are what no other log has. */
function fits(object: OpenFields): boolean {
  return typeof object["writer"] === "string" && typeof object["seq"] === "number" && typeof object["event"] === "string";
}

function read(object: OpenFields, facts: LineFacts, names: EventNames): ReadEvent | NoEvent {
  const name = object["event"];
  if (typeof name !== "string" || name === "") return nameless;
  const written = object["time"];
  const resolved = names.resolve(name);
  // Nearly all lines: a known event, with all that it needs, at a time that takes no guessing.
  if (resolved === name && typeof written === "string" && isOutcome(object["outcome"]) && isWord(object["reason"])) {
    const time = exactIso(written);
    if (!Number.isNaN(time)) return event(time, object);
  }
  return finished(object, name, outcomeOf(object["outcome"]), written ?? object["timestamp"], facts, names, resolved);
}

function isOutcome(value: FieldValue): boolean {
  return value === "failure" || value === "success" || value === "unknown";
}

/** Whether a reason stays as it is. */
function isWord(reason: FieldValue): boolean {
  if (typeof reason !== "string") return true;
  const word = reasonWord(reason);
  return word === undefined || word === reason;
}
