import { events } from "@telltale/vocabulary";
import type { ReadEvent } from "../contract.ts";
import type { Fields } from "../event.ts";
import { event } from "./reading.ts";
import { exactIso } from "./time.ts";

/*
 * How `@telltale/log` begins a line: the level has two digits, the time 24 characters; numbers and texts up to the event.
 *
 *   {"level":40,"time":"2026-11-21T10:00:00.000Z","pid":7,…,"writer":"522b8f0f839ccdec","seq":12,"event":"authn_login_fail",…
 *   0          11       20                      44
 */
const head = '{"level":';
const timeKey = ',"time":"';
const timeKeyAt = 11;
const timeAt = timeKeyAt + timeKey.length;
const timeEnd = timeAt + 24;
/** Inside a text its quotes are escaped: this is a key wherever it stands. */
const eventKey = ',"event":"';
const closingBrace = 125;

/**
 * Reads of a line of `@telltale/log` no more than its time, where no rule asks for its event: most lines of most logs, and
 * to parse them is most of the work. Undefined for every other line, which is to be read in full: one of another shape,
 * an event that is wanted, and a name of the application's own (it may mean an event that is wanted).
 */
export function createSkim(wanted: ReadonlySet<string>): (line: string) => ReadEvent | undefined {
  const unwanted = new Map<string, Fields>();
  for (const name of Object.keys(events)) if (!wanted.has(name)) unwanted.set(name, { event: name });
  return (line) => {
    if (!line.startsWith(timeKey, timeKeyAt) || !line.startsWith(head)) return undefined;
    const key = line.indexOf(eventKey, timeEnd);
    // Behind a brace it may be a detail's key, and another event the line's.
    if (key === -1 || line.lastIndexOf("{", key) !== 0) return undefined;
    const nameAt = key + eventKey.length;
    const fields = unwanted.get(line.slice(nameAt, line.indexOf('"', nameAt)));
    // A half-written line is read in full, and found unreadable.
    if (fields === undefined || line.charCodeAt(line.length - 1) !== closingBrace) return undefined;
    const time = exactIso(line.slice(timeAt, timeEnd));
    return Number.isNaN(time) ? undefined : event(time, fields);
  };
}
